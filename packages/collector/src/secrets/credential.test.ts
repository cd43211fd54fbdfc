import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type CredentialType, createCredential, createNonce } from './credential.ts';
import { redact } from './redact.ts';
import { CredentialError, Secret } from './secret.ts';

const origin = 'https://api-tenant.example';
const url = new URL(`${origin}/x`);
const credential = (type: CredentialType, key = 'secret-key') =>
  createCredential({ type, keyId: '7', key: new Secret(key) }, origin);

describe('credentials', () => {
  test('each family has its own header, and the key travels raw', () => {
    expect(credential('standard').headers(url)).toEqual({ 'x-xdr-auth-id': '7', authorization: 'secret-key' });
    expect(credential('collector').headers(url)).toEqual({ 'x-crtx-auth-id': '7', authorization: 'secret-key' });
  });

  test('the test vector of the Advanced signature', () => {
    const headers = credential('advanced').headers(url, { nonce: 'A'.repeat(64), timestampMs: 1_700_000_000_000 });
    expect(headers).toEqual({
      'x-xdr-auth-id': '7',
      'x-xdr-nonce': 'A'.repeat(64),
      'x-xdr-timestamp': '1700000000000',
      authorization: '20df9e95e21a6876995f05c3836a23610ad90306d5a79d0efd2fa5ab9129720d',
    });
  });

  test('every Advanced request has a nonce of its own, and never the key', () => {
    const advanced = credential('advanced');
    const seen = new Set(Array.from({ length: 1000 }, () => advanced.headers(url)['x-xdr-nonce']));
    expect(seen.size).toBe(1000);
    expect(JSON.stringify(advanced.headers(url))).not.toContain('secret-key');
    for (let n = 0; n < 100; n += 1) expect(createNonce()).toMatch(/^[A-Za-z0-9]{64}$/);
  });

  test.each(['https://api-tenant.example:8443/', 'http://api-tenant.example/', 'https://evil.example/'])(
    'the key is not sent to %s',
    (other) => {
      expect(() => credential('standard').headers(new URL(other))).toThrow(CredentialError);
    },
  );

  test('what cannot stand in a header is refused, without showing it', () => {
    for (const bad of ['', '  \n', 'two words', 'line\r\nX-Evil: 1', 'schlüssel']) {
      expect(() => new Secret(bad)).toThrow(CredentialError);
      try {
        new Secret(bad);
      } catch (error) {
        if (bad.trim() !== '') expect(String(error)).not.toContain(bad.trim());
      }
    }
    expect(new Secret('key\n').expose()).toBe('key');
    expect(() => createCredential({ type: 'standard', keyId: 'a\nb', key: new Secret('k') }, origin)).toThrow(
      CredentialError,
    );
  });
});

describe('secrets', () => {
  test('are never printed', () => {
    const holder = { credential: credential('standard', 'very-secret') };
    for (const text of [
      `${new Secret('very-secret')}`,
      JSON.stringify(holder),
      inspect(holder, { depth: 9, showHidden: true }),
    ]) {
      expect(text).not.toContain('very-secret');
      expect(text).toContain('***');
    }
  });

  test('are taken out of foreign texts, in their usual encodings too', () => {
    const secret = new Secret('p+ss/w"rd%40');
    const echoed = [
      secret.expose(),
      encodeURIComponent(secret.expose()),
      Buffer.from(secret.expose()).toString('base64'),
    ];
    const clean = redact(`you sent ${echoed.join(' and ')}.`, [secret]);
    expect(clean).toBe('you sent *** and *** and ***.');
  });
});
