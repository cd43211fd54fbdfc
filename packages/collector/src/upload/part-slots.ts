/** Bounds how many parts are in memory. */
export interface PartSlots {
  /** Waits for a free slot and takes it. */
  take(): Promise<void>;
  /** Gives a slot back. */
  free(): void;
}

/** `count` slots, served in order. `p-limit` queues without bound; this stands in front of it. */
export function createPartSlots(count: number): PartSlots {
  let left = count;
  const waiting: (() => void)[] = [];

  return {
    take() {
      if (left > 0) {
        left -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    free() {
      const next = waiting.shift();
      if (next === undefined) left += 1;
      else next();
    },
  };
}
