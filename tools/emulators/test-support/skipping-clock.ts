import { type Clock, systemClock } from '../../../packages/collector/src/send/clock.ts';

/** A clock that does not wait between attempts but says that it did; limits of a request stay what they are. */
export interface SkippingClock extends Clock {
  /** Waits that were skipped, in milliseconds. */
  readonly skipped: readonly number[];
}

/** Waits from here on are limits, not pauses between attempts, in milliseconds. */
const shortestLimitMs = 200_000;

export function createSkippingClock(): SkippingClock {
  const skipped: number[] = [];
  let ahead = 0;
  return {
    skipped,
    now: () => systemClock.now() + ahead,
    epoch: () => systemClock.epoch() + ahead,
    random: () => 0.5,
    async sleep(ms, signal) {
      if (ms >= shortestLimitMs) return systemClock.sleep(ms, signal);
      skipped.push(ms);
      ahead += ms;
    },
  };
}
