import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepEqual } from './deep-equal.ts';
import { duplicatesIn, hasDistinctItems } from './distinct-items.ts';
import { valueDigest } from './value-digest.ts';

/** The same value with the members of its objects in reverse order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reordered(member)]),
  );
}

const json = () => fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

test('the order of members does not matter to equality or digest', () => {
  fc.assert(
    fc.property(json(), (value) => {
      expect(deepEqual(value, reordered(value))).toBe(true);
      expect(valueDigest(value)).toBe(valueDigest(reordered(value)));
    }),
  );
});

test('different values are different, and so are their digests as a rule', () => {
  fc.assert(
    fc.property(json(), json(), (left, right) => {
      const equal = deepEqual(left, right);
      if (equal) expect(valueDigest(left)).toBe(valueDigest(right));
      else expect(valueDigest(left)).not.toBe(valueDigest(right));
    }),
  );
});

test.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ __proto__: null, a: 1 }, { b: 1 }],
  [[], {}],
  [null, {}],
  ['1', 1],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: { b: 1 } }, { a: 1, b: {} }],
])('%j is not %j', (left, right) => {
  expect(deepEqual(left, right)).toBe(false);
  expect(valueDigest(left)).not.toBe(valueDigest(right));
});

test('finds exactly the later of equal elements, in short arrays and in long ones', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: fc.nat(12), tags: fc.array(fc.nat(1), { maxLength: 1 }) }), { maxLength: 40 }),
      (items) => {
        const expected = items.flatMap((item, index) => {
          const first = items.findIndex((earlier) => deepEqual(earlier, item));
          return first < index ? [{ index, first }] : [];
        });
        expect([...duplicatesIn(items)]).toEqual(expected);
        expect(hasDistinctItems(items)).toBe(expected.length === 0);
      },
    ),
  );
});

test('strings and what they look like are different elements', () => {
  const items = ['1', 1, 'true', true, 'null', null, '[]', [], '{}', {}];
  expect(hasDistinctItems(items)).toBe(true);
  expect([...duplicatesIn([...items, '1', 1])]).toEqual([
    { index: 10, first: 0 },
    { index: 11, first: 1 },
  ]);
});
