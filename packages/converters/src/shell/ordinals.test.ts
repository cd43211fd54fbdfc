import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ordinals } from './ordinals.ts';

function number(findings: readonly { key: string; line: number }[]): number[] {
  const ordinals = new Ordinals();
  for (const { key, line } of findings) ordinals.add(key, line, 1);
  return findings.map(() => ordinals.next());
}

test('equal findings are numbered by line', () => {
  expect(
    number([
      { key: 'a', line: 9 },
      { key: 'b', line: 1 },
      { key: 'a', line: 3 },
      { key: 'a', line: 5 },
    ]),
  ).toEqual([2, 0, 0, 1]);
});

test('n equal findings get n numbers, the same in every order', () => {
  const finding = fc.record({ key: fc.constantFrom('a', 'b', 'c'), line: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (findings, random) => {
      const label = (list: typeof findings) =>
        number(list)
          .map((ordinal, index) => `${list[index]?.key} ${list[index]?.line} ${ordinal}`)
          .sort();
      const labels = label(findings);
      expect(new Set(labels.map((text) => text.replace(/ \d+ /, ' '))).size).toBe(findings.length);
      const shuffled = findings
        .map((value) => ({ value, at: random.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ value }) => value);
      expect(label(shuffled)).toEqual(labels);
    }),
  );
});

test('more findings than the first table holds', () => {
  const findings = Array.from({ length: 5_000 }, (_, n) => ({ key: `k${n % 2_500}`, line: n }));
  expect(number(findings).filter((ordinal) => ordinal === 1)).toHaveLength(2_500);
});

test('a second pass that is longer than the first is a defect', () => {
  expect(() => new Ordinals().next()).toThrow(/second pass/);
});
