import type { Outcome, Send, SendPart } from './outcome.ts';
import { leftBecause } from './with-gate.ts';

/** How many requests may be under way. */
export interface ConcurrencyOptions {
  /** Never more at a time. */
  readonly max: number;
  /** At the beginning. Default `max`. */
  readonly start?: number;
  /** Aborted: nobody waits for a turn any more. */
  readonly drain?: AbortSignal;
}

/** One more request at a time after so many accepted ones. */
const successesPerStep = 20;

/**
 * Lets at most so many attempts be under way, and learns how many the target bears: one more after every 20 that it
 * accepted, half of them when it asks for fewer. Those that wait are served in order; a part that waits for its next
 * attempt is not under way.
 */
export function withConcurrency<P extends SendPart>(send: Send<P>, options: ConcurrencyOptions): Send<P> {
  const { max, drain } = options;
  let allowed = Math.max(1, Math.min(options.start ?? max, max));
  let running = 0;
  let successes = 0;
  let generation = 0;
  const waiting = new Set<() => void>();

  const wake = () => {
    for (const go of waiting) {
      if (running >= Math.floor(allowed)) return;
      waiting.delete(go);
      running += 1;
      go();
    }
  };

  const enter = async (signal: AbortSignal): Promise<boolean> => {
    if (waiting.size === 0 && running < Math.floor(allowed)) {
      running += 1;
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const go = () => resolve(true);
    const leave = () => {
      if (waiting.delete(go)) resolve(false);
    };
    waiting.add(go);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  const learn = (outcome: Outcome, startedIn: number) => {
    if (outcome.status === 'accepted') {
      successes += 1;
      if (successes % successesPerStep === 0) allowed = Math.min(max, allowed + 1);
    } else if (outcome.status === 'retryable' && outcome.code === 'rate-limited' && startedIn === generation) {
      // Those that were under way together are told the same thing together; it counts once.
      generation += 1;
      successes = 0;
      allowed = Math.max(1, Math.floor(allowed / 2));
    }
  };

  return async (part, signal) => {
    const leaving = drain === undefined ? signal : AbortSignal.any([signal, drain]);
    if (leaving.aborted || !(await enter(leaving))) return leftBecause(leaving.reason);
    const startedIn = generation;
    try {
      const outcome = await send(part, signal);
      learn(outcome, startedIn);
      return outcome;
    } finally {
      running -= 1;
      wake();
    }
  };
}
