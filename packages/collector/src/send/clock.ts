/** Node fires a timer above this at once instead of late, so long waits are cut into pieces of at most this. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Time and chance, as everything that sends takes them. A parameter everywhere, so tests never sleep and never guess.
 */
export interface Clock {
  /** Monotonic milliseconds. The only time that waits and deadlines are measured in: it does not jump. */
  now(): number;
  /** Milliseconds since the Unix epoch. For what is written down or signed, never for waiting. */
  epoch(): number;
  /** Resolves after `ms` milliseconds, or as soon as `signal` aborts. Never rejects; negative and `NaN` count as zero. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    for (let left = Number.isNaN(ms) ? 0 : ms; left > 0; left -= longestTimerMs) {
      if (signal?.aborted === true) return;
      await timer(Math.min(left, longestTimerMs), signal);
    }
  },
};

/** By hand, because those of `node:timers/promises` make an error with a stack for each wait that ends early, as most do. */
function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timeout = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
