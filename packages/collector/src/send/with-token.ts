import type { Send, SendPart } from './outcome.ts';
import type { TokenSource } from './token-source.ts';
import { leftBecause } from './with-gate.ts';

/** A part that travels with a token. */
export interface PartWithToken extends SendPart {
  token?: string;
}

/**
 * Gives each attempt a token. A token that had been good and is refused has expired: all workers share one new one, and
 * the part is sent again with it, once. Any other refusal of a token is final.
 */
export function withToken<P extends PartWithToken>(
  send: Send<P>,
  tokens: TokenSource | undefined,
  drain?: AbortSignal,
): Send<P> {
  if (tokens === undefined) return send;

  return async (part, signal) => {
    const leaving = drain === undefined ? signal : AbortSignal.any([signal, drain]);
    for (let attempt = 1; ; attempt += 1) {
      const got = await tokens.get(leaving);
      if (got === undefined) return leftBecause(leaving.reason);
      if ('refused' in got) return { status: 'rejected', code: 'auth', reason: got.refused, scope: 'target' };

      part.token = got.token;
      const outcome = await send(part, signal);
      const isRefused = outcome.status === 'rejected' && outcome.httpStatus === 401;
      // Whatever else the target had to say, it knew who was asking.
      if (outcome.httpStatus !== undefined && !isRefused) tokens.confirm(got.token);
      const expired = isRefused && tokens.reject(got.token);
      if (!expired || attempt === 2 || leaving.aborted) return outcome;
    }
  };
}
