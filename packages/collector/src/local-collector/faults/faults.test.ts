import { describe, expect, test } from 'vitest';
import { createDemoTenant } from '../create-demo-tenant.ts';
import { type LocalCollector, startLocalCollector } from '../start-local-collector.ts';
import { sampleLog } from '../test-support/sample-log.ts';
import { sampleRepository, sendRaw, upload, wireText } from '../test-support/upload.ts';
import type { Fault, RetryAdvice } from './fault.ts';
import { createFaults } from './fault-plan.ts';
import { retryHeaders } from './retry-headers.ts';

const tenant = createDemoTenant([sampleRepository]);
const now = Date.UTC(1994, 10, 6, 8, 49, 37);
const start = () => startLocalCollector({ ...tenant, clock: () => now });
const body = JSON.stringify(sampleLog());
const raw = (collector: LocalCollector) => sendRaw(collector, wireText(collector, body));

describe('plans', () => {
  const strikes = (plan: Parameters<ReturnType<typeof createFaults>['add']>[1], requests: number) => {
    const faults = createFaults();
    faults.add({ kind: 'truncate' }, plan);
    return Array.from({ length: requests }, () => (faults.next('uploads') === undefined ? 0 : 1));
  };

  test('once, k times, after some', () => {
    expect(strikes(undefined, 3)).toEqual([1, 0, 0]);
    expect(strikes({ times: 2 }, 4)).toEqual([1, 1, 0, 0]);
    expect(strikes({ skip: 2, times: 1 }, 4)).toEqual([0, 0, 1, 0]);
  });

  test('by chance: the same for the same seed, about as often as asked, without end', () => {
    const some = strikes({ probability: 0.3, seed: 7 }, 2000);
    expect(strikes({ probability: 0.3, seed: 7 }, 2000)).toEqual(some);
    expect(strikes({ probability: 0.3, seed: 8 }, 2000)).not.toEqual(some);
    const share = some.reduce<number>((sum, struck) => sum + struck, 0) / some.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(strikes({ probability: 0, seed: 1 }, 50)).not.toContain(1);
    expect(strikes({ probability: 1 }, 50)).not.toContain(0);
  });

  test('several, in order; removed; cleared; for other requests', () => {
    const faults = createFaults();
    const first = faults.add({ kind: 'truncate' });
    faults.add({ kind: 'disabled' }, { times: 2 });
    faults.add({ kind: 'unlicensed' }, { on: 'reads' });
    expect(faults.remove(first)).toBe(true);
    expect(faults.remove(first)).toBe(false);
    expect(faults.next('uploads')?.kind).toBe('disabled');
    expect(faults.list()).toMatchObject([{ fault: { kind: 'disabled' }, struck: 1 }, { struck: 0 }]);
    expect(faults.next('reads')?.kind).toBe('unlicensed');
    faults.clear();
    expect(faults.next('uploads')).toBeUndefined();
  });

  test.each([{ probability: 2 }, { probability: Number.NaN }, { skip: -1 }, { times: 0 }])(
    '%j makes no sense',
    (plan) => {
      expect(() => createFaults().add({ kind: 'truncate' }, plan)).toThrow(RangeError);
    },
  );
});

describe('answers instead of the right one', () => {
  test.each([400, 401, 402, 403, 404, 408, 413, 418, 429, 500, 502, 503, 504, 599])(
    'status %i, nothing stored',
    async (status) => {
      await using collector = await start();
      collector.faults.add({ kind: 'status', status });
      const struck = await upload(collector, body);
      expect(struck.status).toBe(status);
      expect(struck.json).toBeTypeOf('object');
      expect(collector.findings()).toEqual([]);
      expect(collector.received()).toMatchObject([{ fault: 'status', status, complete: true, stored: false }]);
      expect((await upload(collector, body)).status).toBe(201);
      const [one, two] = collector.received();
      expect(one?.sha256).toBe(two?.sha256);
    },
  );

  test('an error although the findings were stored', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'status', status: 500, stores: true });
    expect((await upload(collector, body)).status).toBe(500);
    expect(collector.findings()).toHaveLength(1);
    expect(collector.received()).toMatchObject([{ status: 500, stored: true }]);
  });

  test('headers and body of ones own; 204 without a body', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'status', status: 200, body: '{"err_msg":"no"}', headers: { 'x-note': 'yes' } });
    expect(await upload(collector, body)).toMatchObject({
      status: 200,
      json: { err_msg: 'no' },
      headers: { 'x-note': 'yes' },
    });
    collector.faults.add({ kind: 'status', status: 204 });
    expect(await upload(collector, body)).toMatchObject({ status: 204, text: '' });
  });

  test('an answer before the body', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'status', status: 429, early: true });
    const head = wireText(collector, body).split('\r\n\r\n')[0];
    const { text } = await sendRaw(collector, `${head}\r\n\r\n{"version"`, { firstOnly: true });
    expect(text).toMatch(/^HTTP\/1\.1 429 /);
    expect(collector.received()).toMatchObject([{ bytes: 0, complete: false, status: 429 }]);
  });

  test('a web page, a redirect', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'html' });
    const page = await upload(collector, body);
    expect([page.status, page.headers['content-type'], page.json]).toEqual([
      200,
      'text/html; charset=utf-8',
      undefined,
    ]);
    collector.faults.add({ kind: 'redirect', location: 'http://169.254.169.254/', status: 307 });
    const redirect = await upload(collector, body);
    expect([redirect.status, redirect.headers.location]).toEqual([307, 'http://169.254.169.254/']);
    expect(collector.findings()).toEqual([]);
  });

  test('an endless answer ends when nobody reads any more', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'endless' });
    const abort = new AbortController();
    const response = await fetch(`${collector.apiUrl()}?repository_id=1`, {
      method: 'POST',
      body,
      signal: abort.signal,
    });
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > 1_000_000) break;
    }
    abort.abort();
    expect(bytes).toBeGreaterThan(1_000_000);
    collector.faults.add({ kind: 'endless', bytes: 200_000 });
    expect((await upload(collector, body)).text.length).toBeGreaterThanOrEqual(200_000);
  });

  test('anything at all', async () => {
    await using collector = await start();
    const text = 'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 201 Created\r\n\r\n{"status":"INGESTED","message":"1"}';
    collector.faults.add({ kind: 'raw', text, stores: true });
    expect((await raw(collector)).text).toBe(text);
    expect(collector.findings()).toHaveLength(1);
  });

  test.each<[RetryAdvice, Record<string, string>]>([
    [{ form: 'seconds', seconds: 3 }, { 'retry-after': '3' }],
    [{ form: 'http-date', seconds: -60 }, { 'retry-after': 'Sun, 06 Nov 1994 08:48:37 GMT' }],
    [{ form: 'rfc-850-date', seconds: 1 }, { 'retry-after': 'Sunday, 06-Nov-94 08:49:38 GMT' }],
    [{ form: 'rate-limit-reset-epoch', seconds: 5 }, { 'x-ratelimit-reset': String(now / 1000 + 5) }],
    [{ form: 'rate-limit-reset-delta', seconds: 5 }, { 'x-ratelimit-reset': '5' }],
    [{ form: 'value', value: 'soon' }, { 'retry-after': 'soon' }],
  ])('when to come back: %j', async (retry, expected) => {
    expect(retryHeaders(retry, now)).toEqual(expected);
    await using collector = await start();
    collector.faults.add({ kind: 'status', status: 429, retry });
    expect((await upload(collector, body)).headers).toMatchObject(expected);
  });
});

describe('resets', () => {
  test.each<[Fault & { kind: 'reset' }, object, number]>([
    [{ kind: 'reset', when: 'before-body' }, { bytes: 0, complete: false }, 0],
    [{ kind: 'reset', when: 'mid-body' }, { bytes: Math.ceil(body.length / 2), complete: false }, 0],
    [{ kind: 'reset', when: 'mid-body', bytes: 10 }, { bytes: 10, complete: false }, 0],
    [{ kind: 'reset', when: 'after-body' }, { bytes: body.length, complete: true, stored: false }, 0],
    [{ kind: 'reset', when: 'after-store' }, { complete: true, stored: true }, 1],
  ])('%j', async (fault, received, stored) => {
    await using collector = await start();
    collector.faults.add(fault);
    await expect(upload(collector, body)).rejects.toThrow(/ECONNRESET|socket hang up/);
    expect(collector.received()).toMatchObject([{ ...received, fault: 'reset', status: null }]);
    expect(collector.findings()).toHaveLength(stored);
  });

  test('in the middle of the answer', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'reset', when: 'mid-answer' });
    const { text, reset } = await raw(collector);
    expect(reset).toBe(true);
    expect(text).toMatch(/^HTTP\/1\.1 201 [\s\S]*\r\n\r\n\{"status/);
    expect(text).not.toContain('ingested"}');
    expect(collector.findings()).toHaveLength(1);
  });
});

describe('the right answer in the wrong way', () => {
  test('late, after storing', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'delay', waitMs: 1000 });
    const begun = performance.now();
    let isAnswered = false;
    const answer = upload(collector, body).finally(() => {
      isAnswered = true;
    });
    await expect.poll(() => collector.findings().length, { interval: 5 }).toBe(1);
    expect(isAnswered).toBe(false);
    expect((await answer).status).toBe(201);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990);
  });

  test('closing does not wait for a late answer', async () => {
    const collector = await start();
    collector.faults.add({ kind: 'delay', waitMs: 600_000 });
    const answer = upload(collector, body).catch((error: Error) => error.message);
    await expect.poll(() => collector.findings().length).toBe(1);
    await collector.close();
    expect(await answer).toMatch(/hang up|ECONNRESET/);
  });

  test('truncated', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'truncate' });
    await expect(upload(collector, body)).rejects.toThrow(/aborted|hang up/);
    expect(collector.received()).toMatchObject([{ status: 201, stored: true, fault: 'truncate' }]);
  });

  test.each(['head', 'body'] as const)('a byte at a time: %s', async (part) => {
    await using collector = await start();
    collector.faults.add({ kind: 'drip', part, everyMs: 1 });
    expect((await upload(collector, body)).json.status).toBe('INGESTED');
  });

  test('a byte at a time, for ever', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'drip', part: 'body', everyMs: 1, endless: true });
    const abort = new AbortController();
    const headers = {
      'content-type': 'application/json',
      'x-crtx-auth-id': tenant.credential.tokenId,
      authorization: tenant.credential.token,
    };
    const url = `${collector.apiUrl()}?repository_id=${sampleRepository.id}`;
    const response = await fetch(url, { method: 'POST', body, headers, signal: abort.signal });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.endsWith('   ')) break;
    }
    abort.abort();
    expect(JSON.parse(text).status).toBe('INGESTED');
  });
});

describe('states of the tenant', () => {
  test('a disabled collector and a lapsed licence, at their place in the order', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'disabled' }, { times: 2 });
    expect((await upload(collector, body)).status).toBe(503);
    expect((await upload(collector, body, { headers: { authorization: 'wrong' } })).status).toBe(401);
    collector.faults.add({ kind: 'unlicensed' }, { times: 2 });
    expect((await upload(collector, body)).json.reply.err_code).toBe(402);
    expect((await upload(collector, body, { headers: { authorization: 'wrong' } })).status).toBe(401);
    expect((await upload(collector, body)).status).toBe(201);
  });

  test('reads can be struck, too', async () => {
    await using collector = await start();
    collector.faults.add({ kind: 'status', status: 502 }, { on: 'reads' });
    expect((await upload(collector, body)).status).toBe(201);
    expect((await fetch(`${collector.url}/public_api/appsec/v1/repositories`)).status).toBe(502);
  });
});
