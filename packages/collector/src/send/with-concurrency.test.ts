import { expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { never, somePart } from './test-support/parts.ts';
import { withConcurrency } from './with-concurrency.ts';

const done: Outcome = { status: 'accepted' };
const throttled: Outcome = { status: 'retryable', code: 'rate-limited', reason: 'slow down.', charged: false };

/** A target whose answers are given by hand. */
function byHand(options: Parameters<typeof withConcurrency>[1]) {
  const open: ((outcome: Outcome) => void)[] = [];
  const send = withConcurrency(() => new Promise<Outcome>((resolve) => open.push(resolve)), options);
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    open,
    send,
    async answer(count: number, outcome: Outcome) {
      for (const resolve of open.splice(0, count)) resolve(outcome);
      await settle();
    },
    settle,
  };
}

test('never more than so many at a time, in the order in which they came', async () => {
  const { open, send, answer, settle } = byHand({ max: 3 });
  const all = Array.from({ length: 10 }, (_, n) => send(somePart(n), never));
  await settle();
  expect(open).toHaveLength(3);
  for (let left = 10; left > 0; left -= 1) {
    expect(open.length).toBe(Math.min(3, left));
    await answer(1, done);
  }
  expect(await Promise.all(all)).toHaveLength(10);
});

test('halves when the target asks for fewer, once for all that were under way, and grows by one in twenty', async () => {
  const { open, send, answer, settle } = byHand({ max: 8 });
  const all = Array.from({ length: 200 }, (_, n) => send(somePart(n), never));
  await settle();
  expect(open).toHaveLength(8);
  await answer(8, throttled);
  expect(open).toHaveLength(4);
  for (let n = 0; n < 20; n += 1) await answer(1, done);
  expect(open).toHaveLength(5);
  await answer(1, throttled);
  expect(open.length).toBeLessThanOrEqual(4);
  await answer(4, throttled);
  expect(open).toHaveLength(2);
  for (let n = 0; n < 10; n += 1) await answer(open.length, throttled);
  expect(open).toHaveLength(1);
  while (open.length > 0) await answer(open.length, done);
  expect(await Promise.all(all)).toHaveLength(200);
});

test('starts low where that is wanted', async () => {
  const { open, send, settle } = byHand({ max: 16, start: 2 });
  for (let n = 0; n < 10; n += 1) void send(somePart(n), never);
  await settle();
  expect(open).toHaveLength(2);
});

test('who waits leaves when the run is drained or the time is up, and takes no place along', async () => {
  const drain = new AbortController();
  const { open, send, answer, settle } = byHand({ max: 1, drain: drain.signal });
  const first = send(somePart(1), never);
  const timeUp = new AbortController();
  const second = send(somePart(2), timeUp.signal);
  const third = send(somePart(3), never);
  timeUp.abort();
  expect(await second).toMatchObject({ status: 'retryable', code: 'interrupted' });
  await answer(1, done);
  expect(await first).toEqual(done);
  expect(open).toHaveLength(1);
  await answer(1, done);
  expect(await third).toEqual(done);
  drain.abort();
  expect(await send(somePart(4), never)).toMatchObject({ code: 'interrupted' });
  await settle();
  expect(open).toHaveLength(0);
});

test('an attempt that throws gives its place back', async () => {
  let calls = 0;
  const send = withConcurrency(
    async () => {
      calls += 1;
      if (calls === 1) throw new Error('broken');
      return done;
    },
    { max: 1 },
  );
  await expect(send(somePart(1), never)).rejects.toThrow('broken');
  expect(await send(somePart(2), never)).toEqual(done);
});
