import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import type { Send } from './outcome.ts';
import { createFakeClock } from './test-support/fake-clock.ts';
import { never, somePart } from './test-support/parts.ts';
import { DeadlineReached, requestLimitMs, withDeadline } from './with-deadline.ts';

test('aborts with a reason that says that it was the time', async () => {
  const clock = createFakeClock();
  let reason: unknown;
  const send: Send = (_part, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        reason = signal.reason;
        resolve({ status: 'unknown', code: 'deadline', reason: 'late' });
      });
    });
  const outcome = withDeadline(send, () => 3000, clock)(somePart(), never);
  await clock.advance(2999);
  expect(reason).toBeUndefined();
  await clock.advance(1);
  expect(await outcome).toMatchObject({ status: 'unknown' });
  expect(reason).toBeInstanceOf(DeadlineReached);
});

test('leaves no timer behind when the call is in time', async () => {
  const clock = createFakeClock();
  let seen: AbortSignal | undefined;
  const send: Send = async (_part, signal) => {
    seen = signal;
    return { status: 'accepted' };
  };
  await withDeadline(send, () => 3000, clock)(somePart(), never);
  await clock.advance(10_000);
  expect(seen?.aborted).toBe(false);
});

test('a request may take 30 s and the time of a slow line', () => {
  expect(requestLimitMs({ bytes: new Uint8Array(0) })).toBe(30_000);
  expect(requestLimitMs({ bytes: new Uint8Array(655_360) })).toBe(40_000);
});

test('the clock of the machine never turns a long or senseless wait into a busy one', async () => {
  const stop = new AbortController();
  const long = systemClock.sleep(2 ** 40, stop.signal);
  const first = await Promise.race([
    long.then(() => 'slept'),
    new Promise((resolve) => setTimeout(resolve, 30, 'waiting')),
  ]);
  stop.abort();
  await long;
  expect(first).toBe('waiting');
  await systemClock.sleep(-5);
  await systemClock.sleep(Number.NaN);
});
