import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startScriptedTarget, type Wire } from '../../../../tools/emulators/scripted-target/scripted-target.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { proxyFor, proxyFromEnv } from '../send/proxy-settings.ts';
import { trustedCertificates } from '../send/trusted-certificates.ts';
import { type Authority, createAuthority, type KeyPair } from './test-support/certificates.ts';
import { startConnectProxy } from './test-support/connect-proxy.ts';
import { deliver, documentOf, lanesOf, quick } from './test-support/delivery.ts';

// Section 3.3 of the fault matrix: TLS and proxies. Classes: F, nothing more is sent; N, sent again; U, the target may have it.

const ingested = { status: 'INGESTED', message: 'fine' };
const accept = (_request: unknown, wire: Wire) => wire.answer(201, ingested);
const here = 'IP:127.0.0.1,DNS:localhost';
/** A host that is not this machine, so that proxies are used for it. */
const host = 'target.test';

let authority: Authority;
let good: KeyPair;
let elsewhere: KeyPair;
beforeAll(() => {
  authority = createAuthority();
  good = authority.issue(here);
  elsewhere = authority.issue(`DNS:${host}`);
});
afterAll(() => authority[Symbol.dispose]());

describe('row 44 (F): a server that cannot be trusted', () => {
  const servers: Record<string, () => { tls: TlsOptions; ca: string; says: RegExp }> = {
    expired: () => ({ tls: authority.issue(here, [-20, -10]), ca: authority.ca, says: /not valid at this time/ }),
    'self-signed': () => ({ tls: authority.selfSigned(here), ca: authority.ca, says: /NODE_EXTRA_CA_CERTS/ }),
    'of another host': () => ({ tls: authority.issue('DNS:other.example'), ca: authority.ca, says: /another host/ }),
    'TLS 1.1 only': () => ({
      tls: { ...good, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      ca: authority.ca,
      says: /TLS 1\.2 or newer/,
    }),
    revoked: () => {
      const pair = authority.issue(here);
      return { tls: pair, ca: `${authority.ca}\n${authority.revoke(pair)}`, says: /revoked/ };
    },
  };

  test.each(Object.keys(servers))('%s: not tried again, the cause is named', async (name) => {
    const { tls, ca, says } = servers[name]?.() ?? { tls: {}, ca: '', says: / / };
    await using target = await startScriptedTarget({ tls, onRequest: accept });
    const result = await deliver(target.origin, lanesOf(3), { ca, concurrency: 1 });
    expect(target.received).toEqual([]);
    expect(target.connections).toBeLessThanOrEqual(1);
    expect(result.stopped).toMatchObject({ code: 'tls', reason: expect.stringMatching(says) });
    expect(result.account).toMatchObject({ in: 9, undelivered: 9 });
  });

  test('a private authority that nobody named: the ways to name it', async () => {
    await using target = await startScriptedTarget({ tls: good, onRequest: accept });
    const result = await deliver(target.origin, documentOf('a'));
    expect(target.received).toEqual([]);
    for (const way of ['--ca-file', 'NODE_EXTRA_CA_CERTS', '--use-system-ca']) {
      expect(result.stopped?.reason).toContain(way);
    }
  });
});

describe('row 45: a private authority', () => {
  test('named by a file: works, beside the built-in ones', async () => {
    await using target = await startScriptedTarget({ tls: good, onRequest: accept });
    const result = await deliver(target.origin, documentOf('a'), { ca: authority.ca });
    expect(result.account).toMatchObject({ accepted: 3 });
    expect(target.received).toHaveLength(1);
    expect(trustedCertificates({ ca: authority.ca }).ca?.length).toBeGreaterThan(50);
  });

  test('with revocation lists that do not name the server: works', async () => {
    const other = authority.issue(here);
    await using target = await startScriptedTarget({ tls: good, onRequest: accept });
    const result = await deliver(target.origin, documentOf('a'), { ca: `${authority.ca}${authority.revoke(other)}` });
    expect(result.account).toMatchObject({ accepted: 3 });
  });

  test('the certificates of the system come on top where they are wanted', () => {
    const without = trustedCertificates({ ca: authority.ca }).ca ?? [];
    const withSystem = trustedCertificates({ ca: authority.ca, systemCa: true }).ca ?? [];
    expect(withSystem.length).toBeGreaterThanOrEqual(without.length);
    expect(withSystem).toEqual(expect.arrayContaining(without));
    expect(trustedCertificates({})).toEqual({});
  });

  test('a file without a certificate is said before anything is sent', async () => {
    await using target = await startScriptedTarget({ tls: good, onRequest: accept });
    await expect(deliver(target.origin, documentOf('a'), { ca: good.key })).rejects.toMatchObject({ code: 'ca-file' });
    expect(target.bytes).toBe(0);
  });

  test('NODE_EXTRA_CA_CERTS works, and NODE_TLS_REJECT_UNAUTHORIZED=0 does not', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'ca.pem');
    writeFileSync(file, authority.ca);
    await using target = await startScriptedTarget({ tls: good, onRequest: accept });
    const module = fileURLToPath(new URL('../send/http-transport.ts', import.meta.url));
    const program = `
      const { createHttpTransport } = await import(${JSON.stringify(module)});
      await using transport = createHttpTransport({ origin: ${JSON.stringify(target.origin)} });
      const request = { method: 'POST', path: '/', headers: {}, body: Buffer.from('{}') };
      const result = await transport.request(request, AbortSignal.timeout(4000));
      console.log(result.type === 'answer' ? result.status : result.error.code);
    `;
    const run = async (env: Record<string, string>) => {
      const args = ['--input-type=module', '-e', program];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
      return stdout.trim();
    };
    expect(await run({ NODE_EXTRA_CA_CERTS: file })).toBe('201');
    expect(await run({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });
});

describe('row 46: proxies', () => {
  test('HTTPS_PROXY with a name and a password: the tunnel asks for it, and nobody sees the password', async () => {
    await using target = await startScriptedTarget({ tls: elsewhere, onRequest: accept });
    await using proxy = await startConnectProxy(() => ({ tunnelTo: target.port }));
    const url = proxy.url.replace('//', '//me:canary%40pass@');
    const settings = proxyFromEnv({ HTTPS_PROXY: url });
    const result = await deliver(`https://${host}`, lanesOf(3), {
      ca: authority.ca,
      ...(settings === undefined ? {} : { proxy: settings }),
    });
    expect(result.account).toMatchObject({ in: 9, accepted: 9 });
    expect(target.received).toHaveLength(3);
    const authorization = `Basic ${Buffer.from('me:canary@pass').toString('base64')}`;
    for (const seen of proxy.seen) expect(seen).toEqual({ authority: `${host}:443`, authorization });
    expect(target.received.some((request) => request.headers.has('proxy-authorization'))).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/canary/);
  });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['lower case wins', { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:2' }, 'http://low:1'],
    ['an empty one hides nothing', { https_proxy: '', HTTPS_PROXY: 'http://up:2' }, 'http://up:2'],
    ['without a scheme', { HTTPS_PROXY: 'proxy.example:3128' }, 'http://proxy.example:3128'],
    ['the one for everything', { ALL_PROXY: 'http://all:3' }, 'http://all:3'],
    ['only for http', { http_proxy: 'http://plain:4' }, 'http://plain:4'],
    ['none', {}, undefined],
    ['a star', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined],
    ['the host', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x, API.example.com' }, undefined],
    ['its domain', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example.com' }, undefined],
    ['its domain with a dot', { HTTPS_PROXY: 'http://p:1', no_proxy: '.example.com' }, undefined],
    ['its domain with a star', { HTTPS_PROXY: 'http://p:1', no_proxy: '*.example.com' }, undefined],
    ['another port', { HTTPS_PROXY: 'http://p:1', no_proxy: 'api.example.com:8443' }, 'http://p:1'],
    ['the port', { HTTPS_PROXY: 'http://p:1', no_proxy: 'api.example.com:443' }, undefined],
    ['a name that only ends alike', { HTTPS_PROXY: 'http://p:1', no_proxy: 'ple.com' }, 'http://p:1'],
  ])('for https://api.example.com: %s', (_name, env, url) => {
    expect(proxyFor('https://api.example.com', proxyFromEnv(env))?.url.origin).toBe(url);
  });

  test.each<[string, string, boolean]>([
    ['https://localhost:8443', '', false],
    ['https://127.8.9.1', '', false],
    ['https://[::1]', '', false],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://10.1.2.3', '10.1.2.3', false],
    ['https://11.1.2.3', '10.0.0.0/8', true],
    ['https://[fd00::5]', 'fd00::/8', false],
    ['https://[fd00::5]', '[fd00::5]:443', false],
    ['https://10.1.2.3', '10.0.0.0/99', true],
  ])('%s with NO_PROXY=%s goes through the proxy: %s', (origin, noProxy, isUsed) => {
    const settings = { httpsProxy: 'http://p:1', noProxy };
    expect(proxyFor(origin, settings) !== undefined).toBe(isUsed);
  });

  test('this machine is not asked for through a proxy', async () => {
    await using target = await startScriptedTarget({ onRequest: accept });
    await using proxy = await startConnectProxy(() => ({ tunnelTo: target.port }));
    const settings = { httpProxy: proxy.url, httpsProxy: proxy.url };
    const result = await deliver(target.origin, documentOf('a'), { proxy: settings });
    expect(result.account).toMatchObject({ accepted: 3 });
    expect(proxy.seen).toEqual([]);
  });

  test('an address that is none is said before anything is sent', async () => {
    await expect(
      deliver(`https://${host}`, documentOf('a'), { proxy: { httpsProxy: 'ftp://canary:word@x' } }),
    ).rejects.toMatchObject({ code: 'proxy-url', message: expect.not.stringContaining('canary') });
  });
});

describe('row 47: a proxy that refuses', () => {
  const through = (url: string) => ({ ca: authority.ca, proxy: { httpsProxy: url }, concurrency: 1 });

  test('407 (F): names the place for name and password, not tried again', async () => {
    await using proxy = await startConnectProxy(() => ({ say: 'HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n' }));
    const result = await deliver(`https://${host}`, lanesOf(3), through(proxy.url));
    expect(proxy.seen).toHaveLength(1);
    expect(result.stopped).toMatchObject({ code: 'proxy', reason: expect.stringMatching(/407.*HTTPS_PROXY/s) });
    expect(result.account).toMatchObject({ undelivered: 9 });
  });

  test('502 on CONNECT (N): tried again', async () => {
    await using target = await startScriptedTarget({ tls: elsewhere, onRequest: accept });
    await using proxy = await startConnectProxy((_seen, index) =>
      index < 3 ? { say: 'HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n' } : { tunnelTo: target.port },
    );
    const result = await deliver(`https://${host}`, documentOf('a'), through(proxy.url));
    expect(result.account).toMatchObject({ accepted: 3 });
    expect(result.events.filter((event) => event.type === 'waiting')).toHaveLength(3);
    expect(target.received).toHaveLength(1);
  });

  test('a login page in the place of the tunnel: nothing was sent, and it is said what answered', async () => {
    const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><title>Sign in</title>';
    await using proxy = await startConnectProxy(() => ({ say: page }));
    const result = await deliver(`https://${host}`, documentOf('a'), through(proxy.url));
    expect(result.parts).toMatchObject([{ outcome: 'undelivered', reason: expect.stringContaining('login page') }]);
  });

  test('a login page at the end of the tunnel (U): no success', async () => {
    await using target = await startScriptedTarget({
      tls: elsewhere,
      onRequest: (_request, wire) => wire.answer(200, '<!doctype html>', { 'content-type': 'text/html' }),
    });
    await using proxy = await startConnectProxy(() => ({ tunnelTo: target.port }));
    const options = { ...through(proxy.url), retry: { onUnknown: 'stop' as const } };
    const result = await deliver(`https://${host}`, documentOf('a'), options);
    expect(result.parts).toMatchObject([{ outcome: 'unknown', reason: expect.stringContaining('login page') }]);
  });
});

test.each(['retry', 'stop'] as const)(
  'row 48 (U): the tunnel is reset after the body; on unknown: %s',
  async (onUnknown) => {
    const reset = vi.fn<() => void>();
    await using target = await startScriptedTarget({
      tls: elsewhere,
      onRequest(request, wire) {
        if (request.index === 0) reset();
        else accept(request, wire);
      },
    });
    await using proxy = await startConnectProxy(() => ({ tunnelTo: target.port }));
    reset.mockImplementation(() => proxy.resetAll());
    const result = await deliver(`https://${host}`, documentOf('a'), {
      ca: authority.ca,
      proxy: { httpsProxy: proxy.url },
      retry: { ...quick.retry, onUnknown },
    });
    expect(reset).toHaveBeenCalledOnce();
    if (onUnknown === 'retry') expect(result.parts).toMatchObject([{ outcome: 'accepted', attempts: 2 }]);
    else expect(result.parts).toMatchObject([{ outcome: 'unknown', code: 'no-answer' }]);
    expect(target.received).toHaveLength(onUnknown === 'retry' ? 2 : 1);
    expect(new Set(target.received.map((request) => request.sha256)).size).toBe(1);
  },
);
