/** Slots for this many entries at first; doubled when half of them are taken. */
const firstSlots = 1024;

/** Words of a key: 128 bits. */
const keyWords = 4;

/**
 * Numbers SHA-256 digests, of which it keeps the first 128 bits: about 24 bytes for each, whatever was digested. Full once it
 * holds as many as allowed, so that its memory is bounded.
 */
export class DigestNumbers {
  readonly #maxEntries: number;
  /** Number of an entry plus one; 0 in an empty slot. */
  #slots = new Uint32Array(firstSlots);
  #keys = new Uint32Array((firstSlots / 2) * keyWords);
  #size = 0;
  readonly #wanted = new Uint32Array(keyWords);

  constructor(maxEntries = 1_000_000) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a digest, 64 hexadecimal digits; -1 when the table does not have it. */
  numberOf(digest: string): number {
    this.#read(digest);
    return (this.#slots[this.#slotOfWanted()] as number) - 1;
  }

  /** The number of a digest, which the table has from now on; -1 when the table is full and does not have it. Numbers count from 0. */
  add(digest: string): number {
    this.#read(digest);
    let slot = this.#slotOfWanted();
    const known = this.#slots[slot] as number;
    if (known > 0) return known - 1;
    if (this.#size >= this.#maxEntries) return -1;
    if (this.#size * 2 >= this.#slots.length) {
      this.#grow();
      slot = this.#slotOfWanted();
    }
    this.#keys.set(this.#wanted, this.#size * keyWords);
    this.#size += 1;
    this.#slots[slot] = this.#size;
    return this.#size - 1;
  }

  #read(digest: string): void {
    for (let word = 0; word < keyWords; word += 1) {
      this.#wanted[word] = Number.parseInt(digest.slice(word * 8, word * 8 + 8), 16);
    }
  }

  /** Where the wanted key is, or where it would go. */
  #slotOfWanted(): number {
    const mask = this.#slots.length - 1;
    let slot = (this.#wanted[0] as number) & mask;
    for (let entry = this.#slots[slot] as number; entry > 0; entry = this.#slots[slot] as number) {
      if (this.#isWanted(entry - 1)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isWanted(number: number): boolean {
    const at = number * keyWords;
    for (let word = 0; word < keyWords; word += 1) {
      if (this.#keys[at + word] !== this.#wanted[word]) return false;
    }
    return true;
  }

  #grow(): void {
    const keys = new Uint32Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#size; number += 1) {
      let slot = (keys[number * keyWords] as number) & mask;
      while ((this.#slots[slot] as number) > 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}
