import { type Answer, errorAnswer, refusedAnswer, unlicensedAnswer } from './answer.ts';
import type { Authentication, Caller } from './auth/authenticate.ts';
import type { Admission, ApiRequest } from './http-request.ts';

/** The gateway in front of every operation. */
export interface Gateway {
  authenticate(headers: ApiRequest['headers']): Authentication;
  /** Seconds to wait, or undefined. */
  secondsToWait(caller: string): number | undefined;
}

/** Authentication (401), licence (402), permission (403) and the rate (429), in this order. */
export function admitCaller(
  request: ApiRequest,
  gateway: Gateway,
  mayPass: (caller: Caller) => boolean,
): Admission | Answer {
  const authentication = gateway.authenticate(request.headers);
  if (authentication.status === 'refused') {
    return refusedAnswer(401, 'Unauthorized. The credentials are invalid or expired.', authentication.reason);
  }
  if (request.pretend === 'unlicensed') return unlicensedAnswer();
  const { caller } = authentication;
  if (!mayPass(caller)) {
    return refusedAnswer(403, 'Forbidden. Access was denied to this resource.', missingRight(caller));
  }
  const seconds = gateway.secondsToWait(callerName(caller));
  if (seconds !== undefined) {
    return errorAnswer(429, 'TooManyRequests', `Too many requests. Try again in ${seconds} s.`, {
      'retry-after': String(seconds),
    });
  }
  return { caller };
}

/** Family and id, never the secret. */
export function callerName(caller: Caller): string {
  return `${caller.kind} ${caller.id}`;
}

function missingRight(caller: Caller): string {
  return caller.kind === 'tenant-key'
    ? `The API key ${caller.id} has none of the roles that allow this.`
    : `The credential ${caller.id} is good for uploads to the collector ${caller.collectorId} only.`;
}
