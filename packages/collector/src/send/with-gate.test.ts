import { describe, expect, test } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { Outcome, Send } from './outcome.ts';
import { createFakeClock } from './test-support/fake-clock.ts';
import { never, somePart } from './test-support/parts.ts';
import { createGate, withGate } from './with-gate.ts';

const done: Outcome = { status: 'accepted' };
const throttled: Outcome = {
  status: 'retryable',
  code: 'rate-limited',
  reason: 'slow down.',
  charged: false,
  pause: 'target',
  waitMs: 5000,
};
const down: Outcome = { status: 'retryable', code: 'network', reason: 'no.' };

describe('withGate', () => {
  test('a 429 closes the gate for every worker, for no less than the time it named', async () => {
    const clock = createFakeClock();
    const starts: number[] = [];
    let first = true;
    const send: Send = async () => {
      starts.push(clock.now());
      if (!first) return done;
      first = false;
      return throttled;
    };
    const gated = withGate(send, createGate({ clock }));
    await gated(somePart(), never);
    await clock.runAll(Promise.all([1, 2, 3, 4].map((n) => gated(somePart(n), never))));

    const [begin = 0, ...later] = starts;
    expect(later).toHaveLength(4);
    for (const start of later) {
      expect(start - begin).toBeGreaterThanOrEqual(5000);
      expect(start - begin).toBeLessThanOrEqual(5500);
    }
  });

  test('a refusal of the key closes it for good', async () => {
    const clock = createFakeClock();
    const gate = createGate({ clock });
    let calls = 0;
    const gated = withGate(async () => {
      calls += 1;
      return { status: 'rejected', code: 'auth', reason: 'no key', scope: 'target' };
    }, gate);
    await gated(somePart(), never);
    expect(await gated(somePart(2), never)).toMatchObject({
      status: 'retryable',
      code: 'target-stopped',
      maxAttempts: 0,
    });
    expect(calls).toBe(1);
    expect(gate.stopped).toEqual({ code: 'auth', reason: 'no key' });
  });

  test('after ten failures in a row one probe goes through every 30 s, and one success opens it for all', async () => {
    const clock = createFakeClock();
    let broken = true;
    const starts: number[] = [];
    const gated = withGate(async () => {
      starts.push(clock.now());
      await clock.sleep(100);
      return broken ? down : done;
    }, createGate({ clock }));

    for (let n = 0; n < 10; n += 1) await clock.runAll(gated(somePart(n), never));
    const waiting = Promise.all([11, 12, 13].map((n) => gated(somePart(n), never)));
    const before = starts.length;
    await clock.advance(29_000);
    expect(starts.length).toBe(before);
    await clock.advance(1200);
    expect(starts.length).toBe(before + 1);
    broken = false;
    await clock.runAll(waiting);
    expect(starts.length).toBe(before + 3);
  });

  test('nobody waits at the gate longer than the run lasts', async () => {
    const clock = createFakeClock();
    const gated = withGate(async () => throttled, createGate({ clock, remainingMs: () => 1000 }));
    await gated(somePart(), never);
    expect(await gated(somePart(2), never)).toMatchObject({
      status: 'retryable',
      code: 'deadline',
      thenStop: 'target',
    });
  });

  test('a drain sends the waiting ones away', async () => {
    const clock = createFakeClock();
    const drain = new AbortController();
    const gated = withGate(async () => throttled, createGate({ clock, drain: drain.signal }));
    await gated(somePart(), never);
    const waiting = gated(somePart(2), never);
    drain.abort();
    expect(await waiting).toMatchObject({ status: 'retryable', code: 'interrupted' });
  });
});

describe('circuit breaker', () => {
  test('opens when half of the window got no answer', () => {
    const breaker = createCircuitBreaker({ consecutive: 100, window: 20, openMs: 30_000 });
    for (let n = 0; n < 19; n += 1) breaker.record(n % 2 === 0 ? 'well' : 'silent', n);
    expect(breaker.waitMs(19)).toBe(0);
    breaker.record('silent', 19);
    expect(breaker.waitMs(19)).toBe(30_000);
  });

  test('a target that answers half of the requests with trouble is alive; ten times in a row it is not', () => {
    const breaker = createCircuitBreaker();
    for (let n = 0; n < 100; n += 1) breaker.record(n % 2 === 0 ? 'well' : 'troubled', n);
    expect(breaker.waitMs(100)).toBe(0);
    for (let n = 0; n < 10; n += 1) breaker.record('troubled', 100);
    expect(breaker.waitMs(100)).toBe(30_000);
  });

  test('a failed probe opens it again, a probe that says nothing lets the next one through', () => {
    const breaker = createCircuitBreaker({ consecutive: 1, window: 20, openMs: 1000 });
    breaker.record('silent', 0);
    expect(breaker.waitMs(1000)).toBe(0);
    breaker.start(1000);
    expect(breaker.waitMs(1000)).toBe(Infinity);
    breaker.record(undefined, 1000);
    expect(breaker.waitMs(1000)).toBe(0);
    breaker.start(1000);
    breaker.record('troubled', 1000);
    expect(breaker.waitMs(1001)).toBe(999);
  });
});
