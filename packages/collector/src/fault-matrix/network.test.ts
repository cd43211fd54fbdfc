import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, type LookupFunction } from 'node:net';
import process from 'node:process';
import { expect, test } from 'vitest';
import { startScriptedTarget, type Wire } from '../../../../tools/emulators/scripted-target/scripted-target.ts';
import { startFaultProxy } from '../../../../tools/fault-proxy/fault-proxy.ts';
import { sampleLog } from '../local-collector/test-support/sample-log.ts';
import type { HttpTransport } from '../send/http-transport.ts';
import { createHttpTransport } from '../send/http-transport.ts';
import { createFakeClock } from '../send/test-support/fake-clock.ts';
import { requestLimitMs } from '../send/with-deadline.ts';
import { backfillRetryPolicy } from '../send/with-retry.ts';
import {
  deliver,
  documentOf,
  lanesOf,
  logOf,
  passTime,
  quick,
  startCollector,
  watch,
  watchedTransport,
} from './test-support/delivery.ts';

// Section 3.1 of the fault matrix: the network. What the receiver has is what is believed. Classes: N, the target does not
// have the part and it is sent again; U, it may have it; F, nothing more is sent.

const ingested = { status: 'INGESTED', message: 'fine' };
const accept = (_request: unknown, wire: Wire) => wire.answer(201, ingested);
/** Some megabytes: more than the buffers between two programs hold. */
const largeLog = () =>
  sampleLog(Array.from({ length: 9 }, (_, n) => ({ message: 'x'.repeat(1_000_000), line: n + 1 })));

test('row 1 (N): connection refused: tried again until the port opens', async () => {
  await using collector = await startCollector();
  await using proxy = await startFaultProxy(Number(new URL(collector.url).port));
  await proxy.down();
  let refused = 0;
  const result = await deliver(proxy.origin, documentOf('a'), {
    retry: { baseMs: 20, capMs: 20 },
    onEvent(event) {
      if (event.type !== 'waiting') return;
      refused += 1;
      if (refused === 8) void proxy.up();
    },
  });
  expect(refused).toBeGreaterThanOrEqual(8);
  expect(result.account).toMatchObject({ in: 3, accepted: 3 });
  expect(collector.arrived()).toHaveLength(1);
});

test('row 1 (N): connection refused for good: undelivered when the time is up, and not before', async () => {
  await using collector = await startCollector();
  await using proxy = await startFaultProxy(Number(new URL(collector.url).port));
  await proxy.down();
  const clock = createFakeClock();
  const began = clock.now();
  await using transport = watchedTransport({ origin: proxy.origin });
  const running = deliver(proxy.origin, documentOf('a'), { clock, transport, retry: {} });
  const result = await passTime(clock, running, transport);
  expect(clock.now() - began).toBeGreaterThan(60_000);
  expect(clock.now() - began).toBeLessThanOrEqual(300_000);
  expect(result.parts).toMatchObject([{ outcome: 'undelivered', reason: expect.stringContaining('ECONNREFUSED') }]);
  expect([...result.failures]).toEqual(['undelivered']);
  expect(collector.received()).toEqual([]);
});

test('row 2 (F): a host name that does not exist, at the first request: fails at once and names the setting', async () => {
  const started = performance.now();
  const lookup = failingLookup('ENOTFOUND');
  await using transport = createHttpTransport({ origin: 'https://api-tenant.invalid', lookup });
  const result = await deliver('https://api-tenant.invalid', lanesOf(3), { transport, concurrency: 1 });
  expect(performance.now() - started).toBeLessThan(3000);
  expect(lookup.calls()).toBe(1);
  expect(result.stopped).toMatchObject({
    code: 'dns',
    reason: expect.stringMatching(/api-tenant\.invalid.*SARIFLOW_URL/s),
  });
  expect(result.account).toMatchObject({ in: 9, undelivered: 9 });
});

test.each(['EAI_AGAIN', 'ENOTFOUND'])('row 3 (N): %s after a success: tried again', async (code) => {
  await using target = await startScriptedTarget({
    onRequest: (_request, wire) => wire.answer(201, ingested, { connection: 'close' }),
  });
  const lookup = failingLookup(code, (call) => call === 2 || call === 3);
  const origin = `http://localhost:${target.port}`;
  await using transport = createHttpTransport({ origin, lookup, concurrency: 1 });
  const result = await deliver(origin, [documentOf('a'), documentOf('b')], { transport, concurrency: 1 });
  expect(result.account).toMatchObject({ in: 6, accepted: 6 });
  expect(target.received).toHaveLength(2);
  expect(lookup.calls()).toBe(4);
  expect(result.events.filter((event) => event.type === 'waiting')).toHaveLength(2);
});

test('row 4 (N): the connection hangs: given up after the time for connecting, then tried again', async () => {
  await using hole = await startBlackHole();
  await using transport = createHttpTransport({ origin: hole.origin, connectTimeoutMs: 150 });
  const result = await deliver(hole.origin, documentOf('a'), { transport, deadlineMs: 1500 });
  expect(result.parts).toMatchObject([{ outcome: 'undelivered', reason: expect.stringMatching(/timeout/i) }]);
  expect(result.parts[0]?.attempts).toBeGreaterThan(1);
});

test('row 4 (N): of a host with two addresses the second is tried when the first does not answer', async () => {
  await using target = await startScriptedTarget({ onRequest: accept });
  const lookup: LookupFunction = (_host, options, callback) => {
    const both = [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ];
    if (options.all === true) callback(null, both);
    else callback(null, '::1', 6);
  };
  const origin = `http://localhost:${target.port}`;
  await using transport = createHttpTransport({ origin, lookup });
  const result = await deliver(origin, documentOf('a'), { transport });
  expect(result.account).toMatchObject({ accepted: 3 });
  expect(target.received).toHaveLength(1);
});

test.each([
  ['1 %', 0.01, ['network']],
  ['50 %', 0.5, ['network', 'no-answer']],
  ['99 %', 0.99, ['network', 'no-answer']],
  ['all but the last byte', 1, ['network', 'no-answer']],
])(
  'row 5 (N): reset at %s of the body: never taken for delivered, and sent again as a whole',
  async (_at, share, codes) => {
    await using collector = await startCollector();
    await using proxy = await startFaultProxy(Number(new URL(collector.url).port));
    const document = () => documentOf('a', largeLog());
    const [part] = await partsOf(document());
    const bytes = Math.floor((part?.bytes.byteLength ?? 0) * share) - 1;
    proxy.add({ kind: 'limit-data', bytes, end: 'reset' }, { direction: 'up', connections: 1 });
    const result = await deliver(proxy.origin, document());
    const broken = result.events.flatMap((event) => (event.type === 'waiting' ? [event.reason] : []));
    expect(broken).toHaveLength(1);
    // What the system had taken over from us counts as sent: then it is not known, and said so.
    expect(codes).toContain(/may have it/.test(broken[0] ?? '') ? 'no-answer' : 'network');
    expect(result.account).toMatchObject({ in: 9, accepted: 9 });
    expect(collector.stored()).toHaveLength(1);
  },
);

test.each(['retry', 'stop'] as const)(
  'row 6 (U): reset after the body, before the answer; on unknown: %s',
  async (onUnknown) => {
    await using collector = await startCollector();
    await using proxy = await startFaultProxy(Number(new URL(collector.url).port));
    proxy.add({ kind: 'reset-peer', ms: 0 }, { direction: 'down', connections: 1 });
    const result = await deliver(proxy.origin, documentOf('a'), { retry: { ...quick.retry, onUnknown } });
    expect(collector.stored().length).toBe(onUnknown === 'retry' ? 2 : 1);
    expect(new Set(collector.stored()).size).toBe(1);
    if (onUnknown === 'retry') expect(result.parts).toMatchObject([{ outcome: 'accepted', attempts: 2 }]);
    else expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'no-answer', attempts: 1 }]);
    expect([...result.failures]).toEqual(onUnknown === 'retry' ? [] : ['unknown']);
  },
);

test('row 7 (U): an answer later than the time limit belongs to no other part', async () => {
  const held: Wire[] = [];
  await using target = await startScriptedTarget({
    onRequest(request, wire) {
      if (request.index === 0) held.push(wire);
      else {
        for (const late of held.splice(0)) late.answer(400, { errorCode: 'Late', message: 'for the first one' });
        wire.answer(201, ingested);
      }
    },
  });
  const clock = createFakeClock();
  await using transport = watchedTransport({ origin: target.origin, concurrency: 1 });
  const options = { clock, transport, concurrency: 1, deadlineMs: 600_000 };
  const running = deliver(target.origin, [documentOf('a'), documentOf('b')], options);
  const result = await passTime(clock, running, transport, () => held.length > 0);
  expect(result.parts).toMatchObject([
    { path: 'a', outcome: 'accepted', attempts: 2 },
    { path: 'b', outcome: 'accepted', attempts: 1 },
  ]);
  const first = result.events.find((event) => event.type === 'waiting');
  expect(first).toMatchObject({ reason: expect.stringContaining('may have it') });
  expect(target.received).toHaveLength(3);
});

test('row 8 (N/U): packets vanish: the time limit ends the wait, and the connection is not used again', async () => {
  await using collector = await startCollector();
  await using proxy = await startFaultProxy(Number(new URL(collector.url).port));
  proxy.add({ kind: 'half-open' }, { direction: 'down', connections: 1 });
  const clock = createFakeClock();
  await using transport = watchedTransport({ origin: proxy.origin, concurrency: 1 });
  const running = deliver(proxy.origin, documentOf('a'), { clock, transport, concurrency: 1 });
  const result = await passTime(
    clock,
    running,
    transport,
    () => collector.arrived().length === 1 && proxy.opened === 1,
  );
  expect(result.parts).toMatchObject([{ outcome: 'accepted', attempts: 2 }]);
  expect(proxy.opened).toBe(2);
  expect(collector.stored()).toHaveLength(2);
});

test('row 9 (N): a server that closes idle connections about when the next part comes: 1,000 parts, none sent twice', async () => {
  let closed = 0;
  await using target = await startScriptedTarget({
    onRequest(request, wire) {
      wire.answer(201, ingested);
      const end = () => {
        closed += 1;
        wire.end();
      };
      const idle = setTimeout(end, 450 + (request.index % 10) * 10);
      wire.socket.once('data', () => clearTimeout(idle)).once('close', () => clearTimeout(idle));
    },
  });
  const body = Buffer.from(JSON.stringify(logOf('a', 1)));
  const signal = new AbortController().signal;
  const answered: string[] = [];
  const unknown: string[] = [];
  const workers = Array.from({ length: 200 }, async (_, worker) => {
    // A connection is given up here before the server does it: after 4 s by default, where servers wait 5 s and more.
    await using transport = createHttpTransport({ origin: target.origin, concurrency: 1, keepAliveMs: 200 });
    for (let n = 0; n < 5; n += 1) {
      const path = `/${worker}/${n}`;
      const result = await transport.request({ method: 'POST', path, headers: {}, body }, signal);
      if (result.type === 'answer') answered.push(path);
      else {
        expect(result.sent).toBe('everything');
        unknown.push(path);
      }
      await new Promise((resolve) => setTimeout(resolve, [5, 100, 190, 210, 455, 500][(worker + n) % 6]));
    }
  });
  await Promise.all(workers);
  const arrived = target.received.map((request) => request.path);
  expect(new Set(arrived).size).toBe(arrived.length);
  expect(answered.filter((path) => !arrived.includes(path))).toEqual([]);
  expect(answered.length + unknown.length).toBe(1000);
  // A machine that stands still for a quarter of a second can let a part and the end of the connection meet: then it is said.
  expect(unknown.length).toBeLessThan(50);
  expect(closed).toBeLessThanOrEqual(target.connections);
});

test('row 9 (N): a kept connection that is dead already: a new one is taken, and no attempt is counted', async () => {
  await using target = await startScriptedTarget({
    onRequest(_request, wire) {
      wire.answer(201, ingested);
      wire.end();
    },
  });
  await using transport = createHttpTransport({ origin: target.origin, keepAliveMs: 60_000 });
  const result = await deliver(
    target.origin,
    Array.from({ length: 50 }, (_, n) => documentOf(`d${n}`)),
    { transport },
  );
  expect(result.account).toMatchObject({ accepted: 150 });
  expect(result.parts.every((part) => part.attempts === 1)).toBe(true);
  expect(new Set(target.received.map((request) => request.sha256)).size).toBe(50);
  expect(target.received).toHaveLength(50);
});

test('row 10 (U): the head of the answer drips: the time for it ends the wait', async () => {
  await using collector = await startCollector();
  collector.faults.add({ kind: 'drip', part: 'head', everyMs: 40 });
  await using transport = createHttpTransport({ origin: collector.url, headersTimeoutMs: 300 });
  const result = await deliver(collector.url, documentOf('a'), { transport, retry: { onUnknown: 'stop' } });
  expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'no-answer' }]);
  expect(collector.stored()).toHaveLength(1);
});

test('row 11 (U): the body of the answer drips for ever: the overall limit ends it', async () => {
  await using collector = await startCollector();
  collector.faults.add({ kind: 'drip', part: 'body', everyMs: 5, endless: true });
  const clock = createFakeClock();
  const began = clock.now();
  await using transport = watchedTransport({ origin: collector.url });
  const options = { clock, transport, retry: { onUnknown: 'stop' } } as const;
  const running = deliver(collector.url, documentOf('a'), options);
  const result = await passTime(clock, running, transport, () => collector.stored().length === 1);
  expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'bad-answer', httpStatus: 201 }]);
  expect(clock.now() - began).toBeLessThan(60_000);
});

test('row 12 (U): an answer without end: 64 KiB of it are read, and the connection is given up', async () => {
  let taken = 0;
  await using target = await startScriptedTarget({
    onRequest(_request, wire) {
      wire.raw('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n');
      const blanks = Buffer.alloc(65_536, ' ');
      const more = () => {
        while (!wire.socket.destroyed && wire.socket.write(blanks));
      };
      wire.socket.on('drain', more);
      wire.socket.on('close', () => {
        taken += wire.socket.bytesWritten;
      });
      more();
    },
  });
  const result = await deliver(target.origin, documentOf('a'), { retry: { onUnknown: 'stop' } });
  expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'bad-answer' }]);
  await expect.poll(() => taken).toBeGreaterThan(0);
  expect(taken).toBeLessThan(20_000_000);
});

test('row 13: a line of 64 KiB per second is slow and no fault: the limit grows with the part', async () => {
  await using collector = await startCollector();
  await using proxy = await startFaultProxy(Number(new URL(collector.url).port));
  proxy.add({ kind: 'bandwidth', bytesPerSecond: 65_536 }, { direction: 'up' });
  const log = sampleLog([{ message: 'x'.repeat(131_072) }]);
  const started = performance.now();
  const result = await deliver(proxy.origin, documentOf('a', log));
  expect(result.parts).toMatchObject([{ outcome: 'accepted', attempts: 1 }]);
  expect(performance.now() - started).toBeGreaterThan(1900);
  expect(requestLimitMs({ bytes: Buffer.alloc(9_500_000) })).toBeCloseTo(30_000 + (9_500_000 / 65_536) * 1000, 6);
});

test.each([
  [413, 'divided'],
  [401, 'auth'],
  [429, 'rate-limited'],
])('row 14: an early %i, before the body was read: the status wins over the broken pipe', async (status, meaning) => {
  await using target = await startScriptedTarget({
    onHead(head, wire) {
      if (head.index > 0) return false;
      wire.answer(status, { errorCode: 'Early', message: 'no' }, { connection: 'close', 'retry-after': '0' });
      wire.end();
      return true;
    },
    onRequest: accept,
  });
  const result = await deliver(target.origin, documentOf('a', largeLog()));
  if (meaning === 'auth') {
    expect(result.stopped).toMatchObject({ code: 'auth' });
    expect(target.received).toEqual([]);
    return;
  }
  expect(result.account).toMatchObject({ in: 9, accepted: 9 });
  if (meaning === 'divided') expect(result.events).toContainEqual(expect.objectContaining({ type: 'part-divided' }));
  else
    expect(result.events).toContainEqual(
      expect.objectContaining({ type: 'waiting', reason: expect.stringContaining('429') }),
    );
});

test.each([
  ['a length that promises more', 'HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n{"status":"INGESTED"}'],
  [
    'chunks that make no sense',
    'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{"status":"INGESTED"}\r\n',
  ],
  ['half a status line', 'HTTP/1.1 20'],
])('row 15 (U): an answer that is cut: %s', async (_name, text) => {
  await using target = await startScriptedTarget({
    onRequest(_request, wire) {
      wire.raw(text);
      wire.end();
    },
  });
  const result = await deliver(target.origin, documentOf('a'), { retry: { onUnknown: 'stop' } });
  expect(result.parts).toMatchObject([{ outcome: 'unknown' }]);
  expect(target.received).toHaveLength(1);
});

test('row 16: noise before the answer (100, 102, 103) is ignored', async () => {
  await using target = await startScriptedTarget({
    onRequest(_request, wire) {
      wire.raw(
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n',
      );
      wire.answer(201, ingested);
    },
  });
  const result = await deliver(target.origin, [documentOf('a'), documentOf('b')]);
  expect(result.account).toMatchObject({ accepted: 6 });
  expect(target.received).toHaveLength(2);
});

test('row 17: HTTP/1.0 without a length, the end of the connection ends the answer', async () => {
  await using target = await startScriptedTarget({
    onRequest(_request, wire) {
      wire.raw(
        'HTTP/1.0 201 Created\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"status":"INGESTED"}',
      );
      wire.end();
    },
  });
  const result = await deliver(target.origin, [documentOf('a'), documentOf('b')]);
  expect(result.account).toMatchObject({ accepted: 6 });
  expect(target.received).toHaveLength(2);
});

test('row 18 (U): two answers to one request: the second is never taken for that to the next', async () => {
  await using target = await startScriptedTarget({
    onRequest(request, wire) {
      if (request.body.includes('poison')) wire.answer(422, { errorCode: 'Bad', message: 'no' });
      else {
        wire.answer(201, ingested);
        wire.answer(201, ingested);
      }
    },
  });
  const options = { concurrency: 1, retry: { ...quick.retry, maxAttempts: 20 } };
  const result = await deliver(target.origin, [documentOf('a'), documentOf('poison'), documentOf('b')], options);
  const outcomes = Object.fromEntries(result.documents.map(({ path, delivered }) => [path, delivered]));
  expect(outcomes).toEqual({ a: true, poison: false, b: true });
});

test('row 19 (N): half an hour without a network: the breaker opens, one probe each 30 s, and it goes on by itself', async () => {
  const clock = createFakeClock(() => 0.5);
  const began = clock.now();
  const outageMs = 1_800_000;
  const requests: number[] = [];
  const arrived: string[] = [];
  const transport = watch(
    simulated(async (path) => {
      requests.push(clock.now() - began);
      if (clock.now() - began < outageMs) return 'refused';
      arrived.push(path);
      return 201;
    }),
  );
  const running = deliver('http://127.0.0.1:1', lanesOf(8), {
    clock,
    transport,
    retry: backfillRetryPolicy,
    deadlineMs: Number.POSITIVE_INFINITY,
    partDeadlineMs: 2 * outageMs,
  });
  const result = await passTime(clock, running, transport);
  expect(result.account).toMatchObject({ in: 24, accepted: 24 });
  expect(arrived).toHaveLength(8);
  const during = requests.filter((at) => at < outageMs);
  // Ten failures open the breaker; from then on there is no more than one request in any 30 s.
  expect(during.length).toBeLessThanOrEqual(10 + 4 + outageMs / 30_000);
  const probes = during.slice(14);
  for (const [at, probe] of probes.entries()) {
    if (at > 0) expect(probe - (probes[at - 1] ?? 0)).toBeGreaterThanOrEqual(29_999);
  }
  expect(Math.max(...requests) - outageMs).toBeLessThan(120_000);
});

/** A name server: says yes to everything, except with a code where `fails` says so; by default always. */
function failingLookup(code: string, fails: (call: number) => boolean = () => true) {
  let calls = 0;
  const lookup: LookupFunction = (host, options, callback) => {
    calls += 1;
    const error = fails(calls)
      ? Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, hostname: host })
      : null;
    if (options.all === true) callback(error, [{ address: '127.0.0.1', family: 4 }]);
    else callback(error, '127.0.0.1', 4);
  };
  return Object.assign(lookup, { calls: () => calls });
}

/** A port whose queue is full and that nobody empties: new connections hang. */
async function startBlackHole() {
  const program = `
    const server = require('node:net').createServer();
    server.listen(0, '127.0.0.1', 1, () => console.log(server.address().port));
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  child.kill('SIGSTOP');
  const fillers = Array.from({ length: 8 }, () => createConnection({ port, host: '127.0.0.1' }).on('error', () => {}));
  // The queue holds two; once those are in, it is full.
  await new Promise((resolve) => setTimeout(resolve, 150));
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** A network without sockets. */
function simulated(answer: (path: string) => Promise<number | 'refused'>): HttpTransport {
  return {
    async request(request) {
      const status = await answer(request.headers['x-request-id'] ?? '');
      if (status === 'refused') {
        const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        return { type: 'failure', sent: 'nothing', error };
      }
      return {
        type: 'answer',
        status,
        headers: new Map(),
        body: Buffer.from(JSON.stringify(ingested)),
        complete: true,
      };
    },
    async close() {},
    async [Symbol.asyncDispose]() {},
  };
}

async function partsOf(document: ReturnType<typeof documentOf>) {
  const parts = [];
  for await (const part of document.parts) parts.push(part);
  return parts;
}
