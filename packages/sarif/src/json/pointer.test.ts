import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointerOf, segmentsOf } from './pointer.ts';

test('a pointer escapes what RFC 6901 says', () => {
  expect(pointerOf([])).toBe('');
  expect(pointerOf([''])).toBe('/');
  expect(pointerOf(['runs', 0, 'a/b', 'm~n', '~1'])).toBe('/runs/0/a~1b/m~0n/~01');
});

test('every path comes back from its pointer', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', '~0', '~01', ''))), (path) => {
      expect(segmentsOf(pointerOf(path))).toEqual(path);
    }),
  );
});
