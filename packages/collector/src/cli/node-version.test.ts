import { expect, test } from 'vitest';
import { tooOld } from './node-version.ts';
import { filterSqliteWarning } from './sqlite-warning.ts';

test.each([
  ['20.20.2', true],
  ['22.18.0', true],
  ['22.19.0', false],
  ['23.0.0', false],
  ['24.21.0', false],
])('Node %s is too old: %s', (version, isTooOld) => {
  const complaint = tooOld(version);
  expect(complaint !== undefined).toBe(isTooOld);
  if (complaint !== undefined) expect(complaint).not.toContain('\n');
});

test('only the warning about SQLite is left out', () => {
  const emitted: unknown[][] = [];
  const host = { emitWarning: (...args: unknown[]) => void emitted.push(args) } as Pick<NodeJS.Process, 'emitWarning'>;
  filterSqliteWarning(host);
  host.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
  host.emitWarning('SQLite is slow today', 'Warning');
  host.emitWarning('Something else', 'ExperimentalWarning');
  host.emitWarning(new Error('an error'));
  expect(emitted).toEqual([
    ['SQLite is slow today', 'Warning'],
    ['Something else', 'ExperimentalWarning'],
    [new Error('an error')],
  ]);
});
