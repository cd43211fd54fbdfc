import { type CircuitBreaker, createCircuitBreaker, type SignOfLife } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import type { Outcome, OutcomeCode, Retryable, Send, SendPart } from './outcome.ts';
import { DeadlineReached } from './with-deadline.ts';

/** Why nothing more goes to a target in this run. */
export interface GateStop {
  readonly code: OutcomeCode;
  readonly reason: string;
}

/** A time in which nothing is sent. */
export interface GatePause {
  readonly waitMs: number;
  readonly cause: 'told' | 'breaker';
  readonly reason: string;
}

/** What `createGate` needs. */
export interface GateOptions {
  readonly clock: Clock;
  readonly breaker?: CircuitBreaker;
  /** Milliseconds the run has left; nobody waits at the gate for longer. */
  readonly remainingMs?: () => number;
  /** Aborted: waiters leave without sending. */
  readonly drain?: AbortSignal;
  readonly onPause?: (pause: GatePause) => void;
}

/** One per target, shared by all its workers: a 429, a refusal of the credentials or an outage concerns them all. */
export interface Gate {
  /** Waits until sending is allowed. Resolves to an outcome instead when it never will be in this run. */
  enter(signal: AbortSignal): Promise<Outcome | undefined>;
  /** Tells the gate what became of an attempt that had entered. */
  leave(outcome: Outcome): void;
  /** Closes the gate for the rest of the run. The first reason stays. */
  stop(stop: GateStop): void;
  readonly stopped: GateStop | undefined;
}

/** A gate that is open. */
export function createGate(options: GateOptions): Gate {
  const { clock } = options;
  const breaker = options.breaker ?? createCircuitBreaker();
  let closedUntil = 0;
  let pauseReason = '';
  /** A target that may be switched off is tried a few times, by one worker for all. */
  const trial = { rounds: 0, isOut: false };
  let stopped: GateStop | undefined;
  /** For those that wait, if anybody does. */
  let changed: AbortController | undefined;

  const wakeAll = () => {
    changed?.abort('changed');
    changed = undefined;
  };

  const waitMs = (now: number) =>
    Math.max(closedUntil - now, breaker.waitMs(now), trial.rounds > 0 && trial.isOut ? Infinity : 0);

  const onTrial = (outcome: Retryable, now: number) => {
    if (now < closedUntil) return;
    trial.rounds += 1;
    if (trial.rounds >= (outcome.maxAttempts ?? Infinity)) stopped ??= { code: outcome.code, reason: outcome.reason };
    else closeFor(outcome.waitMs ?? 0, outcome.reason);
  };

  const closeFor = (ms: number, reason: string) => {
    // Nobody comes back before the time that was named, and not all in the same instant after it.
    const until = clock.now() + ms * (1 + clock.random() * 0.1);
    if (until <= closedUntil) return;
    closedUntil = until;
    pauseReason = reason;
    options.onPause?.({ waitMs: ms, cause: 'told', reason });
  };

  return {
    get stopped() {
      return stopped;
    },
    async enter(signal) {
      const leaving = options.drain === undefined ? signal : AbortSignal.any([signal, options.drain]);
      for (;;) {
        if (stopped !== undefined) return notSent('target-stopped', stopped.reason);
        if (leaving.aborted) return leftBecause(leaving.reason, pauseReason);
        const wait = waitMs(clock.now());
        if (wait <= 0) break;
        if (Number.isFinite(wait) && wait > (options.remainingMs?.() ?? Infinity)) {
          return {
            ...notSent(
              'deadline',
              `${pauseReason || 'The target does not answer.'} The pause is longer than the time left; run again later.`,
            ),
            thenStop: 'target',
          };
        }
        changed ??= new AbortController();
        await clock.sleep(Math.min(wait, 2 ** 31 - 1), AbortSignal.any([leaving, changed.signal]));
      }
      breaker.start(clock.now());
      trial.isOut = trial.rounds > 0;
      return undefined;
    },
    leave(outcome) {
      const now = clock.now();
      trial.isOut = false;
      if (outcome.status === 'retryable' && outcome.code === 'collector-disabled') onTrial(outcome, now);
      // Any other answer shows that it is there.
      else if (outcome.httpStatus !== undefined) trial.rounds = 0;
      const before = breaker.waitMs(now);
      breaker.record(signOfLife(outcome), now);
      const after = breaker.waitMs(now);
      if (before <= 0 && after > 0 && Number.isFinite(after)) {
        const last = outcome.status === 'accepted' ? '' : ` ${outcome.reason}`;
        pauseReason = `The target failed too often in a row.${last}`;
        options.onPause?.({ waitMs: after, cause: 'breaker', reason: pauseReason });
      }
      if (outcome.status === 'retryable' && outcome.pause === 'target' && outcome.waitMs !== undefined) {
        closeFor(outcome.waitMs, outcome.reason);
      }
      const isLast = outcome.status === 'retryable' && outcome.thenStop === 'target' && outcome.maxAttempts === 1;
      if (isLast || (outcome.status === 'rejected' && outcome.scope === 'target')) {
        stopped ??= { code: outcome.code, reason: outcome.reason };
      }
      wakeAll();
    },
    stop(stop) {
      stopped ??= stop;
      wakeAll();
    },
  };
}

/** Lets a part through when the gate is open. The only wrapper that knows of other workers. */
export function withGate<P extends SendPart>(send: Send<P>, gate: Gate): Send<P> {
  return async (part, signal) => {
    const barred = await gate.enter(signal);
    if (barred !== undefined) return barred;
    let outcome: Outcome = {
      status: 'retryable',
      code: 'interrupted',
      reason: 'The attempt ended without an outcome.',
    };
    try {
      outcome = await send(part, signal);
      return outcome;
    } finally {
      gate.leave(outcome);
    }
  };
}

/** The outcome of a part that was waiting for its turn when its time, or the run, ended. */
export function leftBecause(reason: unknown, pauseReason = ''): Outcome {
  if (!(reason instanceof DeadlineReached))
    return notSent('interrupted', 'The run was stopped before this part was sent.');
  return notSent('deadline', `${pauseReason} The time for this part ran out before it could be sent.`.trim());
}

function notSent(code: OutcomeCode, reason: string) {
  return { status: 'retryable', code, reason, maxAttempts: 0 } as const;
}

function signOfLife(outcome: Outcome): SignOfLife | undefined {
  switch (outcome.status) {
    case 'accepted':
    case 'rejected':
      return 'well';
    case 'unknown':
      return outcome.httpStatus === undefined ? 'silent' : 'troubled';
    case 'retryable':
      // A throttled target is alive, and a run that is being stopped says nothing about the target.
      if (outcome.charged === false || outcome.code === 'interrupted') return undefined;
      return outcome.httpStatus === undefined ? 'silent' : 'troubled';
  }
}
