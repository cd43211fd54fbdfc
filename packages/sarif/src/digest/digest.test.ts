import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../fingerprint/sha256.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { canonicalJson } from './canonical-json.ts';
import { DigestNumbers } from './digest-numbers.ts';

describe('canonical JSON', () => {
  test('does not depend on the order of members, but on that of elements', () => {
    expect(canonicalJson({ b: [{ y: 1, x: 2 }], a: null })).toBe('{"a":null,"b":[{"x":2,"y":1}]}');
    expect(canonicalJson([2, 1])).toBe('[2,1]');
  });

  test('is equal for equal values and different for others', () => {
    const values = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(deepEqual(one, other));
        expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  test('treats a member named __proto__ as one like any other', () => {
    const value = JSON.parse('{"z":1,"__proto__":{"b":1,"a":2}}');
    expect(canonicalJson(value)).toBe('{"__proto__":{"a":2,"b":1},"z":1}');
  });
});

describe('digest numbers', () => {
  test('numbers digests in the order in which they come, however many', () => {
    const table = new DigestNumbers();
    const digests = Array.from({ length: 5000 }, (_, index) => sha256Hex(`${index}`));
    expect(table.numberOf(digests[0]!)).toBe(-1);
    expect(digests.map((digest) => table.add(digest))).toEqual(digests.map((_, index) => index));
    expect(digests.map((digest) => table.add(digest))).toEqual(digests.map((_, index) => index));
    expect(table.numberOf(digests[4999]!)).toBe(4999);
    expect(table.numberOf(sha256Hex('other'))).toBe(-1);
    expect(table.size).toBe(5000);
  });

  test('tells keys apart that fall into the same slot', () => {
    const table = new DigestNumbers();
    const keys = Array.from({ length: 50 }, (_, index) => `${'0'.repeat(30)}${index + 10}`.padEnd(64, '0'));
    expect(keys.map((key) => table.add(key))).toEqual(keys.map((_, index) => index));
    expect(keys.map((key) => table.numberOf(key))).toEqual(keys.map((_, index) => index));
  });

  test('takes no more than allowed, and knows those it has', () => {
    const table = new DigestNumbers(2);
    const [a, b, c] = ['a', 'b', 'c'].map((text) => sha256Hex(text)) as [string, string, string];
    expect([a, b, c, a, b].map((digest) => table.add(digest))).toEqual([0, 1, -1, 0, 1]);
  });
});
