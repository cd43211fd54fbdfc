import { describe, expect, test } from 'vitest';
import type { Sent } from './http-message.ts';
import { outcomeOfFailure } from './outcome-of-failure.ts';
import { DeadlineReached } from './with-deadline.ts';

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}
function read(error: unknown, sent: Sent, seenBefore = true) {
  return outcomeOfFailure({ type: 'failure', sent, error }, { origin: 'https://api.example', seenBefore });
}

describe('outcomeOfFailure', () => {
  test('what left only in part cannot have been stored, what left as a whole may have been', () => {
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'UND_ERR_HEADERS_TIMEOUT']) {
      expect(read(coded(code), 'some')).toMatchObject({ status: 'retryable', code: 'network' });
      expect(read(coded(code), 'everything')).toMatchObject({ status: 'unknown', code: 'no-answer' });
    }
  });

  test('a kept connection that had died is not held against the part; a closed port is', () => {
    expect(read(coded('UND_ERR_SOCKET'), 'nothing')).toMatchObject({ charged: false });
    expect(read(coded('UND_ERR_SOCKET'), 'nothing', false)).not.toHaveProperty('charged');
    expect(read(coded('ECONNREFUSED'), 'nothing')).not.toHaveProperty('charged');
  });

  test('an unknown host is fatal at first, and a hiccup later', () => {
    expect(read(coded('ENOTFOUND'), 'nothing', false)).toMatchObject({
      code: 'dns',
      maxAttempts: 1,
      thenStop: 'target',
    });
    expect(read(coded('ENOTFOUND'), 'nothing', true)).not.toHaveProperty('thenStop');
    expect(read(coded('EAI_AGAIN'), 'nothing', false)).not.toHaveProperty('thenStop');
  });

  test('certificates are fatal, also when the code is a cause or one of several addresses', () => {
    for (const error of [
      coded('CERT_HAS_EXPIRED'),
      new Error('x', { cause: coded('SELF_SIGNED_CERT_IN_CHAIN') }),
      new AggregateError([coded('ECONNREFUSED'), coded('ERR_TLS_CERT_ALTNAME_INVALID')]),
    ]) {
      expect(read(error, 'nothing')).toMatchObject({ status: 'retryable', code: 'tls', thenStop: 'target' });
    }
  });

  test('time and interruption are named', () => {
    const aborted = Object.assign(new Error('aborted'), { name: 'AbortError' });
    expect(read(new DeadlineReached(3000), 'some')).toMatchObject({ status: 'retryable', code: 'deadline' });
    expect(read(new DeadlineReached(3000), 'everything')).toMatchObject({ status: 'unknown', code: 'deadline' });
    expect(read(aborted, 'some')).toMatchObject({ status: 'retryable', code: 'interrupted' });
    expect(read(aborted, 'everything')).toMatchObject({ status: 'unknown', code: 'interrupted' });
  });

  test('names the origin and the setting, and nothing of the request', () => {
    const error = Object.assign(coded('ENOTFOUND', 'getaddrinfo ENOTFOUND api.example'), {
      headers: { authorization: 'key' },
    });
    const { reason } = read(error, 'nothing', false) as { reason: string };
    expect(reason).toContain('https://api.example');
    expect(reason).toContain('SARIFLOW_URL');
    expect(reason).not.toContain('authorization');
  });
});
