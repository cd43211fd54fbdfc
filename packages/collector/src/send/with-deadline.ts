import type { Clock } from './clock.ts';
import type { Send, SendPart } from './outcome.ts';

/** The reason a signal carries when a time limit, not a person, aborted it. */
export class DeadlineReached extends Error {
  readonly code = 'deadline';

  constructor(ms: number) {
    super(`the limit of ${Math.round(ms / 100) / 10} s was reached`);
    this.name = 'DeadlineReached';
  }
}

/** A reason that is at hand: without one, each end would make an error with a stack that nobody looks at. */
const isOver = 'over';

/**
 * Gives each call at most `limitMs(part)` milliseconds and aborts it then. The call itself says what that means: whether
 * the part had left, or not, is known only where the bytes are counted.
 */
export function withDeadline<P extends SendPart>(send: Send<P>, limitMs: (part: P) => number, clock: Clock): Send<P> {
  return async (part, signal) => {
    const limit = new AbortController();
    const finished = new AbortController();
    const ms = limitMs(part);

    void clock.sleep(ms, finished.signal).then(() => {
      if (!finished.signal.aborted) limit.abort(new DeadlineReached(ms));
    });
    try {
      return await send(part, AbortSignal.any([signal, limit.signal]));
    } finally {
      finished.abort(isOver);
    }
  };
}

/** How long one request may take: 30 s, and the time its bytes need at 64 KiB per second. In milliseconds. */
export function requestLimitMs(part: { readonly bytes: Uint8Array }): number {
  return 30_000 + (part.bytes.byteLength / 65_536) * 1000;
}
