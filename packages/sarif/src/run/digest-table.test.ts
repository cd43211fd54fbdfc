import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DigestTable } from './digest-table.ts';

test('is a map, whatever the digests', () => {
  const digest = fc.oneof(
    fc.nat(20),
    fc.maxSafeNat(),
    fc.nat(1000).map((each) => each * 2 ** 32),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(digest, fc.nat(), fc.nat()), { maxLength: 3000 }), (entries) => {
      const table = new DigestTable();
      const map = new Map<number, [number, number]>();
      for (const [key, value, note] of entries) {
        expect(table.set(key, value, note)).toBe(true);
        // Zero and one share an entry: one digest in 2^53 is none.
        map.set(key === 0 ? 1 : key, [value, note]);
      }
      for (const [key, [value, note]] of map) {
        const at = table.find(key);
        expect([table.valueAt(at), table.noteAt(at)]).toEqual([value, note]);
      }
      expect(table.find(0.5)).toBe(-1);
    }),
  );
});

test('takes no more than it may, and still changes what it has', () => {
  const table = new DigestTable(2);
  expect([table.set(5, 1), table.isFull, table.set(6, 1), table.isFull]).toEqual([true, false, true, true]);
  expect([table.set(7, 1), table.find(7)]).toEqual([false, -1]);
  expect([table.set(5, 2), table.valueAt(table.find(5))]).toEqual([true, 2]);
});
