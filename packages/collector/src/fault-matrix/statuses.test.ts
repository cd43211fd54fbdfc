import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startScriptedTarget, type Wire } from '../../../../tools/emulators/scripted-target/scripted-target.ts';
import type { RetryAdvice } from '../local-collector/faults/fault.ts';
import { sampleLog } from '../local-collector/test-support/sample-log.ts';
import { Secret } from '../secrets/secret.ts';
import { systemClock } from '../send/clock.ts';
import { retryAfterMs } from '../send/retry-after.ts';
import { createFakeClock } from '../send/test-support/fake-clock.ts';
import { createTokenSource, type TokenAnswer, usefulMs } from '../send/token-source.ts';
import { backfillRetryPolicy } from '../send/with-retry.ts';
import { cortex } from '../targets/cortex.ts';
import type { Destination, Target } from '../targets/target.ts';
import type { UploadOptions } from '../upload/upload-types.ts';
import {
  context,
  cortexAt,
  deliver,
  documentOf,
  lanesOf,
  logOf,
  passTime,
  quick,
  startCollector,
  watchedTransport,
} from './test-support/delivery.ts';

// Section 3.2 of the fault matrix: what targets say. What the receiver has is what is believed. Classes: N, the target does
// not have the part and it is sent again; U, it may have it; R, it is refused; F, nothing more is sent.

const ingested = { status: 'INGESTED', message: 'fine' };
const accept = (_request: unknown, wire: Wire) => wire.answer(201, ingested);

/** Answers the first requests with these statuses, and then accepts. */
function answering(...first: readonly (readonly [number, unknown?, Record<string, string>?])[]) {
  return startScriptedTarget({
    onRequest(request, wire) {
      const answer = first[request.index];
      if (answer === undefined) accept(request, wire);
      else wire.answer(answer[0], answer[1] ?? {}, answer[2]);
    },
  });
}

describe('told to wait', () => {
  test('row 20 (N): 429 with seconds: nobody sends before, four workers; no attempt is counted', async () => {
    const clock = createFakeClock();
    const at: number[] = [];
    await using target = await startScriptedTarget({
      onRequest(request, wire) {
        at.push(clock.now());
        if (request.index < 4) wire.answer(429, {}, { 'retry-after': '20' });
        else accept(request, wire);
      },
    });
    await using transport = watchedTransport({ origin: target.origin });
    const options = { clock, transport, retry: { ...quick.retry, maxAttempts: 1 } };
    const result = await passTime(clock, deliver(target.origin, lanesOf(8), options), transport);
    expect(result.account).toMatchObject({ in: 24, accepted: 24 });
    const told = Math.max(...at.slice(0, 4));
    const later = at.slice(4);
    expect(later).toHaveLength(8);
    for (const moment of later) expect(moment).toBeGreaterThanOrEqual(told + 20_000);
    expect(Math.min(...later)).toBeLessThanOrEqual(told + 22_100);
  });

  test('row 20: a target that asks for fewer requests gets fewer, and more again as it accepts', async () => {
    const clock = createFakeClock();
    let underWay = 0;
    const together: number[] = [];
    const early: Wire[] = [];
    await using target = await startScriptedTarget({
      onHead() {
        underWay += 1;
        together.push(underWay);
        return false;
      },
      onRequest(request, wire) {
        if (request.index >= 8) {
          setTimeout(() => {
            underWay -= 1;
            accept(request, wire);
          }, 2);
        } else if (early.push(wire) === 8) {
          underWay = 0;
          for (const one of early) one.answer(429, {}, { 'retry-after': '1' });
        }
      },
    });
    await using transport = watchedTransport({ origin: target.origin, concurrency: 8 });
    const running = deliver(target.origin, lanesOf(120, 1), { clock, transport, concurrency: 8 });
    const result = await passTime(clock, running, transport);
    expect(result.account).toMatchObject({ accepted: 120 });
    expect(Math.max(...together.slice(0, 8))).toBe(8);
    expect(Math.max(...together.slice(8, 20))).toBe(4);
    expect(Math.max(...together.slice(-60))).toBeGreaterThan(4);
  });

  test.each<[string, RetryAdvice, number]>([
    ['an HTTP date', { form: 'http-date', seconds: 30 }, 29_000],
    ['a date with a two-digit year', { form: 'rfc-850-date', seconds: 30 }, 29_000],
    ['a date with a local zone', { form: 'value', value: 'Tue, 14 Nov 2023 23:13:51 +0100' }, 29_000],
    ['a date that has passed', { form: 'http-date', seconds: -30 }, 0],
    ['a word', { form: 'value', value: 'soon' }, 0],
    ['a negative number', { form: 'value', value: '-5' }, 0],
  ])('row 21 (N): 429 with %s', async (_name, retry, leastMs) => {
    await tellToWait(retry, leastMs);
  });

  test.each<[string, RetryAdvice | undefined, number]>([
    ['nothing', undefined, 0],
    ['X-RateLimit-Reset as a moment', { form: 'rate-limit-reset-epoch', seconds: 30 }, 29_000],
    ['X-RateLimit-Reset as seconds', { form: 'rate-limit-reset-delta', seconds: 30 }, 30_000],
  ])('row 22 (N): 429 with %s', async (_name, retry, leastMs) => {
    await tellToWait(retry, leastMs);
  });

  test('row 21: a wrong clock here changes nothing: the server says what time it is there', () => {
    const headers = new Map([
      ['date', 'Sun, 06 Nov 1994 08:49:37 GMT'],
      ['retry-after', 'Sun, 06 Nov 1994 08:50:07 GMT'],
    ]);
    for (const wrong of [0, Date.UTC(1994, 10, 6, 9), 4e12]) {
      expect(retryAfterMs((name) => headers.get(name), wrong)).toBe(30_000);
    }
  });

  test.each<[string, string]>([
    ['longer than the run', '3600'],
    ['absurd', '1000000000000'],
  ])('row 23 (N): Retry-After %s: ends now, says when to come back', async (_name, seconds) => {
    const clock = createFakeClock();
    const began = clock.now();
    await using target = await startScriptedTarget({
      onRequest: (_request, wire) => wire.answer(429, {}, { 'retry-after': seconds }),
    });
    await using transport = watchedTransport({ origin: target.origin });
    const running = deliver(target.origin, lanesOf(3), { clock, transport, concurrency: 1 });
    const result = await passTime(clock, running, transport);
    expect(clock.now() - began).toBeLessThan(1000);
    expect(target.received).toHaveLength(1);
    expect(result.parts[0]).toMatchObject({
      outcome: 'undelivered',
      reason: expect.stringMatching(/would have to wait \d+ s.*run again/s),
    });
    expect([...result.failures]).toEqual(['undelivered']);
  });

  test('row 23: a wait beyond what a timer can do is not cut short', async () => {
    const stop = new AbortController();
    let woken = false;
    const sleeping = systemClock.sleep(3e9, stop.signal).then(() => {
      woken = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(woken).toBe(false);
    stop.abort();
    await sleeping;
  });

  test('row 23: in a historical load an hour is waited for', async () => {
    const clock = createFakeClock();
    const began = clock.now();
    await using target = await answering([429, {}, { 'retry-after': '3600' }]);
    await using transport = watchedTransport({ origin: target.origin });
    const options: Partial<UploadOptions> = {
      clock,
      transport,
      deadlineMs: Number.POSITIVE_INFINITY,
      partDeadlineMs: 8_000_000,
      retry: backfillRetryPolicy,
    };
    const result = await passTime(clock, deliver(target.origin, documentOf('a'), options), transport);
    expect(result.account).toMatchObject({ accepted: 3 });
    expect(clock.now() - began).toBeGreaterThanOrEqual(3_600_000);
  });

  async function tellToWait(retry: RetryAdvice | undefined, leastMs: number) {
    const clock = createFakeClock();
    await using collector = await startCollector({ clock: () => clock.epoch() });
    collector.faults.add({ kind: 'status', status: 429, retry });
    const began = clock.now();
    await using transport = watchedTransport({ origin: collector.url });
    const options = { clock, transport, retry: { ...quick.retry, maxAttempts: 1 } };
    const result = await passTime(clock, deliver(collector.url, documentOf('a'), options), transport);
    expect(result.account).toMatchObject({ accepted: 3 });
    expect(collector.stored()).toHaveLength(1);
    const waited = clock.now() - began;
    expect(waited).toBeGreaterThanOrEqual(leastMs);
    expect(waited).toBeLessThanOrEqual(leastMs === 0 ? 2000 : 36_000);
  }
});

describe('trouble of the server', () => {
  test('row 24 (U): 500, 502 and 504 for a third of all requests: everything arrives, each part stored', async () => {
    const clock = createFakeClock();
    await using collector = await startCollector();
    for (const [index, status] of [500, 502, 504].entries()) {
      collector.faults.add({ kind: 'status', status }, { probability: 0.11, seed: index + 1 });
    }
    await using transport = watchedTransport({ origin: collector.url });
    const running = deliver(collector.url, lanesOf(60, 1), { clock, transport, budget: undefined as never });
    const result = await passTime(clock, running, transport);
    expect(result.account).toMatchObject({ in: 60, accepted: 60 });
    expect(new Set(collector.stored()).size).toBe(60);
    expect(collector.received().length).toBeGreaterThan(65);
  });

  test('row 24: with duplicates not tolerated, a 500 is not tried again', async () => {
    await using target = await startScriptedTarget({ onRequest: (_request, wire) => wire.answer(500, {}) });
    const result = await deliver(target.origin, documentOf('a'), { retry: { ...quick.retry, onUnknown: 'stop' } });
    expect(target.received).toHaveLength(1);
    expect([...result.failures]).toEqual(['undelivered']);
  });

  test('row 25 (N, then F): a collector that is disabled: three tries over some 15 s, and it is said', async () => {
    const clock = createFakeClock();
    const began = clock.now();
    await using collector = await startCollector();
    collector.setCollectorEnabled('c', false);
    await using transport = watchedTransport({ origin: collector.url });
    const running = deliver(collector.url, lanesOf(3), { clock, transport, concurrency: 1 });
    const result = await passTime(clock, running, transport);
    expect(collector.received().filter((upload) => upload.status === 503).length).toBe(3);
    expect(clock.now() - began).toBeGreaterThan(13_000);
    expect(clock.now() - began).toBeLessThan(40_000);
    expect(result.stopped).toMatchObject({
      code: 'collector-disabled',
      reason: expect.stringContaining('collector may be disabled'),
    });
    expect([...result.failures]).toEqual(['undelivered']);
  });

  test('row 25: a busy collector that goes on accepting others is not taken for a disabled one', async () => {
    const clock = createFakeClock();
    let struck = 0;
    await using target = await startScriptedTarget({
      onRequest(request, wire) {
        const unlucky = request.body.includes('d0 ') && struck < 5;
        if (unlucky) struck += 1;
        if (unlucky) wire.answer(503, {});
        else accept(request, wire);
      },
    });
    await using transport = watchedTransport({ origin: target.origin, concurrency: 1 });
    const documents = [...lanesOf(1), ...lanesOf(40).slice(1)];
    const result = await passTime(
      clock,
      deliver(target.origin, documents, { clock, transport, concurrency: 1 }),
      transport,
    );
    expect(struck).toBeGreaterThan(2);
    expect(result.account).toMatchObject({ accepted: 120 });
  });

  test.each([408, 425])('row 26 (N): %i: once more, on a new connection', async (status) => {
    await using target = await startScriptedTarget({ onRequest: (_request, wire) => wire.answer(status, {}) });
    const result = await deliver(target.origin, documentOf('a'));
    expect(target.received.map((request) => request.connection)).toEqual([0, 1]);
    expect([...result.failures]).toEqual(['undelivered']);
  });
});

describe('row 27 (R): 413, too large', () => {
  const sized = (chars: (index: number) => number) =>
    sampleLog(Array.from({ length: 40 }, (_, n) => ({ message: `${n} ${'x'.repeat(chars(n))}`, line: n + 1 })));

  test.each([
    ['1 MB', 1_000_000, 60_000],
    ['100 KB', 100_000, 30_000],
  ])('a limit of %s: divided until it fits, learnt for the rest of the run', async (_name, maxBodyBytes, chars) => {
    await using collector = await startCollector({ maxBodyBytes });
    const documents = ['a', 'b', 'c'].map((path) =>
      documentOf(
        path,
        sized(() => chars),
        { maxBytes: 9_500_000 },
      ),
    );
    const result = await deliver(collector.url, documents, { concurrency: 1 });
    expect(result.account).toMatchObject({ in: 120, accepted: 120 });
    expect(result.deadLettered).toBe(0);
    const stored = collector.received().filter((upload) => upload.stored);
    expect(stored.reduce((sum, upload) => sum + upload.findings, 0)).toBe(120);
    // Only the first document had to find out.
    const refused = collector.received().filter((upload) => upload.status === 413);
    expect(refused.length).toBeLessThanOrEqual(Math.ceil(Math.log2((40 * chars) / maxBodyBytes)) + 1);
  });

  test('a limit of 1 KB: what does not fit alone is a dead letter with its place', async () => {
    await using collector = await startCollector({ maxBodyBytes: 1024 });
    const log = sized((n) => (n % 10 === 3 ? 2000 : 10));
    const result = await deliver(collector.url, documentOf('a', log), { concurrency: 1 });
    expect(result.account).toMatchObject({ in: 40, accepted: 36, rejected: 4 });
    expect(result.deadLetters.map((letter) => letter.pointer)).toEqual(
      [3, 13, 23, 33].map((n) => `/runs/0/results/${n}`),
    );
    expect(result.deadLetters[0]).toMatchObject({ path: 'a', code: 'too-large', ruleId: 'sample-rule' });
    expect(
      collector
        .received()
        .filter(({ stored }) => stored)
        .reduce((sum, { findings }) => sum + findings, 0),
    ).toBe(36);
    expect([...result.failures]).toEqual(['rejected']);
  });

  test('details go before the finding does', async () => {
    await using collector = await startCollector({ maxBodyBytes: 20_000 });
    const log = logOf('a', 4);
    const heavy = log.runs[0]?.results[2] as Record<string, unknown>;
    heavy['codeFlows'] = [{ message: { text: 'y'.repeat(50_000) }, threadFlows: [{ locations: [{ location: {} }] }] }];
    const result = await deliver(collector.url, documentOf('a', log));
    expect(result.account).toMatchObject({ in: 4, accepted: 4 });
    const remark = result.parts.find((part) => part.warning !== undefined);
    expect(remark?.warning).toMatch(/\/runs\/0\/results\/2 had to be shortened.*codeFlows/);
  });

  test('where an upload replaces what was there, nothing is divided', async () => {
    await using collector = await startCollector({ maxBodyBytes: 100_000 });
    const result = await deliver(
      collector.url,
      documentOf(
        'a',
        sized(() => 30_000),
      ),
      {
        destination: replacing(collector.url),
      },
    );
    expect(collector.received()).toHaveLength(1);
    expect(result.parts).toMatchObject([{ outcome: 'rejected', reason: expect.stringContaining('cannot be divided') }]);
  });
});

describe('row 28 (R): poison', () => {
  /** Refuses bodies with results that say POISON. */
  const picky = (status: number) =>
    startScriptedTarget({
      onRequest(request, wire) {
        if (request.body.includes('POISON')) wire.answer(status, { errorCode: 'BadRequest', message: 'INVALID' });
        else accept(request, wire);
      },
    });
  const poisoned = (at: readonly number[]) =>
    logOf('a', 1000, (index) => (at.includes(index) ? { message: `POISON ${index}` } : {}));

  test.each<[number, number[], number]>([
    [400, [500], 1],
    [422, [0, 999], 2],
    [400, [3, 250, 251, 600, 998], 5],
    [400, [3, 250, 251, 600, 700, 998], 5],
  ])('%i for %j of 1,000: the culprits are named, the rest gets through', async (status, at, named) => {
    await using target = await picky(status);
    const result = await deliver(target.origin, documentOf('a', poisoned(at)));
    expect(result.deadLetters.map((letter) => letter.pointer)).toEqual(
      at.slice(0, named).map((index) => `/runs/0/results/${index}`),
    );
    expect(target.received.length).toBeLessThanOrEqual(at.length * (2 * Math.ceil(Math.log2(1000)) + 1));
    const rejected = result.account.rejected;
    if (named === at.length) expect(rejected).toBe(named);
    // The search ends after five; what still holds a culprit is refused as a whole.
    else expect(rejected).toBeGreaterThan(named);
    expect(rejected).toBeLessThan(260);
    expect(result.account.accepted).toBe(1000 - rejected);
    expect([...result.failures]).toEqual(['rejected']);
    const kept = arrivedMessages(target.received.filter((request) => !request.body.includes('POISON')));
    expect(kept.length).toBe(result.account.accepted);
    expect(new Set(kept).size).toBe(kept.length);
  });

  test('what our own rules object to is left out first, and costs one request', async () => {
    await using target = await startScriptedTarget({
      onRequest(request, wire) {
        const log = JSON.parse(request.body.toString()) as ReturnType<typeof logOf>;
        const bad = log.runs.some((run) => run.results.some((result) => result.locations.length === 0));
        if (bad) wire.answer(400, { errorCode: 'BadRequest', message: 'no location', status: 'INVALID' });
        else accept(request, wire);
      },
    });
    const log = logOf('a', 100);
    for (const index of [7, 70]) log.runs[0]?.results[index]?.locations.splice(0);
    const result = await deliver(target.origin, documentOf('a', log));
    expect(target.received).toHaveLength(2);
    expect(result.account).toMatchObject({ accepted: 98, rejected: 2 });
    expect(result.deadLetters).toMatchObject([
      { pointer: '/runs/0/results/7', reason: expect.stringMatching(/SF-/) },
      { pointer: '/runs/0/results/70' },
    ]);
  });

  test('where an upload replaces what was there, no half is ever sent', async () => {
    await using target = await picky(400);
    const document = documentOf('a', poisoned([10]));
    const result = await deliver(target.origin, document, { destination: replacing(target.origin) });
    expect(target.received).toHaveLength(1);
    expect(result.account).toMatchObject({ rejected: 1000 });
  });

  test('everything is poison: it does not take hundreds of requests to see that', async () => {
    await using target = await startScriptedTarget({ onRequest: (_request, wire) => wire.answer(400, {}) });
    const result = await deliver(target.origin, documentOf('a', logOf('a', 1000)));
    expect(result.account).toMatchObject({ rejected: 1000 });
    expect(target.received.length).toBeLessThan(40);
  });
});

describe('keys and tokens', () => {
  test('row 29 (F): 401 at the first request: not tried again, names the family of headers', async () => {
    await using collector = await startCollector({ keys: [] });
    const result = await deliver(collector.url, lanesOf(4), { concurrency: 1 });
    expect(collector.received()).toHaveLength(1);
    expect(result.stopped).toMatchObject({ code: 'auth', reason: expect.stringContaining('x-xdr-auth-id') });
    expect([...result.failures].sort()).toEqual(['auth', 'undelivered']);
  });

  test('row 30 (N): the token expires half-way, eight workers: one new one for all, nothing is lost', async () => {
    let valid = 'token-1';
    const lane = lanesOf(40, 1);
    await using target = await startScriptedTarget({
      onRequest(request, wire) {
        if (request.index === 20) valid = 'token-2';
        if (request.headers.get('authorization') !== `Bearer ${valid}`) wire.answer(401, {});
        else setTimeout(() => accept(request, wire), 3);
      },
    });
    let asked = 0;
    const destination = withTokens(target.origin, async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 'granted', token: `token-${asked}`, lifetimeMs: 3_600_000 };
    });
    const result = await deliver(target.origin, lane, { destination, concurrency: 8 });
    expect(asked).toBe(2);
    expect(result.account).toMatchObject({ in: 40, accepted: 40 });
  });

  test('row 30: a second 401 with the new token ends it', async () => {
    await using target = await startScriptedTarget({
      onRequest: (request, wire) => (request.index < 1 ? accept(request, wire) : wire.answer(401, {})),
    });
    let asked = 0;
    const destination = withTokens(target.origin, async () => {
      asked += 1;
      return { status: 'granted', token: `token-${asked}` };
    });
    const result = await deliver(target.origin, lanesOf(4), { destination, concurrency: 1 });
    expect(asked).toBe(2);
    expect(target.received).toHaveLength(3);
    expect(result.stopped).toMatchObject({ code: 'auth' });
  });

  test.each<[string, TokenAnswer]>([
    ['429', { status: 'later', reason: 'The token server asks for fewer requests.', waitMs: 20_000 }],
    ['500', { status: 'later', reason: 'The token server answered 500.' }],
    ['HTML', { status: 'later', reason: 'The token server answered no JSON.' }],
  ])('row 31 (N): the token server answers %s: parts wait and are not failed', async (_name, first) => {
    const clock = createFakeClock();
    await using target = await startScriptedTarget({ onRequest: accept });
    await using transport = watchedTransport({ origin: target.origin });
    let asked = 0;
    const destination = withTokens(
      target.origin,
      async () => {
        asked += 1;
        return asked <= 3 ? first : { status: 'granted', token: 't' };
      },
      clock,
    );
    const running = deliver(target.origin, lanesOf(6), { clock, transport, destination });
    const waitsForToken = () => asked > 0 && transport.underWay === 0;
    const result = await passTime(clock, running, transport, waitsForToken);
    expect(result.account).toMatchObject({ in: 18, accepted: 18 });
    expect(asked).toBe(4);
    expect(target.received).toHaveLength(6);
  });

  test('row 31: credentials that get no token end it', async () => {
    await using target = await startScriptedTarget({ onRequest: accept });
    const destination = withTokens(target.origin, async () => ({ status: 'refused', reason: 'invalid_client.' }));
    const result = await deliver(target.origin, lanesOf(3), { destination, concurrency: 1 });
    expect(target.received).toEqual([]);
    expect(result.stopped).toMatchObject({ code: 'auth', reason: 'invalid_client.' });
  });

  test.each<[string, number | undefined, number]>([
    ['an hour', 3_600_000, 2_880_000],
    ['two minutes', 120_000, 60_000],
    ['thirty seconds', 30_000, 15_000],
    ['nothing', 0, 0],
    ['not said', undefined, 240_000],
    ['ten years', 315_360_000_000, 43_200_000],
    ['not a number', Number.NaN, 240_000],
    ['negative', -5, 0],
  ])('row 32: the life of a token: %s', (_name, lifetimeMs, usedMs) => {
    expect(usefulMs(lifetimeMs)).toBe(usedMs);
  });

  test('row 32: a clock that jumps changes nothing, only the monotonic time counts', async () => {
    const clock = createFakeClock();
    let asked = 0;
    const jumping = { ...clock, now: clock.now, epoch: () => (asked % 2 === 0 ? 0 : 9e15) };
    const tokens = createTokenSource({
      clock: jumping,
      ask: async () => ({ status: 'granted', token: `${(asked += 1)}`, lifetimeMs: 3_600_000 }),
    });
    const { signal } = new AbortController();
    for (let minute = 0; minute < 47; minute += 1) {
      expect(await tokens.get(signal)).toEqual({ token: '1' });
      await clock.advance(60_000);
    }
    await clock.advance(120_000);
    expect(await tokens.get(signal)).toEqual({ token: '2' });
  });

  test.each([598_000, -598_000])(
    'row 33: an Advanced key and a clock that is %i ms wrong: one corrected try',
    async (aheadMs) => {
      const key = { id: '9', level: 'advanced', secret: 'advanced-canary', roles: ['Instance Administrator'] } as const;
      await using collector = await startCollector({ keys: [key], clock: () => Date.now() - aheadMs });
      const destination = cortex.connect({
        url: collector.url,
        collectorId: 'c',
        credential: { type: 'advanced', keyId: key.id, key: new Secret(key.secret) },
      });
      const result = await deliver(collector.url, lanesOf(6), { destination, concurrency: 3 });
      const said = new RegExp(
        `your clock is (9 m 5[789]|10 m 0) s ${aheadMs > 0 ? 'ahead of' : 'behind'} the target's`,
      );
      expect(result.account).toMatchObject({ in: 18, accepted: 18 });
      expect(result.events.find((event) => event.type === 'waiting')).toMatchObject({
        reason: expect.stringMatching(said),
      });
      expect(result.parts[0]?.warning).toMatch(said);
      expect(collector.received().filter((upload) => upload.status === 401).length).toBeLessThanOrEqual(3);
    },
  );

  test('row 33: a wrong key is not a wrong clock', async () => {
    const key = { id: '9', level: 'advanced', secret: 'advanced-canary', roles: ['Instance Administrator'] } as const;
    await using collector = await startCollector({ keys: [key], clock: () => Date.now() - 598_000 });
    const destination = cortex.connect({
      url: collector.url,
      collectorId: 'c',
      credential: { type: 'advanced', keyId: key.id, key: new Secret('another') },
    });
    const result = await deliver(collector.url, lanesOf(3), { destination, concurrency: 1 });
    expect(collector.received()).toHaveLength(2);
    expect([...result.failures]).toContain('auth');
    expect(result.account.accepted).toBe(0);
  });

  test.each([402, 403])('row 34 (F): %i: nothing more is sent', async (status) => {
    await using collector = await startCollector();
    collector.faults.add({ kind: 'status', status }, { times: 100 });
    const result = await deliver(collector.url, lanesOf(5), { concurrency: 1 });
    expect(collector.received()).toHaveLength(1);
    expect(result.stopped).toMatchObject({ code: 'auth' });
    expect(result.account).toMatchObject({ in: 15, rejected: 3, undelivered: 12 });
  });
});

describe('refusals', () => {
  test('row 35 (R for the lane): 404: the other lanes go on', async () => {
    await using collector = await startCollector({
      unknownRepository: 'reject',
      repositories: [{ url: context.repositoryUrl }],
    });
    const strange = {
      ...documentOf('strange', logOf('strange', 2)),
      context: { repositoryUrl: 'https://git.example/x/y' },
    };
    const again = { ...documentOf('again', logOf('again', 2)), context: { repositoryUrl: 'https://git.example/x/y' } };
    const result = await deliver(collector.url, [strange, again, documentOf('fine')], { concurrency: 1 });
    expect(result.documents.map((document) => document.delivered)).toEqual([false, false, true]);
    expect(collector.received().map((upload) => upload.status)).toEqual([404, 201]);
    expect(result.events.find((event) => event.type === 'lane-stopped')).toMatchObject({
      code: 'not-found',
      reason: expect.stringContaining('not onboarded'),
    });
  });

  test.each([409, 412])('row 36 (R): %i is a conflict, not tried again', async (status) => {
    await using target = await answering([status]);
    const result = await deliver(target.origin, [documentOf('a'), documentOf('b')], { concurrency: 1 });
    expect(target.received).toHaveLength(2);
    expect(result.parts.map((part) => [part.outcome, part.code])).toEqual([
      ['rejected', 'conflict'],
      ['accepted', undefined],
    ]);
  });

  describe.each([301, 302, 303, 307, 308])('row 37 (R): %i', (status) => {
    test.each(['the same host', 'another host', 'http', 'the address of cloud metadata'])(
      'to %s is not followed',
      async (to) => {
        await using other = await startScriptedTarget({ onRequest: accept });
        await using target = await startScriptedTarget({
          onRequest(_request, wire) {
            const places: Record<string, string> = {
              'the same host': '/elsewhere',
              'another host': `${other.origin}/x`,
              http: `http://127.0.0.1:${other.port}/x`,
              'the address of cloud metadata': 'http://169.254.169.254/latest/meta-data?token=1',
            };
            wire.answer(status, {}, { location: places[to] ?? '' });
          },
        });
        const result = await deliver(target.origin, lanesOf(2), { concurrency: 1 });
        expect(other.bytes).toBe(0);
        expect(target.received).toHaveLength(1);
        expect(result.stopped).toMatchObject({ code: 'redirect', reason: expect.stringContaining(target.origin) });
        expect(JSON.stringify(result)).not.toContain('meta-data');
        expect([...result.failures].sort()).toEqual(['rejected', 'undelivered']);
      },
    );
  });

  test.each<[string, string]>([
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
    ['an empty list', '[]'],
    ['invalid UTF-8', '{"status":"INGESTED","x":"\xff"}'],
    ['a byte order mark', '\xef\xbb\xbf{"status":"INGESTED"}'],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000)],
  ])('row 38 (U): 200 and 201 with %s is no success', async (_name, body) => {
    for (const status of [200, 201]) {
      await using target = await startScriptedTarget({
        onRequest(_request, wire) {
          wire.raw(
            `HTTP/1.1 ${status} Fine\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
        },
      });
      const result = await deliver(target.origin, documentOf('a'), { retry: { onUnknown: 'stop' } });
      expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'bad-answer', httpStatus: status }]);
      expect([...result.failures]).toEqual(['unknown']);
    }
  });

  test.each<[unknown, string]>([
    [{ reply: { err_code: 500, err_msg: 'no room', err_extra: null } }, 'rejected'],
    [{ status: 'INGESTED_FAILED', message: 'no room' }, 'rejected'],
    [{ status: 'QUEUED', message: 'no room' }, 'unknown'],
  ])('row 39 (R/U): 200 with %j is no success, and what it says is shown', async (body, outcome) => {
    await using target = await startScriptedTarget({ onRequest: (_request, wire) => wire.answer(200, body) });
    const one = documentOf('a', logOf('a', 1));
    const result = await deliver(target.origin, one, { retry: { onUnknown: 'stop' } });
    expect(result.parts).toMatchObject([{ outcome, reason: expect.stringMatching(/no room|QUEUED/) }]);
  });

  test('row 40: 201 PARTIALLY_VALID is accepted with a remark, counted apart, and a failure where that is wanted', async () => {
    const log = () => logOf('a', 3, () => ({ ruleId: 'unknown-rule' }));
    await using collector = await startCollector();
    collector.faults.add(
      { kind: 'status', status: 201, body: '{"status":"PARTIALLY_VALID","message":"2 of 3"}', stores: true },
      { times: 2 },
    );
    const lenient = await deliver(collector.url, documentOf('a', log()));
    const strict = await deliver(collector.url, documentOf('a', log()), { strict: true });
    expect(lenient.account).toMatchObject({ accepted: 3, reasons: [{ code: 'accepted-with-remark', count: 3 }] });
    expect(lenient.parts[0]?.warning).toContain('2 of 3');
    expect([...lenient.failures]).toEqual([]);
    expect([...strict.failures]).toEqual(['rejected']);
  });

  test.each([202, 204])('row 41: %i is accepted with a remark', async (status) => {
    await using target = await startScriptedTarget({
      onRequest: (_request, wire) =>
        status === 204 ? wire.raw('HTTP/1.1 204 No Content\r\n\r\n') : wire.answer(status, ''),
    });
    const result = await deliver(target.origin, documentOf('a'));
    expect(result.parts).toMatchObject([{ outcome: 'accepted', warning: expect.stringContaining(String(status)) }]);
  });

  test.each<[unknown, string]>([
    [
      { reply: { err_code: 403, err_msg: 'Forbidden.', err_extra: { a: '\u001b[2J' } } },
      'Forbidden.: {"a":"\\u001b[2J"}',
    ],
    [{ errorCode: 'BadRequest', message: 'line\r\n::error::two' }, 'BadRequest: line ::error::two'],
    [{ errorCode: 'V', message: 'bad', details: { runs: { message: 'missing' } } }, 'V: bad: runs: missing'],
    [{ error: 'policy', message: 'no' }, 'policy: no'],
    [{ err_code: 1, err_msg: 'cloud', err_extra: null }, 'cloud'],
    ['', ''],
    [{ errorCode: 'E', message: 'x'.repeat(5000) }, `E: ${'x'.repeat(496)}…`],
  ])('row 42: the envelope %j is one readable line', async (body, line) => {
    await using target = await startScriptedTarget({ onRequest: (_request, wire) => wire.answer(409, body) });
    const result = await deliver(target.origin, documentOf('a', logOf('a', 1)));
    const start = 'The target reports a conflict (409)';
    expect(result.parts[0]?.reason).toBe(line === '' ? `${start}.` : `${start}: ${line}`);
  });

  test('row 43: statuses that nobody knows end as their hundred does, and nothing crashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 999 }), fc.string({ maxLength: 40 }), async (status, text) => {
        await using target = await startScriptedTarget({
          onRequest: (_request, wire) => wire.answer(status, { message: text.toWellFormed() }),
        });
        const result = await deliver(target.origin, documentOf('a', logOf('a', 1)), {
          retry: { baseMs: 0, capMs: 0, maxAttempts: 2, maxUncharged: 2 },
        });
        expect(result.parts).toHaveLength(1);
        expect(result.defects).toEqual([]);
        expect(result.parts[0]?.outcome === 'accepted').toBe(status === 202 && text === '');
      }),
      { numRuns: 40 },
    );
  });
});

/** The documented protocol at a target for which each upload takes the place of the one before. */
function replacing(origin: string): Destination {
  const target: Target = { ...cortex, state: 'replaces' };
  return { ...cortexAt(origin), target };
}

/** The documented protocol with a token in the place of the key. */
function withTokens(origin: string, ask: () => Promise<TokenAnswer>, clock = systemClock): Destination {
  const destination = cortexAt(origin);
  return {
    ...destination,
    tokens: createTokenSource({ ask, clock }),
    requestFor(part, where, attempt, token) {
      const request = destination.requestFor(part, where, attempt);
      return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
    },
  };
}

function arrivedMessages(requests: readonly { readonly body: Buffer }[]): string[] {
  return requests.flatMap(({ body }) =>
    (JSON.parse(body.toString()) as ReturnType<typeof logOf>).runs.flatMap((run) =>
      run.results.map((result) => result.message.text),
    ),
  );
}
