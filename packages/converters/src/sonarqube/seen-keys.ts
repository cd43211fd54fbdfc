import { quickHash } from '../hashing/quick-hash.ts';

const initialSlots = 1024;

/**
 * Finds the findings that two pages of one report both have: pages move while the server goes on working. Memory: sixteen
 * bytes for each finding, and the keys of those that occur twice.
 */
export class SeenKeys {
  /** Open addressing: hash high, hash low; a row of zeros is free. */
  #slots = new Uint32Array(initialSlots * 2);
  #count = 0;
  /** Keys that may occur twice, with the page that has them first. */
  readonly #repeated = new Map<string, number | undefined>();

  /** First pass: one key. */
  add(key: string): void {
    if ((this.#count + 1) * 4 > this.#slots.length) this.#grow();
    const [high, low] = quickHash(key);
    // Zeros mark free rows.
    if (this.#insert(high, low === 0 ? 1 : low)) this.#count += 1;
    else this.#repeated.set(key, undefined);
  }

  /** Whether some key may occur twice. */
  get hasRepeated(): boolean {
    return this.#repeated.size > 0;
  }

  /** Second pass: whether an earlier page has had this key. Two findings of one page are never the same. */
  isRepeated(key: string, page: number): boolean {
    if (!this.#repeated.has(key)) return false;
    const first = this.#repeated.get(key);
    if (first === undefined) this.#repeated.set(key, page);
    return first !== undefined && first !== page;
  }

  #insert(high: number, low: number): boolean {
    const rows = this.#slots.length / 2;
    for (let row = low % rows; ; row = (row + 1) % rows) {
      const at = row * 2;
      if (this.#slots[at + 1] === 0) {
        this.#slots[at] = high;
        this.#slots[at + 1] = low;
        return true;
      }
      if (this.#slots[at] === high && this.#slots[at + 1] === low) return false;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] !== 0) this.#insert(old[at] as number, old[at + 1] as number);
    }
  }
}
