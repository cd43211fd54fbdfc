import { expect, test } from 'vitest';
import type { Severity } from '../shell/severity.ts';
import { DependencyGroups, type DependencyParts } from './dependency-groups.ts';
import type { Vulnerability } from './vulnerability.ts';

interface Entry {
  readonly key: string;
  readonly step: string;
  readonly severity?: Severity;
  readonly isExcluded?: boolean;
}

function vulnerability({ key, step, severity = 'low', isExcluded = false }: Entry): Vulnerability {
  const exclusion = { suppression: { kind: 'external' as const }, coversAll: false };
  const own = { key, severity, path: ['shop@1', step], exclusions: isExcluded ? [exclusion] : [] };
  return {
    ...own,
    otherPaths: [],
    upgradePath: [false, step],
    fixedIn: [],
    kept: [],
  } as Partial<Vulnerability> as Vulnerability;
}

/** Both passes. */
function gather(groups: DependencyGroups, entries: readonly Entry[]): (DependencyParts | undefined)[] {
  for (const entry of entries) groups.count(entry.key, vulnerability(entry));
  return entries.map((entry) => groups.add(vulnerability(entry), undefined));
}

const entriesOf = (dependencies: number, each: number): Entry[] =>
  Array.from({ length: dependencies * each }, (_, n) => ({ key: `k${n % dependencies}`, step: `s@${n}` }));

test('the last entry of a dependency gets what all of them say', () => {
  const gathered = gather(new DependencyGroups(), entriesOf(2_000, 3));
  expect(gathered.slice(0, 4_000).every((parts) => parts === undefined)).toBe(true);
  for (const [n, parts] of gathered.slice(4_000).entries()) {
    expect(parts?.paths.map((path) => path[1])).toEqual([`s@${n}`, `s@${n + 2_000}`, `s@${n + 4_000}`]);
    expect(parts).toMatchObject({ entries: 3, passedOver: 0 });
  }
});

test('severity and exclusions are those of all entries', () => {
  const groups = new DependencyGroups();
  const entries: Entry[] = [
    { key: 'a', step: '1', severity: 'high', isExcluded: true },
    { key: 'a', step: '2', severity: 'unknown' },
    { key: 'b', step: '3', severity: 'medium', isExcluded: true },
  ];
  for (const entry of entries) groups.count(entry.key, vulnerability(entry));
  expect(groups.of('a')).toMatchObject({ left: 2, severity: 'high', counts: true, coversAll: false });
  expect(groups.of('b')).toMatchObject({ left: 1, severity: 'medium', counts: false });
  expect(() => groups.of('c')).toThrow(/second pass/);
});

test('what is not gathered is counted: more dependencies at once than are kept, or longer paths', () => {
  const entries = entriesOf(50, 4);
  for (const limits of [{ maxOpen: 10 }, { maxPathBytes: 2_560 }]) {
    const done = gather(new DependencyGroups(limits), entries).filter((parts) => parts !== undefined);
    expect(done).toHaveLength(50);
    for (const { entries: all, passedOver, paths } of done) expect([all, passedOver + paths.length]).toEqual([4, 4]);
    expect(done.some(({ passedOver }) => passedOver > 0)).toBe(true);
    expect(done.filter(({ passedOver }) => passedOver === 0)).toHaveLength('maxOpen' in limits ? 10 : 0);
  }
});

test('of an entry that has many paths a thousand are kept, and the others counted', () => {
  const groups = new DependencyGroups();
  const otherPaths = Array.from({ length: 1_500 }, (_, n) => ['shop@1', `s@${n}`]);
  const entry = { ...vulnerability({ key: 'a', step: 'first@1' }), otherPaths };
  groups.count('a', entry);
  const parts = groups.add(entry, undefined);
  expect(parts?.paths).toHaveLength(1_000);
  expect(parts?.paths.at(-1)).toEqual(['shop@1', 's@998']);
  expect(parts).toMatchObject({ entries: 1, morePaths: 1_500, cutPaths: 501, passedOver: 0 });
});
