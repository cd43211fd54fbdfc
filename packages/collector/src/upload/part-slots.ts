/** Bounds how many parts are in memory, and how many bytes they have together. */
export interface PartSlots {
  /** Waits for room for a part of the largest size, and takes it. */
  take(): Promise<void>;
  /** The part has been made: what it does not need of the room is there for others. */
  fill(bytes: number): void;
  /** A part that was filled is gone; or, without `bytes`, the room was not needed. */
  free(bytes?: number): void;
}

/** How much room there is. */
export interface PartRoom {
  /** Parts at most, however small. */
  readonly parts: number;
  /** The largest part, in bytes. */
  readonly largest: number;
  /** For so many parts of the largest size. */
  readonly ofLargest: number;
}

/** Room for parts, given in the order in which it was asked for. */
export function createPartSlots({ parts, largest, ofLargest }: PartRoom): PartSlots {
  const room = largest * ofLargest;
  let held = 0;
  let bytes = 0;
  const waiting: (() => void)[] = [];

  const hasRoom = () => held < parts && (held === 0 || bytes + largest <= room);
  const admit = () => {
    held += 1;
    bytes += largest;
  };
  const wake = () => {
    while (waiting.length > 0 && hasRoom()) {
      admit();
      waiting.shift()?.();
    }
  };

  return {
    take() {
      if (waiting.length === 0 && hasRoom()) {
        admit();
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    fill(actual) {
      bytes += actual - largest;
      wake();
    },
    free(actual = largest) {
      held -= 1;
      bytes -= actual;
      wake();
    },
  };
}
