import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeySet } from './key-set.ts';

test('is a set, whatever the keys are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('', '__proto__')), { maxLength: 200 }),
      (keys) => {
        const set = createKeySet();
        const model = new Set<string>();
        for (const key of keys) {
          expect(set.add(key)).toBe(!model.has(key));
          model.add(key);
        }
        expect(set.size).toBe(model.size);
      },
    ),
  );
});

test('keeps every key while it grows', () => {
  const set = createKeySet();
  for (let at = 0; at < 20_000; at += 1) expect(set.add(`key ${at}`)).toBe(true);
  for (let at = 0; at < 20_000; at += 1) expect(set.add(`key ${at}`)).toBe(false);
  expect(set.size).toBe(20_000);
});
