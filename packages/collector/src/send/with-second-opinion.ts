import type { Clock } from './clock.ts';
import type { Send, SendPart } from './outcome.ts';

/** Who accepted something so short a time ago is not switched off. */
const freshMs = 15_000;

/**
 * Doubts outcomes that would end the whole run. A target that says "not available" may be switched off, or only be busy;
 * while it goes on accepting other parts it is busy, and the part is simply tried again as after any other trouble.
 */
export function withSecondOpinion<P extends SendPart>(send: Send<P>, clock: Clock): Send<P> {
  let acceptedAt = -Infinity;

  return async (part, signal) => {
    const outcome = await send(part, signal);
    if (outcome.status === 'accepted') acceptedAt = clock.now();
    if (outcome.status !== 'retryable' || outcome.code !== 'collector-disabled') return outcome;
    if (clock.now() - acceptedAt > freshMs) return outcome;

    const { maxAttempts: _, thenStop: __, waitMs: ___, toldMs, ...busy } = outcome;
    return { ...busy, code: 'server-error', ...(toldMs === undefined ? {} : { waitMs: toldMs }) };
  };
}
