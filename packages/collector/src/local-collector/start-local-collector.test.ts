import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { advancedDigest } from './auth/advanced-signature.ts';
import { createDemoTenant } from './create-demo-tenant.ts';
import type { LocalCollectorOptions } from './options.ts';
import { startLocalCollector } from './start-local-collector.ts';
import { sampleLog } from './test-support/sample-log.ts';
import { credentialHeaders, sampleRepository, upload } from './test-support/upload.ts';

const tenant = createDemoTenant([sampleRepository]);
const start = (options: LocalCollectorOptions = {}) => startLocalCollector({ ...tenant, ...options });
const none = { 'x-crtx-auth-id': undefined, authorization: undefined };
const standard = { ...none, 'x-xdr-auth-id': '1', authorization: tenant.standardKey.secret };

describe('each credential family uploads', () => {
  test('collector credential, Standard key, Advanced key', async () => {
    await using collector = await start();
    const nonce = 'n'.repeat(64);
    const timestamp = String(Date.now());
    const advanced = {
      ...none,
      'x-xdr-auth-id': '2',
      'x-xdr-nonce': nonce,
      'x-xdr-timestamp': timestamp,
      authorization: advancedDigest(tenant.advancedKey.secret, nonce, timestamp),
    };
    expect((await upload(collector, sampleLog())).status).toBe(201);
    expect((await upload(collector, sampleLog(), { headers: standard })).status).toBe(201);
    expect((await upload(collector, sampleLog(), { headers: advanced })).status).toBe(201);
    const replay = await upload(collector, sampleLog(), { headers: advanced });
    expect(replay.status).toBe(401);
    expect(replay.json.reply.err_extra).toContain('used before');
    expect(collector.received().map(({ caller, status }) => [caller, status])).toEqual([
      [`collector-credential ${tenant.credential.tokenId}`, 201],
      ['tenant-key 1', 201],
      ['tenant-key 2', 201],
      [null, 401],
    ]);
  });
});

describe('the documented answers', () => {
  test('201 INGESTED', async () => {
    await using collector = await start();
    const { status, json, headers } = await upload(collector, sampleLog([{}, { line: 2 }]));
    expect({ status, json }).toEqual({
      status: 201,
      json: { status: 'INGESTED', message: '2 findings will be ingested' },
    });
    expect(headers['content-type']).toBe('application/json');
    expect(collector.findings()).toHaveLength(2);
  });

  test('201 PARTIALLY_VALID', async () => {
    await using collector = await start();
    const { status, json } = await upload(collector, sampleLog([{}, { uri: '/absolute' }]));
    expect(status).toBe(201);
    expect(json.status).toBe('PARTIALLY_VALID');
    expect(json.message).toMatch(/^1 findings will be ingested; 1 results were skipped/);
    expect(collector.received()).toMatchObject([{ findings: 1, skipped: 1, stored: true }]);
  });

  test.each<[string, unknown, Parameters<typeof upload>[2], string]>([
    ['invalid JSON', '{"version":', {}, 'not valid JSON'],
    ['an empty body', '', {}, 'empty'],
    ['an invalid log', { version: '2.1.0' }, {}, '/runs'],
    ['another content type', sampleLog(), { headers: { 'content-type': 'application/sarif+json' } }, 'Content-Type'],
    ['no content type', sampleLog(), { headers: { 'content-type': undefined } }, 'Content-Type'],
    ['another charset', sampleLog(), { headers: { 'content-type': 'application/json; charset=latin1' } }, 'UTF-8'],
    ['gzip', gzipSync(JSON.stringify(sampleLog())), { headers: { 'content-encoding': 'gzip' } }, 'uncompressed'],
    ['no repository', sampleLog(), { query: 'branch=main' }, 'repository_id or repository_url'],
    ['empty identifiers', sampleLog(), { query: 'repository_id=&repository_url=' }, 'repository_id or repository_url'],
    ['an incomplete URL', sampleLog(), { query: 'repository_url=acme/shop' }, 'complete URL'],
    ['a broken escape', sampleLog(), { query: 'repository_id=%E0%A4' }, 'percent'],
  ])('400 for %s', async (_, body, options, reason) => {
    await using collector = await start();
    const { status, json } = await upload(collector, body, options);
    expect(status).toBe(400);
    expect(json).toEqual({
      errorCode: 'BadRequest',
      message: expect.stringContaining(reason),
      status: expect.stringMatching(/^(INVALID|INGESTED_FAILED)$/),
    });
    expect(collector.findings()).toEqual([]);
  });

  test.each(['application/json', 'Application/JSON; Charset="UTF-8"', 'application/json;charset=utf-8'])(
    'the content type %s is fine',
    async (type) => {
      await using collector = await start();
      expect((await upload(collector, sampleLog(), { headers: { 'content-type': type } })).status).toBe(201);
    },
  );

  test('401, with the envelope of the gateway', async () => {
    await using collector = await start();
    const { status, json } = await upload(collector, sampleLog(), { headers: none });
    expect(status).toBe(401);
    expect(json).toEqual({ reply: { err_code: 401, err_msg: expect.any(String), err_extra: expect.any(String) } });
  });

  test('403 for a key without a role, and for the credential of another collector', async () => {
    const weak = { id: '7', secret: 'weak', level: 'standard', roles: ['AppSec Viewer'] } as const;
    const other = { id: 'col_other', name: 'Other', credentials: [] };
    await using collector = await start({ keys: [weak], collectors: [...tenant.collectors, other] });
    const byKey = await upload(collector, sampleLog(), {
      headers: { ...none, 'x-xdr-auth-id': '7', authorization: 'weak' },
    });
    const byCredential = await upload(collector, sampleLog(), { collectorId: 'col_other' });
    for (const { status, json } of [byKey, byCredential]) {
      expect(status).toBe(403);
      expect(json.reply).toMatchObject({ err_code: 403, err_msg: 'Forbidden. Access was denied to this resource.' });
    }
  });

  test('404 for an unknown collector and an unknown repository', async () => {
    await using collector = await start();
    const noCollector = await upload(collector, sampleLog(), { headers: standard, collectorId: 'col_gone' });
    const noId = await upload(collector, sampleLog(), { query: 'repository_id=ff' });
    const noUrl = await upload(collector, sampleLog(), { query: 'repository_url=https://github.com/acme/other' });
    for (const { status, json } of [noCollector, noId, noUrl]) {
      expect(status).toBe(404);
      expect(json).toEqual({ errorCode: '_NotFoundError', message: expect.any(String) });
    }
  });

  test('503 while the collector is disabled; credentials end with the collector', async () => {
    await using collector = await start();
    expect(collector.setCollectorEnabled(tenant.collector.id, false)).toBe(true);
    const disabled = await upload(collector, sampleLog());
    expect(disabled.status).toBe(503);
    expect(disabled.json.errorCode).toBe('ServiceUnavailable');
    collector.setCollectorEnabled(tenant.collector.id, true);
    const headers = credentialHeaders(collector);
    const options = { collectorId: tenant.collector.id, headers };
    expect((await upload(collector, sampleLog())).status).toBe(201);

    expect(collector.deleteCollector(tenant.collector.id)).toBe(true);
    expect(collector.deleteCollector(tenant.collector.id)).toBe(false);
    const anywhere = { apiUrl: () => `${collector.url}/public_api/appsec/v1/collectors/x`, tenant: () => tenant };
    expect((await upload({ ...collector, ...anywhere }, sampleLog(), options)).status).toBe(401);
    expect(collector.findings()).toHaveLength(1);
  });

  test('405 and 404 for what is not there', async () => {
    await using collector = await start();
    const get = await fetch(collector.apiUrl(), { headers: credentialHeaders(collector) });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${collector.url}/public_api/appsec/v1/collectors/a/b`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${collector.url}/public_api/appsec/v1/policies`)).status).toBe(404);
    expect((await fetch(`${collector.url}/admin/faults`)).status).toBe(404);
  });

  test('429 beyond the rate, until the window ends', async () => {
    let now = 1_800_000_000_000;
    await using collector = await start({ rateLimit: { requests: 2, perMs: 10_000 }, clock: () => now });
    const statuses = [];
    for (let sent = 0; sent < 3; sent += 1) statuses.push((await upload(collector, sampleLog())).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect((await upload(collector, sampleLog())).headers['retry-after']).toBe('10');
    now += 10_000;
    const after = await upload(collector, sampleLog());
    expect(after.status).toBe(201);
    expect(after.headers.date).toBe(new Date(now).toUTCString());
  });
});

test('the checks come in the documented order', async () => {
  await using collector = await start({
    maxBodyBytes: 2000,
    keys: [...tenant.keys, { ...tenant.standardKey, id: '8', roles: [] }],
  });
  const tooLarge = 'x'.repeat(3000);
  const wrongType = { 'content-type': 'text/plain' };
  const send = async (options: Parameters<typeof upload>[2], body: unknown = tooLarge) =>
    (await upload(collector, body, { query: '', ...options })).status;

  expect(await send({ headers: { ...none, ...wrongType }, collectorId: 'col_gone' })).toBe(401);
  expect(await send({ headers: { ...standard, 'x-xdr-auth-id': '8', ...wrongType }, collectorId: 'col_gone' })).toBe(
    403,
  );
  expect(await send({ headers: { ...standard, ...wrongType }, collectorId: 'col_gone' })).toBe(404);
  collector.setCollectorEnabled(tenant.collector.id, false);
  expect(await send({ headers: wrongType })).toBe(503);
  collector.setCollectorEnabled(tenant.collector.id, true);
  expect(await send({ headers: wrongType })).toBe(400);
  expect(await send({})).toBe(413);
  expect(await send({}, 'no json')).toBe(400);
  expect(await send({ query: 'repository_id=ff' }, 'no json')).toBe(404);
  expect(await send({ query: `repository_id=${sampleRepository.id}` }, 'no json')).toBe(400);
});

describe('size', () => {
  test('exactly the limit is taken, one byte more is not', async () => {
    const body = JSON.stringify(sampleLog());
    await using collector = await start({ maxBodyBytes: Buffer.byteLength(body) });
    expect((await upload(collector, body)).status).toBe(201);
    const { status, json } = await upload(collector, `${body} `);
    expect(status).toBe(413);
    expect(json).toEqual({ errorCode: 'PayloadTooLarge', message: expect.any(String) });
  });

  test('the limit counts without Content-Length, too', async () => {
    await using collector = await start({ maxBodyBytes: 100_000 });
    const status = await new Promise((resolve, reject) => {
      const headers = { ...credentialHeaders(collector), 'content-type': 'application/json' };
      const sent = request(
        `${collector.apiUrl()}?repository_id=${sampleRepository.id}`,
        { method: 'POST', headers },
        (response) => {
          resolve(response.resume().statusCode);
        },
      ).on('error', reject);
      for (let chunk = 0; chunk < 20; chunk += 1) sent.write('x'.repeat(10_000));
      sent.end();
    });
    expect(status).toBe(413);
    expect(collector.received()).toMatchObject([{ complete: false, status: 413 }]);
  });

  test('400 can be chosen', async () => {
    await using collector = await start({ maxBodyBytes: 10, oversizeStatus: 400 });
    expect((await upload(collector, sampleLog())).json).toMatchObject({ errorCode: 'BadRequest' });
  });

  test('a client that asks first is refused before it sends', async () => {
    await using collector = await start({ maxBodyBytes: 1000 });
    const ask = (bytes: number) =>
      new Promise<[number | undefined, boolean]>((resolve, reject) => {
        let continued = false;
        const headers = {
          ...credentialHeaders(collector),
          'content-type': 'application/json',
          'content-length': bytes,
          expect: '100-continue',
        };
        const sent = request(
          `${collector.apiUrl()}?repository_id=${sampleRepository.id}`,
          { method: 'POST', headers },
          (response) => {
            response.resume();
            sent.destroy();
            resolve([response.statusCode, continued]);
          },
        );
        sent.on('continue', () => {
          continued = true;
          sent.end(' '.repeat(bytes));
        });
        sent.on('error', reject).flushHeaders();
      });
    expect(await ask(5000)).toEqual([413, false]);
    expect(await ask(500)).toEqual([400, true]);
  });

  test('a limit out of range is refused at the start', async () => {
    await expect(start({ maxBodyBytes: 20_000_000 })).rejects.toThrow(RangeError);
    await expect(start({ maxBodyBytes: 0 })).rejects.toThrow(/maxBodyBytes/);
    await expect(start({ ingestionDelayMs: -1 })).rejects.toThrow(/ingestionDelayMs/);
  });

  test('10,000 findings in 10 MB are stored', async () => {
    await using collector = await start();
    const results = Array.from({ length: 10_000 }, (_, index) => ({ line: index + 1, message: 'm'.repeat(800) }));
    const body = JSON.stringify(sampleLog(results));
    expect(body.length).toBeGreaterThan(9_000_000);
    expect((await upload(collector, body)).status).toBe(201);
    expect(collector.counts()).toMatchObject([{ findings: 10_000 }]);
  });
});

describe('repository and branch', () => {
  test.each([
    ['repository_url=https://github.com/acme/shop.git', 'trunk'],
    ['repository_url=http%3A%2F%2Fme%3Apw%40GitHub.com%2Facme%2Fshop%2F', 'trunk'],
    [`repository_id=${sampleRepository.id}&branch=${encodeURIComponent('feature/ä#?&%2f')}`, 'feature/ä#?&%2f'],
    [`repository_id=${sampleRepository.id}&repository_url=https://github.com/acme/unknown&branch=x`, 'x'],
  ])('%s', async (query, branch) => {
    await using collector = await start();
    expect((await upload(collector, sampleLog(), { query })).status).toBe(201);
    expect(collector.counts()).toEqual([
      {
        repositoryId: sampleRepository.id,
        repositoryUrl: sampleRepository.url,
        branch,
        tool: 'Sample Scanner',
        level: 'error',
        severity: 'HIGH',
        findings: 1,
      },
    ]);
  });

  test('of two identifiers the id wins', async () => {
    await using collector = await start();
    const query = `repository_id=ff&repository_url=${sampleRepository.url}`;
    expect((await upload(collector, sampleLog(), { query })).status).toBe(404);
  });

  test('unknown repositories can be dropped in silence', async () => {
    await using collector = await start({ unknownRepository: 'drop' });
    const query = 'repository_url=https://github.com/acme/unknown';
    expect((await upload(collector, sampleLog(), { query })).json.status).toBe('INGESTED');
    expect(collector.findings()).toEqual([]);
    expect(collector.received()).toMatchObject([{ stored: false, status: 201 }]);
  });

  test('unknown repositories can be onboarded', async () => {
    await using collector = await start({ unknownRepository: 'onboard' });
    for (const query of [
      'repository_url=https://me:pw@gitlab.com/a/b.git',
      'repository_url=http://gitlab.com/a/b',
      'repository_id=77',
    ]) {
      expect((await upload(collector, sampleLog(), { query })).status).toBe(201);
    }
    expect(collector.counts().map(({ repositoryUrl, branch }) => [repositoryUrl, branch])).toEqual([
      ['', 'main'],
      ['https://gitlab.com/a/b.git', 'main'],
    ]);
    const query = `repository_id=78&repository_url=${sampleRepository.url}`;
    expect((await upload(collector, sampleLog(), { query })).status).toBe(201);
    expect(collector.tenant().repositories.map(({ id }) => id)).toContain('78');
  });
});

describe('sending again', () => {
  const twice = async (options: LocalCollectorOptions) => {
    const collector = await start(options);
    await upload(collector, sampleLog([{ line: 1 }, { line: 2 }, { line: 2 }]));
    await upload(collector, sampleLog([{ line: 2, level: 'note' }, { line: 3 }]));
    return collector;
  };

  test('upsert: one finding per place, the latest level', async () => {
    await using collector = await twice({});
    expect(collector.findings().map(({ startLine, level, timesSeen }) => [startLine, level, timesSeen])).toEqual([
      [1, 'error', 1],
      [2, 'note', 3],
      [3, 'error', 1],
    ]);
    expect(collector.findings({ uploadId: 2 }).map(({ startLine }) => startLine)).toEqual([2, 3]);
  });

  test('append: everything again', async () => {
    await using collector = await twice({ reupload: 'append' });
    expect(collector.findings().map(({ startLine }) => startLine)).toEqual([1, 2, 2, 2, 3]);
  });

  test('replace: only the last upload of the branch', async () => {
    await using collector = await twice({ reupload: 'replace' });
    expect(collector.findings().map(({ startLine }) => startLine)).toEqual([2, 3]);
    await upload(collector, sampleLog([{ line: 9 }]), { query: `repository_id=${sampleRepository.id}&branch=other` });
    expect(collector.findings().map(({ startLine }) => startLine)).toEqual([2, 3, 9]);
  });

  test('an empty log clears nothing', async () => {
    await using collector = await twice({});
    expect((await upload(collector, sampleLog([]))).json).toEqual({
      status: 'INGESTED',
      message: '0 findings will be ingested',
    });
    expect(collector.findings()).toHaveLength(3);
  });

  test('findings may take their time to appear', async () => {
    let now = 1_800_000_000_000;
    await using collector = await start({ ingestionDelayMs: 60_000, clock: () => now });
    await upload(collector, sampleLog());
    expect([collector.findings(), collector.counts()]).toEqual([[], []]);
    now += 60_000;
    expect(collector.findings()).toHaveLength(1);
  });
});

test('findings carry what the platform reads, and can be asked for', async () => {
  await using collector = await start();
  await upload(
    collector,
    sampleLog([
      { line: 7, message: '100% sure', uri: 'lib/_a.ts' },
      { line: 8, level: 'note' },
    ]),
  );
  expect(collector.findings({ text: '100% S' })).toEqual([
    {
      id: 1,
      collectorId: tenant.collector.id,
      repositoryId: sampleRepository.id,
      branch: 'trunk',
      tool: 'Sample Scanner',
      ruleId: 'sample-rule',
      level: 'error',
      severity: 'HIGH',
      cwe: ['CWE-79'],
      uri: 'lib/_a.ts',
      startLine: 7,
      endLine: null,
      message: '100% sure',
      snippet: null,
      ruleDescription: 'Something to look at',
      ruleHelp: 'Look at it.',
      firstUpload: 1,
      lastUpload: 1,
      firstSeen: expect.any(Number),
      lastSeen: expect.any(Number),
      timesSeen: 1,
    },
  ]);
  const lines = (query: Parameters<typeof collector.findings>[0]) =>
    collector.findings(query).map((finding) => finding.startLine);
  expect(lines({ text: '_' })).toEqual([7]);
  expect(lines({ severity: 'LOW' })).toEqual([8]);
  expect(lines({ cwe: 'CWE-79', sort: 'newest' })).toEqual([8, 7]);
  expect(lines({ sort: 'severity', limit: 1 })).toEqual([7]);
  expect(lines({ sort: 'place', offset: 1, limit: 5 })).toEqual([8]);
  expect(lines({ branch: 'other' })).toEqual([]);
});

test('what was received is on record, bodies included where wanted', async () => {
  await using collector = await start({ keepBodies: true });
  const body = JSON.stringify(sampleLog());
  const sha256 = createHash('sha256').update(body).digest('hex');
  await upload(collector, body);
  await upload(collector, 'broken');
  expect(collector.received()).toMatchObject([
    { bytes: body.length, sha256, complete: true, status: 201, stored: true, branch: 'trunk', fault: null },
    { bytes: 6, complete: true, status: 400, stored: false },
  ]);
  expect(Buffer.from(collector.body(sha256) ?? []).toString()).toBe(body);
  expect(collector.body('00')).toBeUndefined();
});

test('many uploads at once, each counted once', async () => {
  await using collector = await start();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => upload(collector, sampleLog([{ line: index + 1 }]))),
  );
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  expect(collector.findings()).toHaveLength(40);
});

describe('the tenant', () => {
  test('a file keeps findings, repositories and credentials', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sariflow-collector-'));
    const database = join(folder, 'collector.db');
    try {
      const before = await startLocalCollector({ database, unknownRepository: 'onboard' });
      const secrets = before.tenant();
      await upload(before, sampleLog(), { query: `repository_url=${sampleRepository.url}` });
      await before.close();
      await before.close();

      await using after = await startLocalCollector({ database });
      expect(after.tenant()).toEqual({
        ...secrets,
        repositories: [expect.objectContaining({ url: sampleRepository.url })],
      });
      expect((await upload(after, sampleLog(), { query: `repository_url=${sampleRepository.url}` })).status).toBe(201);
      expect(after.findings()).toMatchObject([{ timesSeen: 2 }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('two demo tenants share no secret', () => {
    const [one, two] = [createDemoTenant(), createDemoTenant()];
    expect(one.keys.map(({ id, level }) => [id, level])).toEqual([
      ['1', 'standard'],
      ['2', 'advanced'],
    ]);
    const secrets = [one, two].flatMap((made) => [
      made.standardKey.secret,
      made.advancedKey.secret,
      made.credential.token,
    ]);
    expect(new Set(secrets).size).toBe(6);
  });

  test('a taken port is named', async () => {
    await using first = await start();
    const port = Number(new URL(first.url).port);
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
  });
});

describe('reading repositories', () => {
  test('a list and one of them, for tenant keys', async () => {
    await using collector = await start({ repositories: [sampleRepository, { url: 'https://gitlab.com/a/b' }] });
    const headers = { 'x-xdr-auth-id': '1', authorization: tenant.standardKey.secret };
    const get = async (path: string, using: Record<string, string> = headers) => {
      const response = await fetch(`${collector.url}/public_api/appsec/v1/repositories${path}`, { headers: using });
      return { status: response.status, json: await response.json() };
    };
    expect((await get('')).json).toHaveLength(2);
    expect((await get('?search=GITLAB')).json).toMatchObject([
      { name: 'b', owner: 'a', id: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect((await get('?offset=1&limit=1')).json).toHaveLength(1);
    expect((await get('?limit=x')).status).toBe(422);
    expect(await get(`/${sampleRepository.id}`)).toMatchObject({
      status: 200,
      json: { url: sampleRepository.url, defaultBranch: 'trunk' },
    });
    expect((await get('/ff')).status).toBe(404);
    expect((await get('', {})).status).toBe(401);
    expect((await get('', credentialHeaders(collector))).status).toBe(403);
  });

  test('the health check needs no credential', async () => {
    await using collector = await start();
    const response = await fetch(`${collector.url}/public_api/v1/healthcheck`);
    expect(await response.json()).toEqual({ status: 'available' });
  });
});
