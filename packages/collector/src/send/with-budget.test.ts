import { expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { createFakeClock } from './test-support/fake-clock.ts';
import { never, somePart } from './test-support/parts.ts';
import { withBudget } from './with-budget.ts';

const down: Outcome = { status: 'retryable', code: 'network', reason: 'no.' };
const throttled: Outcome = { ...down, code: 'rate-limited', charged: false };

function budgeted(outcome: () => Outcome, capacity: number) {
  const clock = createFakeClock();
  return { clock, send: withBudget(async () => outcome(), { clock, capacity, perSuccess: 0.1, refillMs: 5000 }) };
}

test('first attempts are free, second ones cost, and an empty purse waits', async () => {
  const { clock, send } = budgeted(() => down, 2);
  const parts = [1, 2, 3, 4].map((n) => somePart(n));
  for (const part of parts) await clock.runAll(send(part, never));
  expect(clock.slept).toEqual([]);
  for (const part of parts) await clock.runAll(send(part, never));
  expect(clock.slept).toEqual([5000, 5000]);
});

test('an attempt that does not count costs nothing afterwards', async () => {
  const { clock, send } = budgeted(() => throttled, 0);
  const part = somePart();
  for (let n = 0; n < 5; n += 1) await clock.runAll(send(part, never));
  expect(clock.slept).toEqual([]);
});

test('successes earn', async () => {
  let outcome: Outcome = { status: 'accepted' };
  const { clock, send } = budgeted(() => outcome, 1);
  const part = somePart(0);
  outcome = down;
  await clock.runAll(send(part, never));
  await clock.runAll(send(part, never));
  outcome = { status: 'accepted' };
  for (let n = 1; n <= 10; n += 1) await clock.runAll(send(somePart(n), never));
  outcome = down;
  await clock.runAll(send(part, never));
  expect(clock.slept.every((ms) => ms < 1)).toBe(true);
});

test('a waiting attempt leaves when the run is drained', async () => {
  const clock = createFakeClock();
  const drain = new AbortController();
  const send = withBudget(async () => down, { clock, capacity: 0, perSuccess: 0, refillMs: 5000, drain: drain.signal });
  const part = somePart();
  await send(part, never);
  const second = send(part, never);
  drain.abort();
  expect(await second).toEqual(down);
});
