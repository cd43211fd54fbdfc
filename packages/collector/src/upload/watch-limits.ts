import type { Clock } from '../send/clock.ts';
import { DeadlineReached } from '../send/with-deadline.ts';

/** What ends a run from outside, and what it ends. */
export interface LimitOptions {
  readonly clock: Clock;
  /** `Infinity` for none. */
  readonly deadlineMs: number;
  /** How long what is in flight may take after `signal` aborted, in milliseconds. */
  readonly graceMs: number;
  readonly signal: AbortSignal | undefined;
  /** Aborted here: nothing new is sent. */
  readonly drain: AbortController;
  /** Aborted here: what is in flight is given up. */
  readonly hard: AbortController;
  readonly onDeadline: (reason: string) => void;
}

/**
 * Watches the user and the clock. An interruption drains first and gives up after the grace; the deadline gives up at
 * once, and leaves the reading alone, so that what was not sent is still counted.
 */
export function watchLimits(options: LimitOptions): { end(): void } {
  const { clock, deadlineMs, graceMs, signal, drain, hard } = options;
  const ended = new AbortController();

  const onSignal = () => {
    drain.abort();
    void clock.sleep(graceMs, ended.signal).then(() => hard.abort());
  };
  if (signal?.aborted === true) onSignal();
  else signal?.addEventListener('abort', onSignal, { once: true });

  if (Number.isFinite(deadlineMs)) {
    void clock.sleep(deadlineMs, ended.signal).then(() => {
      if (ended.signal.aborted) return;
      const reached = new DeadlineReached(deadlineMs);
      options.onDeadline(`The upload was ended: ${reached.message} for the whole run.`);
      hard.abort(reached);
    });
  }
  return {
    end() {
      ended.abort();
      signal?.removeEventListener('abort', onSignal);
    },
  };
}
