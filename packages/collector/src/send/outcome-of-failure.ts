import type { HttpFailure } from './http-message.ts';
import type { Outcome } from './outcome.ts';
import { DeadlineReached } from './with-deadline.ts';

/** What the meaning of a failure depends on besides the failure. */
export interface FailureContext {
  /** Scheme, host and port, for the message. */
  readonly origin: string;
  /** The host has answered before in this run, so its name is right and its certificate was accepted. */
  readonly seenBefore: boolean;
}

/**
 * What it means that no answer came. The bytes decide: a part that left only in part was never a JSON document, so it
 * cannot have been stored; a part that left as a whole may have been.
 */
export function outcomeOfFailure(failure: HttpFailure, context: FailureContext): Outcome {
  const errors = chainOf(failure.error);
  const codes = errors.map(codeOf).filter((code) => code !== undefined);
  const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
  const text = describe(errors, context.origin);
  const first = context.seenBefore ? {} : ({ maxAttempts: 1, thenStop: 'target' } as const);

  const proxyStatus = proxyRefusalOf(errors);
  if (proxyStatus !== undefined) return outcomeOfProxy(proxyStatus, context.origin);
  if (failure.sent !== 'everything' && codes.some(isCertificateError)) {
    return {
      status: 'retryable',
      code: 'tls',
      reason: `${text} ${adviceOnTls(codes)}`,
      maxAttempts: 1,
      thenStop: 'target',
    };
  }
  if (has('ENOTFOUND')) {
    return {
      status: 'retryable',
      code: 'dns',
      reason: `${text} The host name is not known. Check the URL (--url, SARIFLOW_URL).`,
      ...first,
      ...(context.seenBefore ? { untilDeadline: true } : {}),
    };
  }
  if (has('EAI_AGAIN')) {
    return { status: 'retryable', code: 'dns', reason: `${text} The name server did not answer.`, untilDeadline: true };
  }

  const deadline = errors.some((error) => error instanceof DeadlineReached);
  const aborted = errors.some((error) => error instanceof Error && error.name === 'AbortError');
  if (failure.sent === 'everything') {
    return {
      status: 'unknown',
      code: deadline ? 'deadline' : aborted ? 'interrupted' : 'no-answer',
      reason: `${text} The whole part had been sent and no answer came: the target may have it.`,
    };
  }
  if (deadline) return { status: 'retryable', code: 'deadline', reason: `${text} The part had not been sent in full.` };
  if (aborted) return { status: 'retryable', code: 'interrupted', reason: `${text} The run was stopped.` };

  return {
    status: 'retryable',
    code: 'network',
    reason: text,
    // A kept connection may turn out to be dead: nothing left us, so it is not held against the part.
    ...(failure.sent === 'nothing' && context.seenBefore && has('UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE')
      ? { charged: false as const }
      : {}),
    ...(failure.sent === 'nothing' ? { untilDeadline: true as const } : {}),
  };
}

/** The status a proxy gave instead of a tunnel. The network layer tells it in its message only. */
function proxyRefusalOf(errors: readonly unknown[]): number | undefined {
  for (const error of errors) {
    const status = error instanceof Error ? /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] : undefined;
    if (status !== undefined) return Number(status);
  }
  return undefined;
}

function outcomeOfProxy(status: number, origin: string): Outcome {
  const said = `The proxy answered ${status} when it was asked for a connection to ${origin}, so nothing was sent.`;
  if (status >= 500 || status === 408 || status === 429) {
    return { status: 'retryable', code: 'proxy', reason: said, untilDeadline: true };
  }
  const advice =
    status === 407
      ? 'It wants a user name and a password: put them into HTTPS_PROXY (http://user:password@host:port).'
      : 'Check HTTPS_PROXY, or name the target in NO_PROXY.';
  return { status: 'retryable', code: 'proxy', reason: `${said} ${advice}`, maxAttempts: 1, thenStop: 'target' };
}

function adviceOnTls(codes: readonly string[]): string {
  const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
  if (has('CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID')) {
    return 'The certificate is not valid at this time: the server needs a new one, or the clock here is wrong.';
  }
  if (has('ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH')) {
    return 'The certificate belongs to another host. Check the URL (--url, SARIFLOW_URL).';
  }
  if (has('CERT_REVOKED')) return 'The authority has revoked the certificate. The server needs a new one.';
  if (codes.some((code) => trustCodes.has(code))) {
    return 'The authority that signed the certificate is not trusted here. If it is a private one, name its certificate with --ca-file or NODE_EXTRA_CA_CERTS, or let the system decide with NODE_OPTIONS=--use-system-ca.';
  }
  if (has('ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG')) {
    return 'What answered does not speak TLS: a login page or a proxy may stand in its place.';
  }
  return 'The two sides found no TLS version or cipher they share; TLS 1.2 or newer is needed.';
}

/** The error, its causes, and, of a connection tried at several addresses, the error of each. */
function chainOf(error: unknown): unknown[] {
  const found: unknown[] = [];
  const visit = (one: unknown, depth: number) => {
    if (one === undefined || one === null || depth > 5) return;
    found.push(one);
    if (one instanceof AggregateError) for (const inner of one.errors) visit(inner, depth + 1);
    if (one instanceof Error) visit(one.cause, depth + 1);
  };
  visit(error, 0);
  return found;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function isCertificateError(code: string): boolean {
  return (
    code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_') || code.startsWith('CERT_') || certificateCodes.has(code)
  );
}

const certificateCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'EPROTO',
]);

/** The chain does not end at an authority that is known. */
const trustCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

/** Only messages and codes are taken over: a request error also carries the request's headers. */
function describe(errors: readonly unknown[], origin: string): string {
  const texts = errors.map((error) => {
    const code = codeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    return message === '' || message === code ? (code ?? '') : code === undefined ? message : `${message} (${code})`;
  });
  const unique = [...new Set(texts.filter((text) => text !== ''))].slice(0, 3).join('; ');
  return `No answer from ${origin}: ${unique === '' ? 'the connection failed' : unique}.`;
}
