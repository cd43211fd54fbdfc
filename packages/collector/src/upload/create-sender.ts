import type { LedgerItem, LedgerRun } from '../ledger/ledger.ts';
import { createCircuitBreaker } from '../send/circuit-breaker.ts';
import type { Clock } from '../send/clock.ts';
import type { HttpTransport } from '../send/http-transport.ts';
import type { Send, SendPart } from '../send/outcome.ts';
import { outcomeOfFailure } from '../send/outcome-of-failure.ts';
import { ciBudget, withBudget } from '../send/with-budget.ts';
import { withConcurrency } from '../send/with-concurrency.ts';
import { requestLimitMs, withDeadline } from '../send/with-deadline.ts';
import { createGate, type Gate, withGate } from '../send/with-gate.ts';
import { withLedger } from '../send/with-ledger.ts';
import { ciRetryPolicy, type RetryPolicy, withRetry } from '../send/with-retry.ts';
import { withSecondOpinion } from '../send/with-second-opinion.ts';
import { withToken } from '../send/with-token.ts';
import type { UploadContext } from '../targets/target.ts';
import type { UploadOptions } from './upload-types.ts';

/** A part, where it goes, and what the run has done for it. */
export interface PartOnItsWay extends SendPart {
  readonly path: string;
  readonly context: UploadContext;
  /** Absent without a ledger. */
  readonly item: LedgerItem | undefined;
  attempts: number;
  token?: string;
}

/** What a sender needs of the run it belongs to. */
export interface SenderRun {
  readonly options: UploadOptions;
  readonly clock: Clock;
  readonly transport: HttpTransport;
  readonly ledger: LedgerRun | undefined;
  readonly policy: RetryPolicy;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Aborted: nothing new is sent. */
  readonly drain: AbortSignal;
  readonly remainingMs: () => number;
}

/** Sends parts to one target. */
export interface Sender {
  readonly send: Send<PartOnItsWay>;
  readonly gate: Gate;
}

/** The retry policy of a run: the defaults, the target's word on doubtful parts, the caller's wishes. */
export function retryPolicyOf({ destination, retry }: UploadOptions): RetryPolicy {
  return { ...ciRetryPolicy, onUnknown: destination.target.onUnknown, ...retry };
}

/**
 * From the outside in: time for the part, attempts, their price, a free place, permission, a token, memory, time for the
 * request, the request.
 * The ledger is inside of everything that waits, so that `sending` means that bytes may be leaving right now.
 */
export function createSender(run: SenderRun): Sender {
  const { options, clock, policy, drain, remainingMs, ledger } = run;
  const emit = (event: Parameters<NonNullable<UploadOptions['onEvent']>>[0]) => options.onEvent?.(event);
  const partDeadlineMs = options.partDeadlineMs ?? 180_000;

  const gate = createGate({
    clock,
    breaker: createCircuitBreaker(options.breaker),
    remainingMs,
    drain,
    onPause: (pause) => emit({ type: 'paused', ...pause }),
  });

  const limited = withDeadline(transmit(run), requestLimitMs, clock);
  const recorded = ledger === undefined ? limited : withLedger(limited, attemptLog(ledger));
  const admitted = withToken(recorded, options.destination.tokens, drain);
  const permitted = withGate(withSecondOpinion(admitted, clock), gate);
  const metered = withConcurrency(permitted, {
    max: run.concurrency,
    ...(options.startConcurrency === undefined ? {} : { start: options.startConcurrency }),
    drain,
  });
  const priced = withBudget(metered, { clock, ...(options.budget ?? ciBudget), drain });
  const repeated = withRetry(priced, {
    policy,
    clock,
    remainingMs,
    maxWaitMs: partDeadlineMs,
    drain,
    onWait: ({ part, attempt, waitMs, outcome }) =>
      emit({
        type: 'waiting',
        path: part.path,
        number: part.number,
        lane: part.lane,
        attempt,
        waitMs,
        reason: outcome.status === 'accepted' ? '' : outcome.reason,
      }),
  });
  return { send: withDeadline(repeated, () => partDeadlineMs, clock), gate };
}

/** One request, one answer, one outcome. */
function transmit({ options, transport, clock }: SenderRun): Send<PartOnItsWay> {
  const { destination } = options;
  let seenBefore = false;

  return async (part, signal) => {
    part.attempts += 1;
    options.onEvent?.({
      type: 'sending',
      path: part.path,
      number: part.number,
      lane: part.lane,
      attempt: part.attempts,
      bytes: part.bytes.byteLength,
    });
    const request = destination.requestFor(part, part.context, part.attempts, part.token);
    const result = await transport.request(request, signal);
    if (result.type === 'failure') return outcomeOfFailure(result, { origin: destination.origin, seenBefore });
    seenBefore = true;
    return destination.outcomeOf(result, clock.epoch(), request);
  };
}

function attemptLog(ledger: LedgerRun) {
  return {
    async begin(part: PartOnItsWay) {
      if (part.item !== undefined) await ledger.beginAttempt(part.item, part.sha256);
    },
    async end(part: PartOnItsWay, end: Parameters<LedgerRun['endAttempt']>[2]) {
      if (part.item !== undefined) await ledger.endAttempt(part.item, part.sha256, end);
    },
  };
}
