import { describe, expect, test } from 'vitest';
import type { ApiKey } from '../tenant.ts';
import { advancedDigest } from './advanced-signature.ts';
import { acceptedSkewMs, createAuthenticator } from './authenticate.ts';
import { createNonceMemory } from './nonce-memory.ts';

const now = 1_700_000_000_000;
const keys: ApiKey[] = [
  { id: '1', secret: 'standard-secret', level: 'standard', roles: ['Instance Administrator'] },
  { id: '2', secret: 'secret-key', level: 'advanced', roles: [] },
  { id: '3', secret: 'old', level: 'standard', roles: [], expiresAt: now },
];
const credentials = [
  { tokenId: 'tok', token: 'token-secret', collectorId: 'col_1' },
  { tokenId: 'late', token: 'token-secret', collectorId: 'col_1', expiresAt: now - 1 },
];

function authenticator(clock = () => now) {
  return createAuthenticator(
    {
      findKey: (id) => keys.find((key) => key.id === id),
      findCredential: (tokenId) => credentials.find((credential) => credential.tokenId === tokenId),
    },
    clock,
  );
}

const nonce = 'A'.repeat(64);
const advanced = (changes: Record<string, string> = {}, sentAt = now, used = nonce) => ({
  'x-xdr-auth-id': '2',
  'x-xdr-timestamp': String(sentAt),
  'x-xdr-nonce': used,
  authorization: advancedDigest('secret-key', used, String(sentAt)),
  ...changes,
});

test('the published rule gives the known digest', () => {
  expect(advancedDigest('secret-key', nonce, '1700000000000')).toBe(
    '20df9e95e21a6876995f05c3836a23610ad90306d5a79d0efd2fa5ab9129720d',
  );
});

describe('accepted', () => {
  test.each([
    ['a Standard key', { 'x-xdr-auth-id': '1', authorization: 'standard-secret' }],
    ['a Standard key after "Bearer "', { 'x-xdr-auth-id': '1', authorization: 'Bearer standard-secret' }],
    ['a collector credential', { 'x-crtx-auth-id': 'tok', authorization: 'token-secret' }],
    ['a collector credential after "bearer "', { 'x-crtx-auth-id': 'tok', authorization: 'bearer token-secret' }],
    ['both headers with one id', { 'x-xdr-auth-id': '1', 'x-crtx-auth-id': '1', authorization: 'standard-secret' }],
    ['an Advanced key', advanced()],
    ['an Advanced key in upper case', advanced({ authorization: advanced().authorization.toUpperCase() })],
    ['a clock 5 minutes behind', advanced({}, now - acceptedSkewMs)],
    ['a clock 5 minutes ahead', advanced({}, now + acceptedSkewMs)],
    ['a nonce of 32 characters', advanced({}, now, 'b'.repeat(32))],
    ['a nonce of 128 characters', advanced({}, now, '7'.repeat(128))],
  ])('%s', (_, headers) => {
    expect(authenticator()(headers).status).toBe('known');
  });

  test('the caller is named, with roles or collector', () => {
    expect(authenticator()({ 'x-xdr-auth-id': '1', authorization: 'standard-secret' })).toEqual({
      status: 'known',
      caller: { kind: 'tenant-key', id: '1', roles: ['Instance Administrator'] },
    });
    expect(authenticator()({ 'x-crtx-auth-id': 'tok', authorization: 'token-secret' })).toEqual({
      status: 'known',
      caller: { kind: 'collector-credential', id: 'tok', collectorId: 'col_1' },
    });
  });
});

describe('refused', () => {
  test.each([
    ['no header at all', {}, 'Neither'],
    ['an id without a secret', { 'x-xdr-auth-id': '1' }, 'Authorization'],
    ['an empty secret', { 'x-xdr-auth-id': '1', authorization: 'Bearer ' }, 'Authorization'],
    ['an unknown id', { 'x-xdr-auth-id': '9', authorization: 'standard-secret' }, 'wrong'],
    ['a wrong secret', { 'x-xdr-auth-id': '1', authorization: 'standard-secreT' }, 'wrong'],
    ['a wrong token', { 'x-crtx-auth-id': 'tok', authorization: 'x' }, 'wrong'],
    ['the other family', { 'x-crtx-auth-id': '1', authorization: 'standard-secret' }, 'wrong'],
    [
      'both headers, disagreeing',
      { 'x-xdr-auth-id': '1', 'x-crtx-auth-id': 'tok', authorization: 'token-secret' },
      'disagree',
    ],
    ['an id sent twice', { 'x-xdr-auth-id': '1, 1', authorization: 'standard-secret' }, 'wrong'],
    ['an expired key', { 'x-xdr-auth-id': '3', authorization: 'old' }, 'expired'],
    ['an expired credential', { 'x-crtx-auth-id': 'late', authorization: 'token-secret' }, 'expired'],
    ['an Advanced key sent raw', { 'x-xdr-auth-id': '2', authorization: 'secret-key' }, 'Advanced'],
    ['a Standard key signed', { ...advanced(), 'x-xdr-auth-id': '1' }, 'wrong'],
    ['a wrong signature', advanced({ authorization: '0'.repeat(64) }), 'signature'],
    ['a clock too far behind', advanced({}, now - acceptedSkewMs - 1), 'away'],
    ['a clock too far ahead', advanced({}, now + acceptedSkewMs + 1), 'away'],
    ['a timestamp that is no number', advanced({ 'x-xdr-timestamp': '17e11' }), 'decimal'],
    ['a nonce of 31 characters', advanced({}, now, 'a'.repeat(31)), 'nonce'],
    ['a nonce of 129 characters', advanced({}, now, 'a'.repeat(129)), 'nonce'],
    ['a nonce with other characters', advanced({}, now, '-'.repeat(64)), 'nonce'],
  ])('%s', (_, headers, reason) => {
    const answer = authenticator()(headers);
    expect(answer).toMatchObject({ status: 'refused' });
    expect('reason' in answer && answer.reason).toContain(reason);
  });

  test('a nonce used again, until its timestamp is too old anyway', () => {
    let time = now;
    const authenticate = authenticator(() => time);
    expect(authenticate(advanced()).status).toBe('known');
    expect(authenticate(advanced())).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('used before'),
    });
    expect(authenticate(advanced({}, now + 1)).status).toBe('refused');
    time += acceptedSkewMs;
    expect(authenticate(advanced())).toMatchObject({ reason: expect.stringContaining('used before') });
  });

  test('a wrong signature does not use up the nonce', () => {
    const authenticate = authenticator();
    expect(authenticate(advanced({ authorization: 'f'.repeat(64) })).status).toBe('refused');
    expect(authenticate(advanced()).status).toBe('known');
  });

  test('no reason holds a secret', () => {
    for (const headers of [
      { 'x-xdr-auth-id': '1', authorization: 'wrong-one' },
      advanced({ authorization: 'f'.repeat(64) }),
    ]) {
      expect(JSON.stringify(authenticator()(headers))).not.toMatch(/standard-secret|secret-key|wrong-one|ffff/);
    }
  });
});

test('nonces are forgotten once they are too old to be taken', () => {
  const memory = createNonceMemory();
  for (let index = 0; index < 1000; index += 1) expect(memory.use('2', `n${index}`, 1000 + index, 0)).toBe(true);
  expect(memory.use('2', 'n5', 2000, 10)).toBe(false);
  expect(memory.use('3', 'n5', 2000, 10)).toBe(true);
  memory.use('2', 'later', 200_000, 100_000);
  expect(memory.size).toBe(1);
});
