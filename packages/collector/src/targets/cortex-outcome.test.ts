import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../send/http-message.ts';
import { cortexOutcome } from './cortex-outcome.ts';

const epochMs = Date.UTC(2026, 10, 20, 12, 0, 0);
const context = { origin: 'https://api.example', keyIdHeader: 'x-xdr-auth-id', signedWithClock: false, epochMs };

function answer(
  status: number,
  body: string | Uint8Array = '',
  headers: Record<string, string> = {},
  complete = true,
): HttpAnswer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { type: 'answer', status, body: bytes, headers: new Map(Object.entries(headers)), complete };
}
const read = (...args: Parameters<typeof answer>) => cortexOutcome(answer(...args), context);

describe('success is narrow', () => {
  test('the documented answers', () => {
    expect(read(201, '{"status":"INGESTED","message":"3 findings will be ingested"}')).toEqual({
      status: 'accepted',
      httpStatus: 201,
    });
    expect(read(201, '{"status":"PARTIALLY_VALID","message":"2 of 3"}')).toMatchObject({
      status: 'accepted',
      warning: expect.stringContaining('2 of 3'),
    });
  });

  test('202 and 204 say little, and are accepted with a warning', () => {
    for (const status of [202, 204])
      expect(read(status)).toMatchObject({ status: 'accepted', warning: expect.any(String) });
    expect(read(202, '{"status":"INGESTED"}')).toMatchObject({
      status: 'accepted',
      warning: expect.stringContaining('202'),
    });
    expect(read(202, '<html>')).toMatchObject({ status: 'unknown' });
  });

  test.each<[string, string | Uint8Array]>([
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
    ['an array', '[]'],
    ['a text', '"INGESTED"'],
    ['null', 'null'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"status":"INGESTED","x":"'), Buffer.from([0xff]), Buffer.from('"}')]),
    ],
    ['a byte order mark', '\ufeff{"status":"INGESTED"}'],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['no status', '{"message":"fine"}'],
    ['an unknown status', '{"status":"QUEUED"}'],
    ['an inherited status', '{"__proto__":{"status":"INGESTED"}}'],
    ['a status that is no text', '{"status":true}'],
  ])('%s is no success', (_name, body) => {
    for (const status of [200, 201])
      expect(read(status, body)).toMatchObject({ status: 'unknown', code: 'bad-answer' });
  });

  test('a cut answer is no success', () => {
    expect(read(201, '{"status":"INGESTED"}', {}, false)).toMatchObject({ status: 'unknown' });
  });

  test.each([
    '{"reply":{"err_code":500,"err_msg":"no"}}',
    '{"status":"INGESTED_FAILED"}',
    '{"status":"INVALID","message":"bad"}',
    '{"status":"INGESTED","errorCode":"BadRequest"}',
  ])('an error in the clothes of a success is a refusal: %s', (body) => {
    for (const status of [200, 201]) expect(read(status, body)).toMatchObject({ status: 'rejected', scope: 'part' });
  });
});

describe('refusals', () => {
  test.each([
    [400, 'bad-request', 'part'],
    [401, 'auth', 'target'],
    [402, 'auth', 'target'],
    [403, 'auth', 'target'],
    [404, 'not-found', 'lane'],
    [409, 'conflict', 'part'],
    [412, 'conflict', 'part'],
    [413, 'too-large', 'part'],
    [418, 'refused', 'part'],
    [422, 'unprocessable', 'part'],
    [302, 'redirect', 'target'],
  ])('%i is %s for the %s', (status, code, scope) => {
    expect(read(status)).toMatchObject({ status: 'rejected', code, scope, httpStatus: status });
  });

  test('a redirect names where it wanted to go, and no more of it', () => {
    const to169 = read(307, '', { location: 'http://169.254.169.254/latest?token=1' });
    expect(to169).toMatchObject({ reason: expect.stringContaining('http://169.254.169.254') });
    expect(to169).not.toMatchObject({ reason: expect.stringContaining('token') });
    expect(read(308, '', { location: 'http://[' })).toMatchObject({ code: 'redirect' });
  });

  test('a wrong clock is named when the signature depends on it', () => {
    const late = answer(401, '', { date: 'Fri, 20 Nov 2026 11:50:02 GMT' });
    expect(cortexOutcome(late, { ...context, signedWithClock: true })).toMatchObject({
      reason: expect.stringContaining('9 m 58 s ahead'),
    });
    expect(cortexOutcome(late, context)).toMatchObject({ reason: expect.stringContaining('x-xdr-auth-id') });
  });
});

describe('later', () => {
  test('429 pauses the target and does not count', () => {
    expect(read(429, '', { 'retry-after': '7' })).toMatchObject({
      status: 'retryable',
      charged: false,
      pause: 'target',
      waitMs: 7000,
    });
    expect(read(429)).not.toHaveProperty('waitMs');
  });

  test('503 is tried three times and then speaks of a disabled collector', () => {
    expect(read(503)).toMatchObject({
      status: 'retryable',
      maxAttempts: 3,
      thenStop: 'target',
      reason: expect.stringContaining('collector may be disabled'),
    });
  });

  test('408 and 425 once more, other 5xx as often as the policy says', () => {
    for (const status of [408, 425]) expect(read(status)).toMatchObject({ status: 'retryable', maxAttempts: 2 });
    for (const status of [500, 502, 504, 599]) {
      expect(read(status)).toMatchObject({ status: 'retryable', code: 'server-error', mayBeStored: true });
    }
  });
});

test.each([
  ['{"reply":{"err_code":403,"err_msg":"Forbidden.","err_extra":"role"}}', 'Forbidden.: role'],
  ['{"reply":{"err_code":403,"err_msg":"Forbidden.","err_extra":{"a":1}}}', 'Forbidden.: {"a":1}'],
  ['{"errorCode":"BadRequest","message":"no version","status":"INVALID"}', 'BadRequest: no version'],
  ['{"errorCode":"V","message":"bad","details":{"runs":{"message":"missing"}}}', 'V: bad: runs: missing'],
  ['{"error":"policy","message":"no"}', 'policy: no'],
  ['{"err_code":1,"err_msg":"cloud","err_extra":null}', 'cloud'],
  ['{"data":{"err_msg":"go","metadata":{"err_code":2,"err_extra":"x"}}}', 'go: x'],
  ['{"message":"only"}', 'only'],
])('the envelope %s is read', (body, text) => {
  expect(read(400, body)).toMatchObject({ reason: `The target refused the content (400): ${text}` });
});

test('what the target says stays on one short line and moves no cursor', () => {
  const message = 'a\r\n::error::b\u001b[2J\u202e\u0000'.repeat(200);
  const { reason } = read(400, JSON.stringify({ errorCode: 'E', message })) as { reason: string };
  expect(reason).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(reason.length).toBeLessThan(600);
});

test('every status and every body has a meaning', () => {
  const known = ['accepted', 'retryable', 'unknown', 'rejected'];
  for (let status = 100; status <= 999; status += 1) {
    const outcome = read(status, '{"status":"INGESTED"}');
    expect(known).toContain(outcome.status);
    expect(outcome.status === 'accepted').toBe(status >= 200 && status < 300);
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 999 }),
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => Buffer.from(text)),
      ),
      fc.string(),
      (status, body, header) => {
        const outcome = read(status, body, { 'retry-after': header, location: header, date: header });
        expect(known).toContain(outcome.status);
        expect(outcome.httpStatus).toBe(status);
      },
    ),
  );
});
