import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from './query-parameters.ts';

test('every value that was encoded once comes back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (branch, id) => {
        const query = parseQuery(`branch=${encodeURIComponent(branch)}&repository_id=${encodeURIComponent(id)}`);
        expect(query.status === 'parsed' && [query.get('branch'), query.get('repository_id')]).toEqual([branch, id]);
      },
    ),
  );
});

test('a form-encoded value comes back, too', () => {
  const query = parseQuery(new URLSearchParams({ branch: 'feature/ä #?&%2f+x' }).toString());
  expect(query.status === 'parsed' && query.get('branch')).toBe('feature/ä #?&%2f+x');
});

test('absent and empty are the same', () => {
  const query = parseQuery('branch=&flag');
  expect(query.status === 'parsed' && [query.get('branch'), query.get('flag'), query.get('__proto__')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each(['branch=%zz', 'branch=%ff', 'branch=100%', 'a=1&a=2', 'a=1&%61=2'])('%s is refused', (query) => {
  expect(parseQuery(query).status).toBe('refused');
});
