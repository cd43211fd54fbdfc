import type { HttpAnswer } from '../../send/http-message.ts';
import type { Outcome, OutcomeCode, Scope } from '../../send/outcome.ts';
import { retryAfterMs } from '../../send/retry-after.ts';
import { answerMessage, parseAnswerBody, textMember } from '../answer-body.ts';
import { readableText } from '../readable-text.ts';

/** What reading an answer of Certus needs besides the answer. */
export interface CertusAnswerContext {
  /** Scheme, host and port that were asked. */
  readonly origin: string;
  /** The time here when the answer came, in milliseconds since 1970. */
  readonly epochMs: number;
}

const refusals = new Map<number, { readonly code: OutcomeCode; readonly scope: Scope; readonly means: string }>([
  [400, { code: 'refused', scope: 'part', means: 'Certus cannot read the scan' }],
  [401, { code: 'auth', scope: 'target', means: 'Certus does not accept the API key' }],
  [402, { code: 'auth', scope: 'target', means: 'The plan does not cover this' }],
  [403, { code: 'auth', scope: 'target', means: 'The API key belongs to another organisation' }],
  [404, { code: 'not-found', scope: 'target', means: 'There is no such API' }],
  [409, { code: 'conflict', scope: 'part', means: 'Certus has another scan under the same evidence pack' }],
  [413, { code: 'refused', scope: 'part', means: 'The scan is too large for Certus; upload a report for each tool' }],
  [422, { code: 'refused', scope: 'part', means: 'Certus refused the scan: check the signing key' }],
]);

/**
 * What an answer of Certus means (certus: sections 3 and 7). Total over every status. Sending a scan once more is safe: the evidence pack names
 * its content, so an answer that was lost is repeated and nothing is stored twice.
 */
export function certusOutcome(answer: HttpAnswer, context: CertusAnswerContext): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return successOf(answer);
  if (status >= 300 && status < 400) return redirectOf(answer, context);
  if (status === 429) {
    const waitMs = waitOf(answer, context);
    return {
      status: 'retryable',
      code: 'rate-limited',
      reason: sentence('Certus says that the quota of the plan is used up (429)', answer),
      httpStatus: status,
      charged: false,
      pause: 'target',
      ...(waitMs !== undefined && { waitMs }),
    };
  }
  if (status === 408 || status === 425 || (status >= 500 && status < 600)) {
    const waitMs = waitOf(answer, context);
    return {
      status: 'retryable',
      code: status >= 500 ? 'server-error' : 'timeout',
      reason: sentence(`Certus answered ${status}`, answer),
      httpStatus: status,
      mayBeStored: true,
      ...(waitMs !== undefined && { waitMs }),
    };
  }
  if (status >= 400 && status < 500) {
    const known = refusals.get(status) ?? { code: 'refused', scope: 'part', means: 'Certus refused the request' };
    const reason = sentence(`${known.means} (${status})`, answer);
    return { status: 'rejected', code: known.code, reason, scope: known.scope, httpStatus: status };
  }
  const reason = sentence(`Certus answered ${status}, which is no status of HTTP`, answer);
  return { status: 'unknown', code: 'bad-answer', reason, httpStatus: status };
}

function successOf(answer: HttpAnswer): Outcome {
  const { status: httpStatus } = answer;
  const body = answer.complete ? parseAnswerBody(answer.body) : undefined;
  if (body !== undefined && textMember(body, 'scan_id') !== undefined) {
    if (httpStatus !== 200) return { status: 'accepted', httpStatus };
    return { status: 'accepted', httpStatus, warning: 'Certus had this scan already; it was not stored again.' };
  }
  return {
    status: 'unknown',
    code: 'bad-answer',
    reason: `${sentence(`Certus answered ${httpStatus}`, answer)} The answer names no scan: a proxy or a login page may have answered in its place. Whether it has the scan is not known.`,
    httpStatus,
  };
}

function redirectOf(answer: HttpAnswer, { origin }: CertusAnswerContext): Outcome {
  const location = answer.headers.get('location');
  const to = location === undefined ? null : URL.parse(location, origin);
  const where = to === null ? '' : ` to ${readableText(to.origin)}`;
  return {
    status: 'rejected',
    code: 'redirect',
    reason: `${origin} answered ${answer.status}, a redirect${where}. Findings and keys are never sent on to another address; Certus itself is at https://www.getcertus.cloud, with www.`,
    scope: 'target',
    httpStatus: answer.status,
  };
}

function waitOf(answer: HttpAnswer, { epochMs }: CertusAnswerContext): number | undefined {
  return retryAfterMs((name) => answer.headers.get(name), epochMs);
}

function sentence(start: string, answer: HttpAnswer): string {
  const { text } = answerMessage(parseAnswerBody(answer.body));
  return text === '' ? `${start}.` : `${start}: ${text}`;
}
