import { quickHash } from '../hashing/quick-hash.ts';

const initialSlots = 1024;
/** A free slot is found quickly as long as a quarter of them is free. */
const mostUsed = 0.75;

/**
 * Counts the entries of each dependency of a project, of which there may be as many as there are entries. Memory, outside of
 * the heap: at most 35 bytes for each. Keys are told apart by 64 bits of hash.
 */
export class DependencyTable {
  #size = 0;
  #hashes = new Uint32Array(initialSlots * 2);
  /** Entries of each; 0 in a free slot. */
  #totals = new Uint32Array(initialSlots);
  #left = new Uint32Array(initialSlots);
  #flags = new Uint8Array(initialSlots);

  /** First pass: one more entry. Returns the slot of its dependency. */
  count(key: string): number {
    if (this.#size >= this.#totals.length * mostUsed) this.#grow();
    const [high, low] = quickHash(key);
    const slot = this.#find(high, low);
    if (this.#totals[slot] === 0) {
      this.#hashes.set([high, low], slot * 2);
      this.#size += 1;
    }
    this.#totals[slot] = this.total(slot) + 1;
    this.#left[slot] = this.left(slot) + 1;
    return slot;
  }

  /** The slot of a dependency that was counted; slots stay as they are as long as no other is counted. */
  slotOf(key: string): number {
    const slot = this.#find(...quickHash(key));
    if (this.#totals[slot] === 0) throw new Error('The second pass over the findings saw one that the first did not.');
    return slot;
  }

  /** Second pass: an entry has come. Returns how many are still to come. */
  take(slot: number): number {
    const left = this.left(slot) - 1;
    this.#left[slot] = left;
    return left;
  }

  total(slot: number): number {
    return this.#totals[slot] as number;
  }

  left(slot: number): number {
    return this.#left[slot] as number;
  }

  /** Eight bits for whatever is to be known of a dependency; 0 at first. */
  flags(slot: number): number {
    return this.#flags[slot] as number;
  }

  setFlags(slot: number, flags: number): void {
    this.#flags[slot] = flags;
  }

  /** The slot with this hash, or the free one where it belongs. */
  #find(high: number, low: number): number {
    const slots = this.#totals.length;
    let slot = low % slots;
    while (this.#totals[slot] !== 0 && (this.#hashes[slot * 2] !== high || this.#hashes[slot * 2 + 1] !== low)) {
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
    return slot;
  }

  #grow(): void {
    const [hashes, totals, left, flags] = [this.#hashes, this.#totals, this.#left, this.#flags];
    const slots = Math.ceil(totals.length * 1.5);
    this.#hashes = new Uint32Array(slots * 2);
    this.#totals = new Uint32Array(slots);
    this.#left = new Uint32Array(slots);
    this.#flags = new Uint8Array(slots);
    for (let old = 0; old < totals.length; old += 1) {
      if (totals[old] === 0) continue;
      const [high, low] = [hashes[old * 2] as number, hashes[old * 2 + 1] as number];
      const slot = this.#find(high, low);
      this.#hashes[slot * 2] = high;
      this.#hashes[slot * 2 + 1] = low;
      this.#totals[slot] = totals[old] as number;
      this.#left[slot] = left[old] as number;
      this.#flags[slot] = flags[old] as number;
    }
  }
}
