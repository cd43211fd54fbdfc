import { expect, test } from 'vitest';
import type { Ledger, LedgerRow } from '../../ledger/index.ts';
import { readHistory } from './delivery-history.ts';
import { reasonToHold } from './shrink-guard.ts';

const none = { allowEmpty: false, force: false };

function guard(results: number, before: number | undefined, options = none, more = {}) {
  const tools = new Map([['Tool', { results, hasFailed: false, hasNoResultSet: false, ...more }]]);
  return reasonToHold({ tools }, () => ({ ofReport: before, ofLane: before }), options);
}

test.each([
  [0, undefined, false],
  [0, 0, false],
  [0, 1, true],
  [19, 100, true],
  [20, 100, false],
  [1, 21, false],
  [1, 22, true],
  [500, 100, false],
])('%i after %s: held is %s', (results, before, isHeld) => {
  expect(guard(results, before) !== undefined).toBe(isHeld);
  expect(guard(results, before, { ...none, force: true })).toBeUndefined();
});

test('an empty scan may be allowed; a failed one needs force', () => {
  expect(guard(0, 9, { ...none, allowEmpty: true })).toBeUndefined();
  expect(guard(9, 9, { ...none, allowEmpty: true }, { hasFailed: true })).toContain('--force');
  expect(guard(0, undefined, none, { hasNoResultSet: true })).toContain('--force');
  expect(guard(9, 9, { ...none, force: true }, { hasFailed: true })).toBeUndefined();
});

test('a report is compared with its namesake; reports that share a lane are not compared with each other', async () => {
  const item = (seq: number, path: string, results: number, state = 'accepted'): LedgerRow => ({
    table: 'item',
    lane: 'L',
    seq,
    path,
    results,
    state,
  });
  const history = async (...rows: LedgerRow[]) =>
    readHistory({
      async *rows() {
        yield* rows;
      },
    } as Partial<Ledger> as Ledger);

  const shared = await history(item(1, 'java', 900), item(2, 'js', 10), item(3, 'js', 5, 'rejected'));
  expect(shared('L', 'java')).toEqual({ ofReport: 900, ofLane: 10 });
  expect(shared('L', 'new')).toEqual({ ofReport: undefined, ofLane: 10 });
  expect(shared('M', 'java')).toEqual({ ofReport: undefined, ofLane: undefined });
  const renamed = await history(item(1, 'january', 900));
  expect(renamed('L', 'february')).toEqual({ ofReport: 900, ofLane: 900 });
});
