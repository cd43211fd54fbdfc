import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBuilt, scenario } from '../cli/test-support/scenario.ts';
import { canaryKey, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { createCredential, createNonce } from '../secrets/credential.ts';
import { redact } from '../secrets/redact.ts';
import { Secret } from '../secrets/secret.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { certus } from '../targets/certus/certus.ts';
import { cortex } from '../targets/cortex.ts';
import { someDocument } from '../upload/test-support/documents.ts';
import { uploadParts } from '../upload/upload-parts.ts';
import { leaksIn } from './test-support/leaks.ts';

// The security checklist, S1 to S4 and S15: keys. The other rows are in the files beside this one; docs/security.md lists them all.

const { sariflow, write, path } = scenario();

describe.skipIf(!isBuilt || !existsSync('/proc/self/environ'))('keys and other processes', () => {
  test('S1 keys come from the environment, a file or standard input; children see neither them nor the rest', async () => {
    await write('a.sarif', sampleLog());
    await mkdir(path('bin'));
    const spy = `#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/environ >> "$HOME/seen"\ntr '\\0' ' ' < /proc/$$/cmdline >> "$HOME/seen"\n`;
    await write('bin/git', spy);
    chmodSync(path('bin', 'git'), 0o755);
    await using server = await startHttpServer((response) => response.writeHead(401).end());
    const env = {
      ...settingsFor(server.origin),
      SECRET_OF_ANOTHER: 'other-canary',
      PATH: `${path('bin')}:${process.env['PATH']}`,
    };
    const ended = await sariflow(['upload', 'a.sarif'], { env });
    expect(ended.code).toBe(4);
    const seen = readFileSync(path('seen'), 'utf8');
    expect(seen).toContain('GIT_TERMINAL_PROMPT=0');
    expect(leaksIn(seen, canaryKey)).toEqual([]);
    expect(seen).not.toMatch(/SARIFLOW_|SECRET_OF_ANOTHER|other-canary/);
    expect(server.seen[0]?.headers.authorization).toBe(canaryKey);
  });
});

/** What a server may say back: the key as it came, and as programs encode it. */
function echoes(key: string): string[] {
  const bytes = Buffer.from(key);
  return [
    key,
    encodeURIComponent(key),
    bytes.toString('base64'),
    bytes.toString('hex'),
    Buffer.from(`7:${key}`).toString('base64'),
  ];
}

describe('keys and what is written down', () => {
  test.each([cortex, certus])(
    'S2 $id: whatever is answered, the key is in no result, event, ledger or receipt',
    async (target) => {
      const statuses = [200, 201, 202, 302, 400, 401, 402, 403, 404, 409, 413, 418, 422, 429, 500, 503, 599];
      for (const status of statuses) {
        using folder = temporaryFolder();
        await using server = await startHttpServer((response, request) => {
          const body = {
            errorCode: 'E',
            message: echoes(canaryKey).join(' '),
            reply: request.headers,
            status: canaryKey,
          };
          response.writeHead(status, {
            'content-type': 'application/json',
            location: `/${canaryKey}`,
            'retry-after': '0',
          });
          response.end(JSON.stringify(body));
        });
        const said: unknown[] = [];
        const ledgerPath = join(folder.path, 'ledger.db');
        {
          await using ledger = await openLedger(ledgerPath);
          const destination = target.connect({
            url: server.origin,
            collectorId: 'c',
            credential: { type: 'standard', keyId: '7', key: new Secret(canaryKey) },
          });
          const context = { repositoryUrl: 'https://example.com/acme/shop', branch: 'main' };
          const result = await uploadParts(someDocument('a', 1), {
            ...{ destination, context, ledger, deadlineMs: 300 },
            retry: { maxAttempts: 1, maxUncharged: 1, baseMs: 1 },
            onEvent: (event) => said.push(event),
          });
          said.push(result, result.ledgerError?.message, String(result.error ?? ''), result.defects.map(String));
          for await (const row of ledger.rows()) said.push(row);
        }
        expect([status, leaksIn(JSON.stringify(said), canaryKey)]).toEqual([status, []]);
        for (const name of readdirSync(folder.path)) {
          const bytes = readFileSync(join(folder.path, name), 'latin1');
          expect([status, name, leaksIn(bytes, canaryKey)]).toEqual([status, name, []]);
        }
      }
    },
  );

  test.skipIf(!isBuilt)(
    'S2 the command at its most talkative: nothing on either output, in the receipt or in any file',
    async () => {
      await write('a.sarif', sampleLog());
      await using server = await startHttpServer((response) => {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ errorCode: 'E', message: echoes(canaryKey).join(' ') }));
      });
      const ended = await sariflow(
        ['upload', 'a.sarif', '--verbose', '--json', '--receipt', 'r.json', '--save-parts', 'parts'],
        {
          env: { ...settingsFor(server.origin), NODE_DEBUG: 'undici,http,net' },
        },
      );
      expect(ended.code).toBe(5);
      expect(leaksIn(ended.out + ended.err, canaryKey)).toEqual([]);
      const files = readdirSync(path(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files.length).toBeGreaterThan(3);
      for (const { parentPath, name } of files) {
        expect([name, leaksIn(readFileSync(join(parentPath, name), 'latin1'), canaryKey)]).toEqual([name, []]);
      }
    },
  );

  test('S3 no eight characters of a secret in a row are left in a text, however they were encoded and cut', () => {
    const secretText = fc.string({
      unit: fc.constantFrom(...'abcdefghijkLMNOPQ0123456789+/=%"_-'),
      minLength: 8,
      maxLength: 60,
    });
    fc.assert(
      fc.property(secretText, fc.nat(4), fc.nat(20), fc.nat(20), (text, encoding, from, length) => {
        const encoded = echoes(text)[encoding] ?? text;
        const piece = encoded.slice(from, from + 8 + length);
        const clean = redact(`· ${encoded} · ${piece} ·`, [new Secret(text)]);
        expect(leaksIn(clean, text)).toEqual([]);
        expect(clean.startsWith('· ')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('S3 texts without a secret stay as they are', () => {
    const secret = new Secret('p4ssw0rd-of-the-canary');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'xyz XYZ.,'), maxLength: 200 }), (text) => {
        expect(redact(text, [secret])).toBe(text);
      }),
    );
  });
});

test('S4 a key is bound to scheme, host and port', () => {
  const credential = createCredential(
    { type: 'standard', keyId: '7', key: new Secret(canaryKey) },
    'https://api.example:8443',
  );
  expect(credential.headers(new URL('https://api.example:8443/x'))).toHaveProperty('authorization');
  for (const other of [
    'http://api.example:8443',
    'https://api.example',
    'https://evil.example:8443',
    'https://api.example.:8443',
  ]) {
    expect(() => credential.headers(new URL(other))).toThrow('is not sent to');
  }
});

test('S15 nonces are unique, and of the documented form', () => {
  const count = Number(process.env['SARIFLOW_NONCES'] ?? 5000);
  const seen = new Set<string>();
  for (let made = 0; made < count; made += 1) seen.add(createNonce());
  expect(seen.size).toBe(count);
  for (const nonce of [...seen].slice(0, 100)) expect(nonce).toMatch(/^[A-Za-z0-9]{64}$/);
});
