/** How many entries the tables of one rule hold. What comes later is not compared. */
export const maxTableEntries = 1_000_000;

const initialSlots = 1024;

/**
 * Two numbers for each digest, in 20 to 50 bytes an entry, up to a bound: what compares the results of a run must not grow with
 * them for ever. Digests are those of `valueDigest`.
 */
export class DigestTable {
  readonly #maxEntries: number;
  #keys = new Float64Array(initialSlots);
  #values = new Float64Array(initialSlots);
  #notes = new Float64Array(initialSlots);
  #entries = 0;

  constructor(maxEntries = maxTableEntries) {
    this.#maxEntries = maxEntries;
  }

  get isFull(): boolean {
    return this.#entries >= this.#maxEntries;
  }

  /** Position of a digest, valid until the next `set`; -1 when it is not there. */
  find(digest: number): number {
    const slot = this.#slotOf(digest);
    return this.#keys[slot] === 0 ? -1 : slot;
  }

  valueAt(position: number): number {
    return this.#values[position] as number;
  }

  noteAt(position: number): number {
    return this.#notes[position] as number;
  }

  /** Sets the numbers of a digest. False, having done nothing, when it would be one too many. */
  set(digest: number, value: number, note = 0): boolean {
    let slot = this.#slotOf(digest);
    if (this.#keys[slot] === 0) {
      if (this.isFull) return false;
      if ((this.#entries + 1) * 2 > this.#keys.length) {
        this.#grow();
        slot = this.#slotOf(digest);
      }
      this.#entries += 1;
      this.#keys[slot] = keyOf(digest);
    }
    this.#values[slot] = value;
    this.#notes[slot] = note;
    return true;
  }

  #slotOf(digest: number): number {
    const key = keyOf(digest);
    const mask = this.#keys.length - 1;
    let slot = Math.imul(key >>> 0, 0x9e3779b1) >>> 7;
    for (; ; slot += 1) {
      slot &= mask;
      const found = this.#keys[slot] as number;
      if (found === 0 || found === key) return slot;
    }
  }

  #grow(): void {
    const [keys, values, notes] = [this.#keys, this.#values, this.#notes];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Float64Array(keys.length * 2);
    this.#notes = new Float64Array(keys.length * 2);
    for (let old = 0; old < keys.length; old += 1) {
      const key = keys[old] as number;
      if (key === 0) continue;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#values[slot] = values[old] as number;
      this.#notes[slot] = notes[old] as number;
    }
  }
}

/** Zero marks what is empty. */
function keyOf(digest: number): number {
  return digest === 0 ? 1 : digest;
}
