import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { Secret } from '../secrets/secret.ts';
import {
  type ScriptedServer,
  type SeenRequest,
  startHttpServer,
  startSocketServer,
} from '../send/test-support/scripted-server.ts';
import { cortex } from '../targets/cortex.ts';
import { AccountError } from './account.ts';
import { partBytes, someDocument } from './test-support/documents.ts';
import { uploadParts } from './upload-parts.ts';
import type { UploadEvent, UploadOptions } from './upload-types.ts';

const credential = { type: 'standard', keyId: '1', key: new Secret('canary-key-93f1') } as const;
const context = { repositoryUrl: 'https://git.example/org/repo', branch: 'main' };
/** The shape of the policy, at the speed of a test. */
const quick = { retry: { baseMs: 5, capMs: 10 }, budget: { capacity: 1000, perSuccess: 1, refillMs: 1 } };

function to(server: ScriptedServer, more: Partial<UploadOptions> = {}): UploadOptions {
  const destination = cortex.connect({ url: server.origin, collectorId: 'c', credential });
  return { destination, context, ...quick, ...more };
}

function say(
  response: ServerResponse,
  status: number,
  body: unknown = { status: 'INGESTED', message: 'fine' },
  headers = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
const name = (request: SeenRequest) => (JSON.parse(request.body) as { properties: { name: string } }).properties.name;

describe('uploadParts', () => {
  test('delivers everything, in order per lane, and accounts for it', async () => {
    await using server = await startHttpServer((response) => say(response, 201));
    const events: UploadEvent[] = [];
    const result = await uploadParts(
      [someDocument('a', 3), someDocument('b', 2)],
      to(server, { onEvent: (event) => events.push(event) }),
    );

    expect(server.seen.map(name)).toEqual(['a#1', 'a#2', 'a#3', 'b#1', 'b#2']);
    expect(result.account).toEqual({
      in: 15,
      accepted: 15,
      merged: 0,
      rejected: 0,
      dropped: 0,
      held: 0,
      undelivered: 0,
      unknown: 0,
      reasons: [],
    });
    expect(result.documents).toMatchObject([
      { path: 'a', parts: 3, delivered: true, complete: true, alreadyDelivered: false },
      { path: 'b', parts: 2, delivered: true },
    ]);
    expect(result.parts[0]).toMatchObject({ outcome: 'accepted', httpStatus: 201, attempts: 1, results: 3 });
    expect(result.failures.size).toBe(0);
    expect(events.filter((event) => event.type === 'part-done')).toHaveLength(5);
    const url = new URL(server.seen[0]?.url ?? '', server.origin);
    expect(Object.fromEntries(url.searchParams)).toEqual({ repository_url: context.repositoryUrl, branch: 'main' });
  });

  test('one in flight per lane, lanes side by side, and never more large parts in memory than two beyond that', async () => {
    let produced = 0;
    let settled = 0;
    let most = 0;
    const inFlight = new Map<string, number>();
    const together: number[] = [];
    await using server = await startHttpServer((response, request) => {
      const lane = name(request).split('#')[0] ?? '';
      inFlight.set(lane, (inFlight.get(lane) ?? 0) + 1);
      together.push([...inFlight.values()].reduce((a, b) => a + b, 0));
      expect(inFlight.get(lane)).toBe(1);
      setTimeout(() => {
        inFlight.set(lane, 0);
        say(response, 201);
      }, 5);
    });
    const documents = Array.from({ length: 12 }, (_, index) =>
      someDocument(`d${index}`, 2, {
        tool: `T${index}`,
        onPart: () => {
          produced += 1;
          most = Math.max(most, produced - settled);
        },
      }),
    );
    const largest = partBytes('d10#1').byteLength;
    const target = { ...cortex, limits: { defaultPartBytes: largest, maxPartBytes: largest } };
    const options = to(server, {
      concurrency: 3,
      onEvent: (event) => void (settled += event.type === 'part-done' ? 1 : 0),
    });
    const result = await uploadParts(documents, { ...options, destination: { ...options.destination, target } });
    expect(result.account.accepted).toBe(72);
    expect(most).toBeLessThanOrEqual(5);
    expect(Math.max(...together)).toBeGreaterThan(1);
    expect(Math.max(...together)).toBeLessThanOrEqual(3);
  });

  test('a 401 at the first request stops everything, says why, and is not tried again', async () => {
    await using server = await startHttpServer((response) =>
      say(response, 401, { reply: { err_code: 401, err_msg: 'no' } }),
    );
    const result = await uploadParts([someDocument('a', 4), someDocument('b', 1)], to(server, { concurrency: 1 }));
    expect(server.seen).toHaveLength(1);
    expect([...result.failures].sort()).toEqual(['auth', 'undelivered']);
    expect(result.account).toMatchObject({ in: 15, rejected: 3, undelivered: 12 });
    expect(result.stopped).toMatchObject({ code: 'auth', reason: expect.stringContaining('x-xdr-auth-id') });
  });

  test('a 404 ends its lane, and the others go on', async () => {
    await using server = await startHttpServer((response, request) =>
      say(response, name(request).startsWith('bad') ? 404 : 201),
    );
    const result = await uploadParts(
      [someDocument('bad', 3, { tool: 'X' }), someDocument('good', 2, { tool: 'Y' })],
      to(server),
    );
    expect(server.seen.map(name).filter((one) => one.startsWith('bad'))).toEqual(['bad#1']);
    expect(result.documents).toMatchObject([{ delivered: false }, { delivered: true }]);
    expect(result.account).toMatchObject({ rejected: 3, undelivered: 6, accepted: 6 });
    expect(result.account.reasons).toContainEqual({ code: 'lane-stopped', count: 6 });
  });

  test.each([400, 413, 422])(
    'a %i concerns one part: the rest gets through, and nothing is tried twice',
    async (status) => {
      await using server = await startHttpServer((response, request) =>
        say(response, name(request) === 'a#2' ? status : 201),
      );
      const result = await uploadParts(someDocument('a', 3), to(server));
      expect(server.seen).toHaveLength(3);
      expect(result.account).toMatchObject({ accepted: 6, rejected: 3 });
      expect([...result.failures]).toEqual(['rejected']);
      expect(result.documents).toMatchObject([{ delivered: false, complete: true }]);
    },
  );

  test('a 429 holds every worker back, for as long as it says, and costs no attempt', async () => {
    let toldAt = 0;
    const arrivals: number[] = [];
    await using server = await startHttpServer((response, _request, index) => {
      arrivals.push(performance.now());
      if (index > 0) return say(response, 201);
      toldAt = performance.now();
      say(response, 429, {}, { 'retry-after': '1' });
    });
    const documents = [1, 2, 3, 4].map((n) => someDocument(`d${n}`, 2, { tool: `T${n}` }));
    const result = await uploadParts(documents, to(server, { retry: { ...quick.retry, maxAttempts: 1 } }));
    expect(result.account.accepted).toBe(24);
    // Requests that were under way when the answer came cannot be called back; there are no others.
    expect(arrivals.filter((at) => at > toldAt + 100 && at < toldAt + 990)).toEqual([]);
    expect(arrivals.filter((at) => at <= toldAt + 100).length).toBeLessThanOrEqual(4);
  });

  test('a Retry-After beyond the deadline ends the run now and says so', async () => {
    await using server = await startHttpServer((response) =>
      say(response, 429, {}, { 'retry-after': '1000000000000' }),
    );
    const started = performance.now();
    const result = await uploadParts(someDocument('a', 2), to(server));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(server.seen).toHaveLength(1);
    expect([...result.failures]).toEqual(['undelivered']);
    expect(result.parts[0]?.reason).toContain('longer than the time left');
  });

  test('a 503 that stays is tried three times and then speaks of a disabled collector', async () => {
    await using server = await startHttpServer((response) => say(response, 503, ''));
    const { createFakeClock } = await import('../send/test-support/fake-clock.ts');
    const clock = createFakeClock();
    // Real requests take real time, so the clock moves in small steps while they are under way.
    const running = uploadParts(
      someDocument('a', 3),
      to(server, { clock, deadlineMs: Infinity, partDeadlineMs: 60_000 }),
    );
    let over = false;
    void running.finally(() => {
      over = true;
    });
    while (!over) {
      await clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const result = await running;
    expect(server.seen).toHaveLength(3);
    expect(result.stopped).toMatchObject({ code: 'collector-disabled' });
    expect([...result.failures]).toEqual(['undelivered']);
  });

  test('5xx in between is survived; the body is the same each time', async () => {
    await using server = await startHttpServer((response, _request, index) =>
      say(response, [500, 502, 504, 201][index] ?? 201),
    );
    const result = await uploadParts(someDocument('a', 1), to(server));
    expect(result.parts).toMatchObject([{ outcome: 'accepted', attempts: 4 }]);
    expect(new Set(server.seen.map((request) => request.body)).size).toBe(1);
  });

  test.each<['retry' | 'stop', number]>([
    ['retry', 6],
    ['stop', 1],
  ])("an answer that proves nothing is unknown; with '%s' the part is sent %i times", async (onUnknown, times) => {
    await using server = await startHttpServer((response) => say(response, 200, '<html>sign in</html>'));
    const result = await uploadParts(someDocument('a', 1), to(server, { retry: { ...quick.retry, onUnknown } }));
    expect(server.seen).toHaveLength(times);
    expect(result.account).toMatchObject({ unknown: 3, reasons: [{ code: 'bad-answer', count: 3 }] });
    expect([...result.failures]).toEqual(['unknown']);
  });

  test('a connection that is reset after the body leaves the part unknown, not lost and not accepted', async () => {
    await using server = await startSocketServer((socket, _received, text) => {
      if (text.includes('"name"')) socket.resetAndDestroy();
    });
    const result = await uploadParts(someDocument('a', 1), to(server, { retry: { ...quick.retry, maxAttempts: 2 } }));
    expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'no-answer', attempts: 2 }]);
  });

  test('a closed port leaves everything undelivered, within the deadline', async () => {
    const server = await startHttpServer(() => {});
    await server[Symbol.asyncDispose]();
    const result = await uploadParts(someDocument('a', 2), to(server, { deadlineMs: 3000 }));
    expect(result.account).toMatchObject({ in: 6, undelivered: 6 });
    expect(result.parts[0]).toMatchObject({ code: 'network', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test('a port that opens later is found', async () => {
    const closed = await startHttpServer(() => {});
    await closed[Symbol.asyncDispose]();
    const { createServer } = await import('node:http');
    const late = createServer((request, response) => {
      request.resume();
      request.on('end', () => say(response, 201));
    });
    setTimeout(() => late.listen(closed.port, '127.0.0.1'), 300);
    const result = await uploadParts(
      someDocument('a', 1),
      to(closed, { retry: { baseMs: 300, capMs: 300, maxAttempts: 12 } }),
    );
    late.close();
    expect(result.account.accepted).toBe(3);
  });

  test('the deadline of the run ends an answer that never comes', async () => {
    await using server = await startHttpServer(() => {});
    const result = await uploadParts(someDocument('a', 2), to(server, { deadlineMs: 300 }));
    expect(result.parts).toMatchObject([
      { outcome: 'unknown', code: 'deadline' },
      { outcome: 'undelivered', code: 'target-stopped' },
    ]);
  });

  test('interrupted: what is in flight may finish, the rest is accounted for, and it does not take long', async () => {
    const stop = new AbortController();
    await using server = await startHttpServer((response, _request, index) => {
      if (index === 0) setTimeout(() => say(response, 201), 150);
      stop.abort();
    });
    const started = performance.now();
    const result = await uploadParts(someDocument('a', 50), to(server, { signal: stop.signal, concurrency: 2 }));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(result.interrupted).toBe(true);
    expect(result.parts[0]).toMatchObject({ outcome: 'accepted' });
    expect(result.parts.slice(1).every((part) => part.outcome === 'undelivered')).toBe(true);
    expect(result.documents).toMatchObject([{ complete: false, delivered: false }]);
    expect(server.seen).toHaveLength(1);
  });

  test('interrupted, and the answer does not come: given up after the grace', async () => {
    const stop = new AbortController();
    await using server = await startHttpServer(() => stop.abort());
    const started = performance.now();
    const result = await uploadParts(someDocument('a', 3), to(server, { signal: stop.signal, graceMs: 200 }));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(result.parts[0]).toMatchObject({ outcome: 'unknown', code: 'interrupted' });
  });

  test('a source that breaks half-way: what was made is sent, the document is not delivered, others go on', async () => {
    await using server = await startHttpServer((response) => say(response, 201));
    const broken = someDocument('broken', 5, {
      onPart: (number) => {
        if (number === 3) throw new Error('the file ends in the middle');
      },
    });
    const result = await uploadParts([broken, someDocument('fine', 1)], to(server));
    expect(result.documents).toMatchObject([
      {
        parts: 2,
        delivered: false,
        complete: false,
        error: expect.objectContaining({ message: 'the file ends in the middle' }),
      },
      { delivered: true },
    ]);
    expect(result.account).toMatchObject({ in: 9, accepted: 9 });
  });

  test('what happened before splitting is in the account, and must add up', async () => {
    await using server = await startHttpServer((response) => say(response, 201));
    const tally = (entered: number) => () => ({
      in: entered,
      merged: 1,
      dropped: 2,
      reasons: [{ code: 'SF-S205', count: 2 }],
    });
    const result = await uploadParts(someDocument('a', 1, { tally: tally(6) }), to(server));
    expect(result.account).toMatchObject({
      in: 6,
      accepted: 3,
      merged: 1,
      dropped: 2,
      reasons: [{ code: 'SF-S205', count: 2 }],
    });
    await expect(uploadParts(someDocument('a', 1, { tally: tally(7) }), to(server))).rejects.toBeInstanceOf(
      AccountError,
    );
  });

  test('a held document is counted and not sent', async () => {
    await using server = await startHttpServer((response) => say(response, 201));
    const result = await uploadParts(someDocument('a', 2, { held: 'the scan has shrunk' }), to(server));
    expect(server.seen).toEqual([]);
    expect(result.account).toMatchObject({ held: 6 });
    expect([...result.failures]).toEqual(['held']);
  });

  test('this machine is reached without a proxy', async () => {
    await using server = await startHttpServer((response) => say(response, 201));
    await using proxy = await startSocketServer(() => {});
    const result = await uploadParts(someDocument('a', 1), to(server, { proxy: { httpProxy: proxy.origin } }));
    expect(result.account.accepted).toBe(3);
    expect(proxy.received()).toBe(0);
  });

  test('without a key nothing begins', async () => {
    const destination = cortex.connect({ url: 'https://api-t.example', collectorId: 'c' });
    await expect(uploadParts(someDocument('a', 1), { destination, context })).rejects.toMatchObject({
      code: 'credential-missing',
    });
  });

  test('the key is in no result, whatever the server echoes', async () => {
    await using server = await startHttpServer((response, request) =>
      say(response, 400, { errorCode: 'E', message: `${request.headers.authorization}` }),
    );
    const events: unknown[] = [];
    const result = await uploadParts(someDocument('a', 1), to(server, { onEvent: (event) => events.push(event) }));
    expect(JSON.stringify([result, events])).not.toContain('canary-key');
  });
});

describe('with a ledger', () => {
  test('A, A, B, A: the second is known, the last is sent again, and force always sends', async () => {
    using folder = temporaryFolder();
    await using ledger = await openLedger(join(folder.path, 'ledger.db'));
    await using server = await startHttpServer((response) => say(response, 201));
    const upload = (path: string, more: Partial<UploadOptions> = {}) =>
      uploadParts(someDocument(path, 2), to(server, { ledger, ...more }));

    await upload('a');
    const again = await upload('a');
    expect(server.seen).toHaveLength(2);
    expect(again.documents).toMatchObject([{ delivered: true, alreadyDelivered: true }]);
    expect(again.account).toMatchObject({ accepted: 6, reasons: [{ code: 'already-delivered', count: 6 }] });
    await upload('b');
    await upload('a');
    expect(server.seen).toHaveLength(6);
    await upload('a', { force: true });
    expect(server.seen.map(name).slice(4)).toEqual(['a#1', 'a#2', 'a#1', 'a#2']);
  });

  test('a second run sends what the first did not get accepted', async () => {
    using folder = temporaryFolder();
    await using ledger = await openLedger(join(folder.path, 'ledger.db'));
    let healthy = false;
    await using server = await startHttpServer((response, request) =>
      say(response, healthy || name(request) !== 'a#2' ? 201 : 400),
    );
    await uploadParts(someDocument('a', 3), to(server, { ledger }));
    healthy = true;
    const second = await uploadParts(someDocument('a', 3), to(server, { ledger }));
    expect(server.seen.map(name)).toEqual(['a#1', 'a#2', 'a#3', 'a#2']);
    expect(second.documents).toMatchObject([{ delivered: true, alreadyDelivered: false }]);
    expect(await ledger.lastDelivered(second.parts[0]?.lane ?? '')).toMatchObject({ parts: 3, results: 9 });
  });

  test.each<['retry' | 'stop', number]>([
    ['retry', 1],
    ['stop', 0],
  ])(
    "a part that an earlier run left in doubt: with '%s' it is sent %i more times, and said",
    async (onUnknown, times) => {
      using folder = temporaryFolder();
      await using ledger = await openLedger(join(folder.path, 'ledger.db'));
      let healthy = false;
      await using server = await startHttpServer((response) =>
        healthy ? say(response, 201) : say(response, 200, 'ok'),
      );
      await uploadParts(someDocument('a', 1), to(server, { ledger, retry: { ...quick.retry, maxAttempts: 1 } }));
      healthy = true;
      const before = server.seen.length;
      const events: UploadEvent[] = [];
      const result = await uploadParts(
        someDocument('a', 1),
        to(server, { ledger, retry: { ...quick.retry, onUnknown }, onEvent: (event) => events.push(event) }),
      );
      expect(server.seen.length - before).toBe(times);
      expect(result.parts).toMatchObject([
        onUnknown === 'retry' ? { outcome: 'accepted', resent: true } : { outcome: 'unknown' },
      ]);
      expect(events.some((event) => event.type === 'resending')).toBe(onUnknown === 'retry');
    },
  );

  test('a ledger that fails stops the sending, and keeps what is known', async () => {
    using folder = temporaryFolder();
    const ledger = await openLedger(join(folder.path, 'ledger.db'));
    await using server = await startHttpServer(async (response, _request, index) => {
      if (index === 1) await ledger.close();
      say(response, 201);
    });
    const result = await uploadParts(someDocument('a', 4), to(server, { ledger }));
    expect(server.seen).toHaveLength(2);
    expect(result.ledgerError).toMatchObject({ name: 'LedgerError' });
    expect(result.parts.map((part) => part.outcome)).toEqual(['accepted', 'accepted', 'undelivered', 'undelivered']);
    expect(result.parts[2]).toMatchObject({ code: 'ledger' });
  });

  test('documents of the same lane, resumed as a whole, are not repeated', async () => {
    using folder = temporaryFolder();
    await using ledger = await openLedger(join(folder.path, 'ledger.db'));
    let healthy = false;
    await using server = await startHttpServer((response, request) =>
      say(response, healthy || name(request) !== 'b#1' ? 201 : 400),
    );
    const documents = () => [someDocument('a', 2), someDocument('b', 2)];
    await uploadParts(documents(), to(server, { ledger }));
    healthy = true;
    await uploadParts(documents(), to(server, { ledger }));
    expect(server.seen.map(name)).toEqual(['a#1', 'a#2', 'b#1', 'b#2', 'b#1']);
  });
});
