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

test('very many findings are numbered in parts, as if at once', () => {
  const findings = Array.from({ length: 50_000 }, (_, n) => ({ key: `k${n % 40_000}`, line: n < 40_000 ? 7 : n % 2 }));
  const expected = findings.map((_, n) => (n < 10_000 ? 1 : 0));
  expect(number(findings)).toEqual(expected);
});

test('findings without a line are numbered as they come', () => {
  const ordinals = new Ordinals();
  for (let n = 0; n < 40_000; n += 1) ordinals.add(`k${n % 20_000}`, 0, 0);
  expect(Array.from({ length: 40_000 }, () => ordinals.next()).indexOf(1)).toBe(20_000);
});

test('a second pass that is longer than the first is a defect', () => {
  expect(() => new Ordinals().next()).toThrow(/second pass/);
});
