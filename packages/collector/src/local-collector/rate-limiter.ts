import type { RateLimit } from './options.ts';
import type { Clock } from './tenant.ts';

/**
 * Counts requests per caller in fixed windows. Gives the seconds to wait where the window is full, else undefined.
 * Without a limit nothing is ever full.
 */
export function createRateLimiter(limit: RateLimit | undefined, clock: Clock): (caller: string) => number | undefined {
  const windows = new Map<string, { end: number; left: number }>();
  return (caller) => {
    if (limit === undefined) return undefined;
    const now = clock();
    let window = windows.get(caller);
    if (window === undefined || now >= window.end) {
      window = { end: now + limit.perMs, left: limit.requests };
      windows.set(caller, window);
    }
    if (window.left === 0) return Math.ceil((window.end - now) / 1000);
    window.left -= 1;
    return undefined;
  };
}
