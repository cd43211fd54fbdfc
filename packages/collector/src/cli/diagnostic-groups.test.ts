import type { Diagnostic } from '@sariflow/sarif';
import { expect, test } from 'vitest';
import { createDiagnosticGroups } from './diagnostic-groups.ts';

const diagnostic = (ruleId: string, pointer: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  ruleId,
  level: 'error',
  message: 'x',
  pointer,
  ...more,
});

test('the same defect in several results is one kind, other members and rules are others', () => {
  const groups = createDiagnosticGroups();
  groups.add(diagnostic('SF-S205', '/runs/0/results/0/level'));
  groups.add(diagnostic('SF-S205', '/runs/0/results/17/level'));
  groups.add(diagnostic('SF-S205', '/runs/0/results/17/kind'));
  groups.add(diagnostic('SF-S202', '/runs/0/results/17/level', { level: 'warning' }));
  expect(groups.list().map(({ first, count }) => [first.ruleId, first.pointer, count])).toEqual([
    ['SF-S205', '/runs/0/results/0/level', 2],
    ['SF-S205', '/runs/0/results/17/kind', 1],
    ['SF-S202', '/runs/0/results/17/level', 1],
  ]);
  expect(groups.counts).toEqual({ error: 3, warning: 1, note: 0 });
});

test('a number of further occurrences goes to the most frequent kind of its rule', () => {
  const groups = createDiagnosticGroups();
  groups.add(diagnostic('SF-S205', '/a'));
  groups.add(diagnostic('SF-S205', '/b/1'));
  groups.add(diagnostic('SF-S205', '/b/2'));
  groups.add(diagnostic('SF-S205', '', { count: 40 }));
  expect(groups.list().map(({ count }) => count)).toEqual([1, 42]);
  expect(groups.counts.error).toBe(43);
});

test('member names that never repeat do not fill the memory, and none is lost', () => {
  const groups = createDiagnosticGroups();
  for (let index = 0; index < 5000; index += 1) groups.add(diagnostic('SF-S204', `/member-${index}`));
  expect(groups.list().length).toBeLessThanOrEqual(1001);
  expect(groups.list().reduce((sum, { count }) => sum + count, 0)).toBe(5000);
});
