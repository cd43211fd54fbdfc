import type { Fault, FaultPlan, PlannedFault } from './fault.ts';
import { createRandom } from './random.ts';

/** What a test holds to order faults. */
export interface FaultControl {
  /** Orders a fault; gives the id for `remove`. Throws `RangeError` for a plan that makes no sense. */
  add(fault: Fault, plan?: FaultPlan): number;
  /** Says whether there was one. */
  remove(id: number): boolean;
  clear(): void;
  /** Those not used up, in order. */
  list(): PlannedFault[];
}

export interface FaultSource {
  /** The fault for the next request: the first that applies. Every fault of that kind of request counts it. */
  next(kind: 'uploads' | 'reads'): Fault | undefined;
}

export function createFaults(): FaultControl & FaultSource {
  interface Entry {
    readonly id: number;
    readonly fault: Fault;
    readonly plan: FaultPlan;
    readonly random: () => number;
    toSkip: number;
    left: number;
    struck: number;
  }
  let entries: Entry[] = [];
  let lastId = 0;

  return {
    add(fault, plan = {}) {
      const { times, skip = 0, probability = 1, seed = 1 } = plan;
      if (!(probability >= 0 && probability <= 1)) throw new RangeError(`probability is ${probability}; give 0 to 1.`);
      if (!Number.isInteger(skip) || skip < 0) throw new RangeError(`skip is ${skip}; give a whole number, 0 or more.`);
      if (times !== undefined && !(times >= 1)) throw new RangeError(`times is ${times}; give 1 or more.`);
      const left = times ?? (plan.probability === undefined ? 1 : Number.POSITIVE_INFINITY);
      lastId += 1;
      entries.push({ id: lastId, fault, plan, random: createRandom(seed), toSkip: skip, left, struck: 0 });
      return lastId;
    },
    remove(id) {
      const before = entries.length;
      entries = entries.filter((entry) => entry.id !== id);
      return entries.length < before;
    },
    clear() {
      entries = [];
    },
    list: () => entries.map(({ id, fault, plan, struck }) => ({ id, fault, plan, struck })),
    next(kind) {
      for (const entry of entries) {
        const on = entry.plan.on ?? 'uploads';
        if (on !== 'all' && on !== kind) continue;
        if (entry.toSkip > 0) {
          entry.toSkip -= 1;
          continue;
        }
        if (entry.random() >= (entry.plan.probability ?? 1)) continue;
        entry.left -= 1;
        entry.struck += 1;
        if (entry.left <= 0) entries = entries.filter((other) => other !== entry);
        return entry.fault;
      }
      return undefined;
    },
  };
}
