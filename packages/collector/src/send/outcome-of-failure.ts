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

  if (codes.some(isCertificateError)) {
    return {
      status: 'retryable',
      code: 'tls',
      reason: `${text} The certificate or the TLS version was not accepted. If the certificate is from a private authority, name it with NODE_EXTRA_CA_CERTS or --ca-file.`,
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
    };
  }
  if (has('EAI_AGAIN')) {
    return { status: 'retryable', code: 'dns', reason: `${text} The name server did not answer.` };
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
  };
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
