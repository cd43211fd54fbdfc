import type { Clock } from './clock.ts';
import type { Send, SendPart } from './outcome.ts';

/** How many second attempts a target is owed, all parts together. */
export interface BudgetOptions {
  readonly clock: Clock;
  /** Tokens at the start, and the most there can be. */
  readonly capacity: number;
  /** Tokens each accepted part earns. */
  readonly perSuccess: number;
  /** One more token after so many milliseconds, so that a run with nothing but trouble slows down and does not freeze. */
  readonly refillMs: number;
  /** Aborted: nobody waits for a token any more. */
  readonly drain?: AbortSignal;
}

/**
 * The budget of a pipeline run. What a target that is down has to bear is decided by `capacity`, as nothing is earned
 * then. `perSuccess` decides how much trouble of a living target is worked through at full speed: half a token is enough
 * for one that refuses a third of all requests.
 */
export const ciBudget = { capacity: 20, perSuccess: 0.5, refillMs: 5000 };

/**
 * Second attempts cost a token; an empty purse makes them wait, never fail. During an outage the load on the target
 * stays close to what it would be without any retries, whatever the number of parts. First attempts, and attempts
 * after an answer that does not count (429), are free.
 */
export function withBudget<P extends SendPart>(send: Send<P>, options: BudgetOptions): Send<P> {
  const { clock, capacity } = options;
  const owing = new WeakSet<P>();
  let tokens = capacity;
  let filledAt = clock.now();

  const refill = () => {
    const now = clock.now();
    tokens = Math.min(capacity, tokens + (now - filledAt) / options.refillMs);
    filledAt = now;
  };

  const spend = async (signal: AbortSignal) => {
    refill();
    tokens -= 1;
    // Below zero the token is borrowed from the time it takes to earn it, so waiters are served in order.
    if (tokens < 0) await clock.sleep(-tokens * options.refillMs, signal);
  };

  return async (part, signal) => {
    if (owing.has(part)) {
      await spend(options.drain === undefined ? signal : AbortSignal.any([signal, options.drain]));
    }
    const outcome = await send(part, signal);
    if (outcome.status === 'retryable' && outcome.charged === false) owing.delete(part);
    else owing.add(part);
    if (outcome.status === 'accepted') {
      refill();
      tokens = Math.min(capacity, tokens + options.perSuccess);
    }
    return outcome;
  };
}
