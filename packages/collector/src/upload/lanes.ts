import pLimit from 'p-limit';
import type { LedgerItem } from '../ledger/ledger.ts';
import type { PartCode } from './upload-types.ts';

/** A lane of this run: one thing at a time, in the order in which it was asked for. */
export interface Lane {
  readonly key: string;
  /** Why nothing more is sent in it. */
  stopped: { readonly code: PartCode; readonly reason: string } | undefined;
  /** The document that the lane is busy with, as the ledger has it. */
  item: LedgerItem | undefined;
}

/** All lanes of a run. */
export interface Lanes {
  get(key: string): Lane;
  /** Runs `work` after everything that was enqueued in the lane before, and never in more than `most` lanes at once. */
  enqueue(lane: Lane, work: () => Promise<void>): void;
  /** Everything that was enqueued is done. */
  idle(): Promise<void>;
}

/** Lanes run side by side, each of them strictly in order. `work` must not reject. */
export function createLanes(most: number): Lanes {
  const limit = pLimit(most);
  const lanes = new Map<string, { readonly lane: Lane; tail: Promise<void> }>();

  return {
    get(key) {
      const known = lanes.get(key);
      if (known !== undefined) return known.lane;
      const lane: Lane = { key, stopped: undefined, item: undefined };
      lanes.set(key, { lane, tail: Promise.resolve() });
      return lane;
    },
    enqueue(lane, work) {
      const entry = lanes.get(lane.key);
      if (entry === undefined) throw new Error(`The lane '${lane.key}' is not one of this run.`);
      entry.tail = entry.tail.then(() => limit(work));
    },
    async idle() {
      await Promise.all([...lanes.values()].map((entry) => entry.tail));
    },
  };
}
