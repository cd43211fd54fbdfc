import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

test('the pieces are the text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(5), (value, depth) => {
      expect([...jsonPieces(value, depth)].join('')).toBe(JSON.stringify(value));
    }),
  );
});

test('members that are undefined are left out, and a name is data', () => {
  const value = { a: undefined, b: [undefined, 1], ['__proto__']: { c: undefined } };
  for (const depth of [0, 1, 2, 3]) expect([...jsonPieces(value, depth)].join('')).toBe(JSON.stringify(value));
});

test('a long list is taken apart', () => {
  const list = Array.from({ length: 1000 }, (_, id) => ({ id }));
  const lengths = [...jsonPieces({ list }, 2)].map(({ length }) => length);
  expect(Math.max(...lengths)).toBeLessThan(20);
});
