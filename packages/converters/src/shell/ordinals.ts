import { quickHash } from '../hashing/quick-hash.ts';

const chunkRows = 16_384;
/** So many findings are put into an order at a time. */
const mostAtOnce = 16_384;

/** The findings of a stretch of the report. */
interface Chunk {
  /** The two halves of the hash of each. */
  readonly hashes: Uint32Array;
  /** Line and column of each; undefined while all of them are 0, as those of packages are. */
  places: Uint32Array | undefined;
  /** Undefined while all of them are 0. */
  ordinals: Uint32Array | undefined;
}

/**
 * Numbers the findings that are otherwise equal: 0, 1, 2 … in the order of their lines and columns, so that the same
 * findings in another order get the same numbers. Memory: 8 bytes for each finding without an identity of its own, and 8 more
 * where it has a line; once they are numbered 4 bytes, and those only around findings that are equal to others.
 */
export class Ordinals {
  #chunks: Chunk[] = [];
  #count = 0;
  #next = 0;
  #isNumbered = false;

  /** First pass: one finding, by the text that its identity is made of. */
  add(key: string, line: number, column: number): void {
    const at = this.#count % chunkRows;
    if (at === 0) {
      this.#chunks.push({ hashes: new Uint32Array(chunkRows * 2), places: undefined, ordinals: undefined });
    }
    const chunk = this.#chunks.at(-1) as Chunk;
    chunk.hashes.set(quickHash(key), at * 2);
    if (line !== 0 || column !== 0) {
      chunk.places ??= new Uint32Array(chunkRows * 2);
      chunk.places.set([line, column], at * 2);
    }
    this.#count += 1;
  }

  /** Second pass: the number of the next finding, in the order in which they were added. */
  next(): number {
    if (!this.#isNumbered) this.#number();
    if (this.#next === this.#count) {
      throw new Error('The second pass over the findings saw more of them than the first.');
    }
    const ordinal = this.#chunkOf(this.#next).ordinals?.[this.#next % chunkRows] ?? 0;
    this.#next += 1;
    return ordinal;
  }

  /** In parts, by the low bits of the hash, because an order of all findings would take as much memory as all that is known of them. */
  #number(): void {
    let parts = 1;
    while (this.#count / parts > mostAtOnce) parts *= 2;
    for (let part = 0; part < parts; part += 1) this.#numberThose(parts - 1, part);
    this.#chunks = this.#chunks.map(({ ordinals }) => ({ hashes: none, places: undefined, ordinals }));
    this.#isNumbered = true;
  }

  #numberThose(mask: number, part: number): void {
    const order: number[] = [];
    for (let index = 0; index < this.#count; index += 1) {
      if (((this.#chunkOf(index).hashes[(index % chunkRows) * 2 + 1] as number) & mask) === part) order.push(index);
    }
    order.sort((a, b) => this.#compareHashes(a, b) || this.#comparePlaces(a, b) || a - b);
    let ordinal = 0;
    for (let at = 1; at < order.length; at += 1) {
      const here = order[at] as number;
      ordinal = this.#compareHashes(order[at - 1] as number, here) === 0 ? ordinal + 1 : 0;
      if (ordinal === 0) continue;
      const chunk = this.#chunkOf(here);
      chunk.ordinals ??= new Uint32Array(chunkRows);
      chunk.ordinals[here % chunkRows] = ordinal;
    }
  }

  #compareHashes(a: number, b: number): number {
    return comparePairs(this.#chunkOf(a).hashes, a, this.#chunkOf(b).hashes, b);
  }

  #comparePlaces(a: number, b: number): number {
    return comparePairs(this.#chunkOf(a).places, a, this.#chunkOf(b).places, b);
  }

  #chunkOf(index: number): Chunk {
    return this.#chunks[Math.floor(index / chunkRows)] as Chunk;
  }
}

const none = new Uint32Array(0);

/** Compares two numbers each; those that are not there are 0. */
function comparePairs(one: Uint32Array | undefined, a: number, other: Uint32Array | undefined, b: number): number {
  const [first, second] = [(a % chunkRows) * 2, (b % chunkRows) * 2];
  return (one?.[first] ?? 0) - (other?.[second] ?? 0) || (one?.[first + 1] ?? 0) - (other?.[second + 1] ?? 0);
}
