import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that moves only when a test says so, or, with `runAll`, straight to the next thing that waits. */
export interface FakeClock extends Clock {
  /** Every wait that was asked for, in milliseconds, in order. */
  readonly slept: number[];
  /** How long until the next thing that waits is due, in milliseconds; `undefined` when nothing waits. */
  next(): number | undefined;
  /** Moves on by `ms`, waking what is due on the way, in order. */
  advance(ms: number): Promise<void>;
  /** Runs until `promise` settles, moving the time to the next timer whenever nothing else is going on. */
  runAll<T>(promise: Promise<T>): Promise<T>;
}

/** `random` gives the jitter; the default is its upper end, so full jitter waits its whole ceiling. */
export function createFakeClock(random: () => number = () => 0.999999999): FakeClock {
  let now = 1000;
  const timers = new Set<Timer>();
  const slept: number[] = [];

  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const earliest = () =>
    [...timers].reduce<Timer | undefined>((a, b) => (a === undefined || b.at < a.at ? b : a), undefined);

  return {
    slept,
    now: () => now,
    epoch: () => 1_700_000_000_000 + now,
    random,
    sleep(ms, signal) {
      if (!(ms > 0) || signal?.aborted === true) return Promise.resolve();
      slept.push(ms);
      return new Promise((resolve) => {
        const done = () => {
          timers.delete(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer: Timer = { at: now + ms, wake: done };
        timers.add(timer);
        signal?.addEventListener('abort', done);
      });
    },
    next() {
      const timer = earliest();
      return timer === undefined ? undefined : timer.at - now;
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let next = earliest(); next !== undefined && next.at <= end; next = earliest()) {
        now = next.at;
        next.wake();
        await settle();
      }
      now = end;
    },
    async runAll(promise) {
      let running = true;
      const stop = () => {
        running = false;
      };
      promise.then(stop, stop);
      await settle();
      while (running) {
        const next = earliest();
        if (next !== undefined) {
          now = next.at;
          next.wake();
        }
        await settle();
      }
      return promise;
    },
  };
}
