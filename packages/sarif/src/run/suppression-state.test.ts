import { expect, test } from 'vitest';
import type { Suppression } from '../model/model.ts';
import { isExpired, type SuppressionState, suppressionState } from './suppression-state.ts';

const now = new Date('2026-03-01T00:00:00Z');
const plain: Suppression = { kind: 'inSource' };
const until = (expiryUtc: unknown): Suppression => ({ kind: 'external', properties: { expiryUtc } });
const past = until('2026-02-28');
const future = until('2026-03-02');

test.each<[readonly Suppression[] | null | undefined, SuppressionState]>([
  [undefined, 'unknown'],
  [null, 'unknown'],
  [[], 'none'],
  [[plain], 'suppressed'],
  [[{ ...plain, status: 'accepted' }], 'suppressed'],
  [[{ ...plain, status: 'underReview' }], 'none'],
  [[plain, { ...plain, status: 'rejected' }], 'none'],
  [[past], 'none'],
  [[past, future], 'suppressed'],
  [[past, plain], 'suppressed'],
])('%j: %s', (suppressions, expected) => expect(suppressionState(suppressions, now)).toBe(expected));

test('without a moment nothing expires', () => {
  expect(suppressionState([past])).toBe('suppressed');
  expect(isExpired(past, undefined)).toBe(false);
});

test.each([
  ['2026-03-01T00:00:00Z', true],
  ['2026-03-01T00:00:01Z', false],
  ['never', false],
  [0, false],
])('%s has expired: %j', (expiry, expected) => expect(isExpired(until(expiry), now)).toBe(expected));
