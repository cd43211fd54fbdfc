import { quickHash } from '../hashing/quick-hash.ts';

const initialRows = 1024;
const numbersPerRow = 4;

/**
 * Numbers the findings that are otherwise equal: 0, 1, 2 … in the order of their lines and columns, so that the same
 * findings in another order get the same numbers. Memory: 20 bytes for each finding without an identity of its own.
 */
export class Ordinals {
  /** Rows of hash high, hash low, line, column. */
  #rows = new Uint32Array(initialRows * numbersPerRow);
  #count = 0;
  #next = 0;
  #ordinals: Uint32Array | undefined;

  /** First pass: one finding, by the text that its identity is made of. */
  add(key: string, line: number, column: number): void {
    if ((this.#count + 1) * numbersPerRow > this.#rows.length) {
      const larger = new Uint32Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const [high, low] = quickHash(key);
    this.#rows.set([high, low, line, column], this.#count * numbersPerRow);
    this.#count += 1;
  }

  /** Second pass: the number of the next finding, in the order in which they were added. */
  next(): number {
    this.#ordinals ??= this.#number();
    const ordinal = this.#ordinals[this.#next];
    if (ordinal === undefined) throw new Error('The second pass over the findings saw more of them than the first.');
    this.#next += 1;
    return ordinal;
  }

  #number(): Uint32Array {
    const rows = this.#rows;
    const order = new Uint32Array(this.#count).map((_, index) => index);
    order.sort((a, b) => {
      for (let column = 0; column < numbersPerRow; column += 1) {
        const difference = (rows[a * numbersPerRow + column] as number) - (rows[b * numbersPerRow + column] as number);
        if (difference !== 0) return difference;
      }
      return a - b;
    });
    const ordinals = new Uint32Array(this.#count);
    for (let at = 1; at < order.length; at += 1) {
      const [before, here] = [order[at - 1] as number, order[at] as number];
      const equal =
        rows[before * numbersPerRow] === rows[here * numbersPerRow] &&
        rows[before * numbersPerRow + 1] === rows[here * numbersPerRow + 1];
      if (equal) ordinals[here] = (ordinals[before] as number) + 1;
    }
    this.#rows = new Uint32Array(0);
    return ordinals;
  }
}
