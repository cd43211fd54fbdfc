import type { HttpAnswer } from '../send/http-message.ts';
import type { Outcome, OutcomeCode, Scope } from '../send/outcome.ts';
import { parseHttpDate, retryAfterMs } from '../send/retry-after.ts';
import { answerMessage, parseAnswerBody, textMember } from './answer-body.ts';
import { readableText } from './readable-text.ts';

/** What reading an answer needs besides the answer. */
export interface CortexAnswerContext {
  /** Scheme, host and port that were asked. */
  readonly origin: string;
  /** The header the key id travels in, for the advice after a 401. */
  readonly keyIdHeader: string;
  /** The signature depends on the clock, so a 401 may come from a wrong one. */
  readonly signedWithClock: boolean;
  /** The time here when the answer came, in milliseconds since 1970. */
  readonly epochMs: number;
}

/**
 * What an answer of the Collector means (cortex-collector: section 4.2; cortex-authentication: sections 8 and 9). Total
 * over every status. Success is narrow: a 2xx, a JSON object, and a `status` that is known.
 */
export function cortexOutcome(answer: HttpAnswer, context: CortexAnswerContext): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return successOf(answer);
  if (status >= 300 && status < 400) return redirectOf(answer, context);
  if (status === 429 || status === 503 || status === 408 || status === 425) return laterOf(answer, context);
  if (status >= 400 && status < 500) return refusalOf(answer, context);
  if (status >= 500 && status < 600) {
    return {
      status: 'retryable',
      code: 'server-error',
      reason: sentence(`The target answered ${status}`, answer),
      httpStatus: status,
      mayBeStored: true,
      ...waitOf(answer, context),
    };
  }
  return {
    status: 'unknown',
    code: 'bad-answer',
    reason: sentence(`The target answered ${status}, which is no status of HTTP`, answer),
    httpStatus: status,
  };
}

const acceptedWith = new Map<string, string | undefined>([
  ['INGESTED', undefined],
  ['VALID', undefined],
  ['PARTIALLY_VALID', 'The target accepted the part as PARTIALLY_VALID: some results lack what it asks for.'],
]);
const refusedWith = new Set(['INVALID', 'INGESTED_FAILED']);

function successOf(answer: HttpAnswer): Outcome {
  const { status: httpStatus } = answer;
  const unusual =
    httpStatus === 200 || httpStatus === 201 ? undefined : `The target answered ${httpStatus} instead of 201.`;
  if ((httpStatus === 202 || httpStatus === 204) && answer.complete && answer.body.byteLength === 0) {
    return { status: 'accepted', httpStatus, warning: `The target answered ${httpStatus} without saying what it did.` };
  }

  const body = answer.complete ? parseAnswerBody(answer.body) : undefined;
  if (body === undefined) {
    return unproven(
      answer,
      'The answer is not the JSON document that the target sends: a proxy or a login page may have answered in its place.',
    );
  }
  const said = textMember(body, 'status');
  const { text, isError } = answerMessage(body);
  if (isError || (said !== undefined && refusedWith.has(said))) {
    return {
      status: 'rejected',
      code: 'refused',
      reason: `The target answered ${httpStatus} and refused the part: ${text || said}`,
      scope: 'part',
      httpStatus,
    };
  }
  if (said === undefined || !acceptedWith.has(said)) {
    return unproven(
      answer,
      `The answer names ${said === undefined ? 'no status' : `the unknown status '${readableText(said)}'`}.`,
    );
  }
  const partly = acceptedWith.get(said);
  const warnings = [partly === undefined || text === '' ? partly : `${partly} It says: ${text}`, unusual];
  const warning = warnings.filter((one) => one !== undefined).join(' ');
  return { status: 'accepted', httpStatus, ...(warning === '' ? {} : { warning }) };
}

function unproven(answer: HttpAnswer, why: string): Outcome {
  return {
    status: 'unknown',
    code: 'bad-answer',
    reason: `${sentence(`The target answered ${answer.status}`, answer)} ${why} Whether it has the part is not known.`,
    httpStatus: answer.status,
  };
}

function redirectOf(answer: HttpAnswer, { origin }: CortexAnswerContext): Outcome {
  const location = answer.headers.get('location');
  const to = location === undefined ? null : URL.parse(location, origin);
  const where = to === null ? '' : ` to ${readableText(to.origin)}`;
  return {
    status: 'rejected',
    code: 'redirect',
    reason: `${origin} answered ${answer.status}, a redirect${where}. Findings and keys are never sent on to another address; if it is the right one, configure it as the URL.`,
    scope: 'target',
    httpStatus: answer.status,
  };
}

/** Answers that ask for another attempt. */
function laterOf(answer: HttpAnswer, context: CortexAnswerContext): Outcome {
  const { status: httpStatus } = answer;
  const wait = waitOf(answer, context);
  switch (httpStatus) {
    case 429:
      return {
        status: 'retryable',
        code: 'rate-limited',
        reason: sentence('The target asks for fewer requests (429)', answer),
        httpStatus,
        charged: false,
        pause: 'target',
        ...wait,
      };
    case 503:
      return {
        status: 'retryable',
        code: 'collector-disabled',
        reason: `${sentence('The target answered 503', answer)} The collector may be disabled: check it in the console, under data sources.`,
        httpStatus,
        // Documented for a disabled collector, and what any overloaded gateway says: three tries over some 15 s tell.
        maxAttempts: 3,
        thenStop: 'target',
        waitMs: Math.max(wait.waitMs ?? 0, 7000),
        ...(wait.waitMs === undefined ? {} : { toldMs: wait.waitMs }),
      };
    default:
      return {
        status: 'retryable',
        code: 'timeout',
        reason: sentence(`The target answered ${httpStatus}`, answer),
        httpStatus,
        maxAttempts: 2,
        ...wait,
      };
  }
}

const refusals = new Map<number, { code: OutcomeCode; scope: Scope; means: string }>([
  [400, { code: 'bad-request', scope: 'part', means: 'The target refused the content' }],
  [401, { code: 'auth', scope: 'target', means: 'The target does not accept the key' }],
  [402, { code: 'auth', scope: 'target', means: 'The licence does not cover this API' }],
  [403, { code: 'auth', scope: 'target', means: 'The key lacks the permission to upload' }],
  [404, { code: 'not-found', scope: 'lane', means: 'The repository is not onboarded, or the collector is unknown' }],
  [409, { code: 'conflict', scope: 'part', means: 'The target reports a conflict' }],
  [412, { code: 'conflict', scope: 'part', means: 'The target reports a conflict' }],
  [
    413,
    { code: 'too-large', scope: 'part', means: 'The part is too large for the target; use a smaller --max-part-bytes' },
  ],
  [422, { code: 'unprocessable', scope: 'part', means: 'The target refused the content' }],
]);

function refusalOf(answer: HttpAnswer, context: CortexAnswerContext): Outcome {
  const known = refusals.get(answer.status) ?? {
    code: 'refused',
    scope: 'part',
    means: 'The target refused the request',
  };
  const advice = answer.status === 401 ? ` ${adviceOnKey(answer, context)}` : '';
  return {
    status: 'rejected',
    code: known.code,
    reason: `${sentence(`${known.means} (${answer.status})`, answer)}${advice}`,
    scope: known.scope,
    httpStatus: answer.status,
  };
}

function adviceOnKey(answer: HttpAnswer, context: CortexAnswerContext): string {
  const skewMs = clockSkewMs(answer, context.epochMs);
  if (context.signedWithClock && Math.abs(skewMs) > notableSkewMs) {
    return `The signature depends on the time, and ${sayClockSkew(skewMs)}`;
  }
  return `It was sent with the header '${context.keyIdHeader}': check that the key type, the key id and the key belong together (--api-key-type standard, advanced or collector).`;
}

/** Less than this between two clocks is nothing that a signature would suffer from, in milliseconds. */
export const notableSkewMs = 60_000;

/** How far the clock here is ahead of the target's, in milliseconds; 0 when the target does not tell its time. */
export function clockSkewMs(answer: HttpAnswer, epochMs: number): number {
  const serverMs = parseHttpDate(answer.headers.get('date') ?? '');
  return serverMs === undefined ? 0 : epochMs - serverMs;
}

/** A sentence such as: your clock is 9 m 58 s ahead of the target's. */
export function sayClockSkew(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return `your clock is ${Math.floor(seconds / 60)} m ${seconds % 60} s ${skewMs > 0 ? 'ahead of' : 'behind'} the target's.`;
}

function waitOf(answer: HttpAnswer, context: CortexAnswerContext): { waitMs?: number } {
  const waitMs = retryAfterMs((name) => answer.headers.get(name), context.epochMs);
  return waitMs === undefined ? {} : { waitMs };
}

function sentence(start: string, answer: HttpAnswer): string {
  const { text } = answerMessage(parseAnswerBody(answer.body));
  return text === '' ? `${start}.` : `${start}: ${text}`;
}
