import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedPaths, PathMemory } from './packed-paths.ts';

const text = fc.oneof(
  fc.constantFrom('a@1', '@a/b@2', '@', 'c@', '__proto__', ''),
  fc.string({ unit: 'binary' }),
  fc.string(),
);
const step = fc.oneof(text, fc.constant(false as const));
const paths = fc.array(fc.record({ path: fc.array(text), upgradePath: fc.array(step) }));

test('paths come out as they went in', () => {
  fc.assert(
    fc.property(paths, paths, (first, second) => {
      const memory = new PathMemory();
      const [one, other] = [new PackedPaths(memory), new PackedPaths(memory)];
      for (let at = 0; at < Math.max(first.length, second.length); at += 1) {
        for (const [packed, list] of [[one, first] as const, [other, second] as const]) {
          const path = list[at];
          if (path !== undefined) packed.add(path);
        }
      }
      expect([one.unpack(), other.unpack()]).toEqual([first, second]);
      expect(memory.blocks.bytesInUse).toBe(0);
    }),
  );
});

test('names beyond those that are known are written as text, and memory is used again', () => {
  const memory = new PathMemory(1024 * 1024);
  const pathsOf = (round: number) =>
    Array.from({ length: 10_000 }, (_, n) => ({
      path: ['shop@1', `left-pad@${round}.${n}`, `ä→${n}`],
      upgradePath: [false as const, `left-pad@${round}.${n}`],
    }));
  for (const round of [1, 2, 3]) {
    const packed = new PackedPaths(memory);
    const expected = pathsOf(round);
    for (const path of expected) packed.add(path);
    expect(memory.blocks.bytesInUse).toBeLessThan(1024 * 1024);
    expect(packed.unpack()).toEqual(expected);
    expect(memory.blocks.bytesInUse).toBe(0);
  }
});
