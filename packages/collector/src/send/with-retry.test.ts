import { describe, expect, test } from 'vitest';
import type { Outcome, Send } from './outcome.ts';
import { createFakeClock } from './test-support/fake-clock.ts';
import { never, somePart } from './test-support/parts.ts';
import { ciRetryPolicy, withRetry } from './with-retry.ts';

const busy: Outcome = { status: 'retryable', code: 'network', reason: 'broken.' };
const throttled: Outcome = {
  status: 'retryable',
  code: 'rate-limited',
  reason: 'slow down.',
  charged: false,
  pause: 'target',
};
const lost: Outcome = { status: 'unknown', code: 'no-answer', reason: 'lost.' };
const done: Outcome = { status: 'accepted' };
const noKey: Outcome = { status: 'rejected', code: 'auth', reason: 'no.', scope: 'target' };

function scripted(...outcomes: Outcome[]): Send & { calls: () => number } {
  let calls = 0;
  const send = async () => {
    const outcome = outcomes[Math.min(calls, outcomes.length - 1)];
    calls += 1;
    if (outcome === undefined) throw new Error('the script is empty');
    return outcome;
  };
  return Object.assign(send, { calls: () => calls });
}

async function run(send: Send, options: Partial<Parameters<typeof withRetry>[1]> = {}) {
  const clock = createFakeClock();
  const outcome = await clock.runAll(
    withRetry(send, { policy: ciRetryPolicy, clock, ...options })(somePart(), options.drain ?? never),
  );
  return { outcome, slept: clock.slept };
}

describe('withRetry', () => {
  test('stops after the attempts of the policy, with doubling ceilings', async () => {
    const send = scripted(busy);
    const { outcome, slept } = await run(send);
    expect(outcome).toEqual(busy);
    expect(send.calls()).toBe(6);
    expect(slept.map((ms) => Math.round(ms))).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });

  test('waits what it was told when that is longer than its own wait, and its own when that is longer', async () => {
    const { slept } = await run(scripted({ ...busy, waitMs: 5000 }, { ...busy, waitMs: 10 }, done));
    expect(slept.map((ms) => Math.round(ms))).toEqual([5000, 2000]);
  });

  test('a throttled attempt does not count, and is bounded all the same', async () => {
    const send = scripted(...Array<Outcome>(20).fill({ ...throttled, waitMs: 1 }), done);
    expect((await run(send)).outcome).toEqual(done);
    expect(send.calls()).toBe(21);

    const endless = scripted({ ...throttled, waitMs: 1 });
    await run(endless, { policy: { ...ciRetryPolicy, maxUncharged: 7 } });
    expect(endless.calls()).toBe(7);
  });

  test('an outcome can allow fewer attempts', async () => {
    const send = scripted({ ...busy, maxAttempts: 3, thenStop: 'target' });
    expect((await run(send)).outcome).toMatchObject({ thenStop: 'target' });
    expect(send.calls()).toBe(3);
  });

  test('refusals and acceptances are final', async () => {
    for (const outcome of [done, noKey]) {
      const send = scripted(outcome);
      expect((await run(send)).outcome).toEqual(outcome);
      expect(send.calls()).toBe(1);
    }
  });

  test('a doubt is settled by an acceptance or a refusal of the content only', async () => {
    expect((await run(scripted(lost, done))).outcome).toEqual(done);
    expect((await run(scripted(lost, { ...noKey, code: 'bad-request', scope: 'part' }))).outcome).not.toHaveProperty(
      'mayBeStored',
    );
    expect((await run(scripted(lost, noKey))).outcome).toMatchObject({ status: 'rejected', mayBeStored: true });
    expect((await run(scripted(lost, busy))).outcome).toMatchObject({ status: 'unknown', code: 'no-answer' });
  });

  test("with onUnknown 'stop' a part that may have arrived is not sent again", async () => {
    const policy = { ...ciRetryPolicy, onUnknown: 'stop' as const };
    for (const outcome of [lost, { ...busy, mayBeStored: true as const }]) {
      const send = scripted(outcome);
      await run(send, { policy });
      expect(send.calls()).toBe(1);
    }
    const send = scripted(busy);
    await run(send, { policy });
    expect(send.calls()).toBe(6);
  });

  test('does not begin a wait longer than the time left, and stops the target when the wait concerns it', async () => {
    const told = scripted({ ...throttled, waitMs: 600_000 });
    const { outcome, slept } = await run(told, { remainingMs: () => 300_000 });
    expect(slept).toEqual([]);
    expect(outcome).toMatchObject({ status: 'retryable', thenStop: 'target' });
    expect(outcome).toHaveProperty('reason', expect.stringContaining('600 s'));

    const absurd = scripted({ ...throttled, waitMs: 1e15 });
    expect((await run(absurd, { maxWaitMs: 180_000 })).slept).toEqual([]);
  });

  test('a drain ends the waiting, not the attempt', async () => {
    const drain = new AbortController();
    const send = scripted(busy);
    const { outcome } = await run(send, { drain: drain.signal, onWait: () => drain.abort() });
    expect(outcome).toEqual(busy);
    expect(send.calls()).toBe(1);
  });
});
