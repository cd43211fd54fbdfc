import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDemoTenant } from '../create-demo-tenant.ts';
import { isTrustedHost } from '../open-hosts.ts';
import { startLocalCollector } from '../start-local-collector.ts';
import { sampleLog } from '../test-support/sample-log.ts';
import { sampleRepository, sendRaw, upload } from '../test-support/upload.ts';
import { pageScript } from './page-script.ts';

const tenant = createDemoTenant([sampleRepository]);
const start = (options = {}) => startLocalCollector({ ...tenant, ...options });
const evil = '</script><img src=x onerror=alert(1)>"\'`$1';

describe('the page', () => {
  test('is one document that runs exactly its own script', async () => {
    await using collector = await start();
    const response = await fetch(collector.pageUrl ?? '');
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).not.toMatch(/(?:src|href)="(?!data:,")/);
    expect(text.match(/<script/g)).toHaveLength(1);
    const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? '';
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('its script is a program, and puts no text into the document as markup', () => {
    expect(() => new Function(pageScript)).not.toThrow();
    expect(pageScript).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|setAttribute\('on/);
  });

  test('every element the script asks for exists', async () => {
    await using collector = await start();
    const text = await (await fetch(collector.pageUrl ?? '')).text();
    const wanted = [...pageScript.matchAll(/(?:byId|listen)\('([a-z-]+)'/g)].map(([, id]) => id);
    expect(wanted.length).toBeGreaterThan(20);
    const missing = wanted.filter((id) => id !== 'tab-' && !text.includes(`id="${id}"`));
    expect(missing).toEqual([]);
  });

  test('the address without a path leads there', async () => {
    await using collector = await start();
    const response = await fetch(collector.url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/ui']);
  });

  test('is not served where others can reach it, unless wanted', async () => {
    await using open = await start({ host: '0.0.0.0' });
    expect(open.pageUrl).toBeUndefined();
    expect((await fetch(`${open.url}/ui`)).status).toBe(404);
    await using closed = await start({ ui: false });
    expect((await fetch(`${closed.url}/ui/api/summary`)).status).toBe(404);
  });

  test('is not served to a name that somebody pointed here', async () => {
    await using collector = await start();
    const { text } = await sendRaw(
      collector,
      'GET /ui/api/findings HTTP/1.1\r\nHost: rebound.example:80\r\nConnection: close\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
    expect(
      ['127.0.0.1:1', '[::1]:80', 'localhost', '10.0.0.1'].map((host) => isTrustedHost(host, '127.0.0.1')),
    ).toEqual([true, true, true, true]);
    expect(['a.example', 'localhost.a.example', '', undefined].map((host) => isTrustedHost(host, '127.0.0.1'))).toEqual(
      [false, false, false, false],
    );
    expect(isTrustedHost('build.example:8080', 'build.example')).toBe(true);
  });
});

describe("the page's API", () => {
  const get = async (url: string) => {
    const response = await fetch(url);
    return { status: response.status, headers: response.headers, json: (await response.json()) as never };
  };

  test('hostile texts travel as JSON that no browser takes for a page', async () => {
    await using collector = await start();
    await upload(collector, sampleLog([{ message: evil, uri: `${evil}.ts` }], evil), {
      query: `repository_id=${sampleRepository.id}&branch=${encodeURIComponent(evil)}`,
    });
    const { headers, json } = await get(`${collector.url}/ui/api/findings`);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(json).toMatchObject({ total: 1, findings: [{ message: evil, tool: evil, branch: evil }] });
    const found = await get(
      `${collector.url}/ui/api/findings?${new URLSearchParams({ tool: evil, branch: evil, text: evil })}`,
    );
    expect(found.json).toMatchObject({ total: 1 });
    expect((await get(`${collector.url}/ui/api/findings/1`)).json).toMatchObject({
      uri: `${evil}.ts`,
      ruleHelp: 'Look at it.',
    });
  });

  test('no secret is in it', async () => {
    await using collector = await start();
    await upload(collector, sampleLog());
    for (const path of ['summary', 'version', 'uploads', 'findings', 'findings/1']) {
      const text = await (await fetch(`${collector.url}/ui/api/${path}`)).text();
      for (const secret of [tenant.credential.token, tenant.standardKey.secret, tenant.advancedKey.secret]) {
        expect(text).not.toContain(secret);
      }
    }
  });

  test('pages, filters and orders', async () => {
    await using collector = await start();
    await upload(
      collector,
      sampleLog(
        Array.from({ length: 250 }, (_, index) => ({
          line: index + 1,
          level: index % 2 ? 'note' : 'error',
          message: 'x'.repeat(1000),
        })),
      ),
    );
    const page = async (query: string) =>
      (await get(`${collector.url}/ui/api/findings?${query}`)).json as {
        total: number;
        findings: { startLine: number; message: string }[];
      };
    const last = await page('offset=200');
    expect([last.total, last.findings.length, last.findings[0]?.startLine]).toEqual([250, 50, 201]);
    expect(last.findings[0]?.message.length).toBeLessThan(500);
    expect(await page('severity=LOW&limit=1&sort=newest')).toMatchObject({
      total: 125,
      findings: [{ startLine: 250 }],
    });
    expect((await page('limit=100000')).findings).toHaveLength(250);
    for (const query of ['limit=-1', 'offset=x', 'level=critical', 'sort=random', 'upload=one', 'text=%zz']) {
      expect((await get(`${collector.url}/ui/api/findings?${query}`)).status).toBe(400);
    }
    for (const path of ['findings/0', 'findings/x', 'nothing', '']) {
      expect((await get(`${collector.url}/ui/api/${path}`)).status).toBe(404);
    }
  });

  test('the version changes with every upload, and the summary with it', async () => {
    await using collector = await start();
    const before = (await get(`${collector.url}/ui/api/summary`)).json as { version: number };
    expect((await get(`${collector.url}/ui/api/version`)).json).toEqual({ version: before.version });
    await upload(collector, sampleLog());
    const after = (await get(`${collector.url}/ui/api/summary`)).json;
    expect(after).toMatchObject({ uploads: 1, counts: [{ findings: 1 }] });
    expect((after as { version: number }).version).not.toBe(before.version);
    expect((await get(`${collector.url}/ui/api/uploads`)).json).toMatchObject({ total: 1, uploads: [{ status: 201 }] });
  });

  test('findings that appear by the passing of time change it, too', async () => {
    let now = 1_800_000_000_000;
    await using collector = await start({ ingestionDelayMs: 5000, clock: () => now });
    await upload(collector, sampleLog());
    expect((await get(`${collector.url}/ui/api/summary`)).json).toMatchObject({ counts: [] });
    now += 5000;
    expect((await get(`${collector.url}/ui/api/summary`)).json).toMatchObject({ counts: [{ findings: 1 }] });
  });
});
