import type { Clock } from './clock.ts';
import type { Outcome, Retryable, Send, SendPart, Unknown } from './outcome.ts';

/** How often, and after which waits, a part is tried again. */
export interface RetryPolicy {
  /** Attempts that count, the first included. */
  readonly maxAttempts: number;
  /** Attempts that do not count (429, connections found dead) end here, so no server can keep us for ever. */
  readonly maxUncharged: number;
  /** Ceiling of the first wait in milliseconds; it doubles with each attempt. */
  readonly baseMs: number;
  /** Ceiling of every wait of our own choosing, in milliseconds. */
  readonly capMs: number;
  /** `retry`: a part that may have arrived is sent again. `stop`: it stays unknown. */
  readonly onUnknown: 'retry' | 'stop';
}

/** The policy of a pipeline run. */
export const ciRetryPolicy: RetryPolicy = {
  maxAttempts: 6,
  maxUncharged: 100,
  baseMs: 1000,
  capMs: 30_000,
  onUnknown: 'retry',
};

/** The policy of a historical load, which has time. */
export const backfillRetryPolicy: RetryPolicy = { ...ciRetryPolicy, maxAttempts: 12, capMs: 300_000 };

/** A wait before the next attempt. */
export interface RetryWait<P extends SendPart> {
  readonly part: P;
  /** Attempts made so far. */
  readonly attempt: number;
  readonly waitMs: number;
  readonly outcome: Outcome;
}

/** What `withRetry` needs to know besides the policy. */
export interface RetryOptions<P extends SendPart> {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** Milliseconds the run has left; a longer wait is not begun. */
  readonly remainingMs?: () => number;
  /** The longest wait that makes sense for one part, in milliseconds (its own deadline). */
  readonly maxWaitMs?: number;
  /** Aborted: what is in flight may finish, nothing is tried again. */
  readonly drain?: AbortSignal;
  readonly onWait?: (wait: RetryWait<P>) => void;
}

/**
 * Sends again while that can help. Waits `max(told, full jitter)`. Knows nothing of HTTP.
 *
 * A doubt is kept: once an attempt ended `unknown`, only an acceptance or a refusal of the content itself settles the
 * part; running out of attempts, or a refusal of the credentials, leaves it unknown.
 */
export function withRetry<P extends SendPart>(send: Send<P>, options: RetryOptions<P>): Send<P> {
  const { policy, clock, drain } = options;

  return async (part, signal) => {
    let doubt: Unknown | undefined;
    let charged = 0;
    let uncharged = 0;
    let failure: Retryable | undefined;
    const stopping = () => signal.aborted || drain?.aborted === true;

    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(part, signal);
      if (outcome.status === 'unknown') doubt = outcome;
      if (counts(outcome)) charged += 1;
      if (outcome.status === 'retryable' && outcome.charged === false) uncharged += 1;

      if (stopping()) return settled(outcome, doubt);
      if (outcome.status === 'retryable' && outcome.maxAttempts === 0 && failure !== undefined) {
        return settled(withLastFailure(outcome, failure), doubt);
      }
      if (outcome.status === 'retryable') failure = outcome;
      if (!mayRetry(outcome, charged, uncharged, policy)) return settled(outcome, doubt);

      const told = outcome.status === 'retryable' ? (outcome.waitMs ?? 0) : 0;
      const waitMs = Math.max(told, fullJitter(attempt, policy, clock));
      if (waitMs > Math.min(options.remainingMs?.() ?? Infinity, options.maxWaitMs ?? Infinity)) {
        return settled(waitTooLong(outcome, waitMs), doubt);
      }

      options.onWait?.({ part, attempt, waitMs, outcome });
      await clock.sleep(waitMs, drain === undefined ? signal : AbortSignal.any([signal, drain]));
      if (stopping()) return settled(outcome, doubt);
    }
  };
}

/** An attempt of which nothing reached the target is a matter of time, not of numbers. */
function counts(outcome: Outcome): boolean {
  return !(outcome.status === 'retryable' && (outcome.charged === false || outcome.untilDeadline === true));
}

function mayRetry(
  outcome: Outcome,
  charged: number,
  uncharged: number,
  policy: RetryPolicy,
): outcome is Retryable | Unknown {
  switch (outcome.status) {
    case 'accepted':
    case 'rejected':
      return false;
    case 'unknown':
      return policy.onUnknown === 'retry' && charged < policy.maxAttempts;
    case 'retryable':
      if (outcome.mayBeStored === true && policy.onUnknown === 'stop') return false;
      if (uncharged >= policy.maxUncharged) return false;
      if (charged >= (outcome.maxAttempts ?? Infinity)) return false;
      return outcome.untilDeadline === true || charged < policy.maxAttempts;
  }
}

/** Between 0 and a ceiling that doubles: spreads clients that failed together. */
function fullJitter(attempt: number, policy: RetryPolicy, clock: Clock): number {
  return clock.random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
}

/** A part that got no further turn is as its last attempt left it. */
function withLastFailure(barred: Retryable, failure: Retryable): Retryable {
  const reason = `${failure.reason} ${barred.reason}`;
  return { ...failure, reason, ...(barred.thenStop === undefined ? {} : { thenStop: barred.thenStop }) };
}

function waitTooLong(outcome: Retryable | Unknown, waitMs: number): Outcome {
  const reason = `${outcome.reason} The next attempt would have to wait ${seconds(waitMs)}, longer than the time left; run again after that.`;
  if (outcome.status === 'unknown') return { ...outcome, reason };
  return { ...outcome, reason, ...(outcome.pause === 'target' ? { thenStop: 'target' as const } : {}) };
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

function settled(outcome: Outcome, doubt: Unknown | undefined): Outcome {
  if (doubt === undefined || doubt === outcome) return outcome;
  switch (outcome.status) {
    case 'accepted':
    case 'unknown':
      return outcome;
    case 'rejected':
      return outcome.scope === 'part' ? outcome : { ...outcome, mayBeStored: true };
    case 'retryable':
      return {
        status: 'unknown',
        code: doubt.code,
        reason: `${doubt.reason} Trying again did not settle it: ${outcome.reason}`,
        ...(doubt.httpStatus === undefined ? {} : { httpStatus: doubt.httpStatus }),
        ...(outcome.thenStop === undefined ? {} : { thenStop: outcome.thenStop }),
      };
  }
}
