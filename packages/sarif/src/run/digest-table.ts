/** How many entries the tables of one rule hold. What comes later is not compared. */
export const maxTableEntries = 1_000_000;

/** Few: most logs are small. */
const initialSlots = 64;

/** Numbers in a slot, beside the note. */
const slotNumbers = 2;

/** Before the first entry: a run has a dozen tables, and a log may have many runs that need few of them. */
const none = new Float64Array(0);
const noNotes = new Uint32Array(0);

/**
 * Two numbers for each digest, in 20 to 40 bytes an entry, up to a bound: what compares the results of a run must not grow with
 * them for ever. Digests are those of `valueDigest`.
 */
export class DigestTable {
  readonly #maxEntries: number;
  /** For each slot the key and the value, side by side: a lookup goes to one place in memory. */
  #slots = none;
  #notes = noNotes;
  #entries = 0;

  constructor(maxEntries = maxTableEntries) {
    this.#maxEntries = maxEntries;
  }

  get isFull(): boolean {
    return this.#entries >= this.#maxEntries;
  }

  /** Position of a digest, valid until the next `set`; -1 when it is not there. */
  find(digest: number): number {
    if (this.#entries === 0) return -1;
    const slot = this.#slotOf(digest);
    return this.#slots[slot] === 0 ? -1 : slot;
  }

  valueAt(position: number): number {
    return this.#slots[position + 1] as number;
  }

  noteAt(position: number): number {
    return this.#notes[position / slotNumbers] as number;
  }

  /** Sets the numbers of a digest, of which the note is whole and below 2^32. False, having done nothing, when it would be one too many. */
  set(digest: number, value: number, note = 0): boolean {
    if (this.#slots === none) {
      this.#slots = new Float64Array(initialSlots * slotNumbers);
      this.#notes = new Uint32Array(initialSlots);
    }
    let slot = this.#slotOf(digest);
    if (this.#slots[slot] === 0) {
      if (this.isFull) return false;
      if ((this.#entries + 1) * 2 * slotNumbers > this.#slots.length) {
        this.#grow();
        slot = this.#slotOf(digest);
      }
      this.#entries += 1;
      this.#slots[slot] = keyOf(digest);
    }
    this.#slots[slot + 1] = value;
    this.#notes[slot / slotNumbers] = note;
    return true;
  }

  /** Where the slot of a digest begins. */
  #slotOf(digest: number): number {
    const slots = this.#slots;
    const key = keyOf(digest);
    const mask = slots.length / slotNumbers - 1;
    for (let slot = (Math.imul(key >>> 0, 0x9e3779b1) >>> 7) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot * slotNumbers] as number;
      if (found === 0 || found === key) return slot * slotNumbers;
    }
  }

  #grow(): void {
    const before = this.#slots;
    const notes = this.#notes;
    // In large steps: every entry moves at each of them. More than twice as many slots as entries are never needed.
    let slots = before.length / slotNumbers;
    for (let step = 0; step < 2 && slots < this.#maxEntries * 2; step += 1) slots *= 2;
    this.#slots = new Float64Array(slots * slotNumbers);
    this.#notes = new Uint32Array(slots);
    for (let old = 0; old < before.length; old += slotNumbers) {
      const key = before[old] as number;
      if (key === 0) continue;
      const slot = this.#slotOf(key);
      this.#slots[slot] = key;
      this.#slots[slot + 1] = before[old + 1] as number;
      this.#notes[slot / slotNumbers] = notes[old / slotNumbers] as number;
    }
  }
}

/** Zero marks what is empty. */
function keyOf(digest: number): number {
  return digest === 0 ? 1 : digest;
}
