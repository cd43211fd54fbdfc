import { quickHash } from '../hashing/quick-hash.ts';

const chunkRows = 2048;
/** More findings than this are put into an order in parts, a power of two. */
const mostAtOnce = 16_384;
const parts = 16;

/** The findings of a stretch of the report. */
interface Chunk {
  /** The two halves of the hash of each. */
  readonly hashes: Uint32Array;
  /** Undefined while all of them are 0, as those of packages are. */
  lines: Uint32Array | undefined;
  columns: Uint32Array | undefined;
  /** Undefined while all of them are 0. */
  ordinals: Uint32Array | undefined;
}

const nothing: Chunk = { hashes: new Uint32Array(0), lines: undefined, columns: undefined, ordinals: undefined };

/**
 * Numbers the findings that are otherwise equal: 0, 1, 2 … in the order of their lines and columns, so that the same
 * findings in another order get the same numbers. Memory: 8 bytes for each finding without an identity of its own, and 4
 * more each where it has a line and a column; once they are numbered 4 bytes, and those only around findings that are equal to others.
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
      this.#chunks.push({ ...nothing, hashes: new Uint32Array(chunkRows * 2) });
    }
    const chunk = this.#chunks.at(-1) as Chunk;
    chunk.hashes.set(quickHash(key), at * 2);
    if (line !== 0) {
      chunk.lines ??= new Uint32Array(chunkRows);
      chunk.lines[at] = line;
    }
    if (column !== 0) {
      chunk.columns ??= new Uint32Array(chunkRows);
      chunk.columns[at] = column;
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

  /** In parts, by the low bits of the hash: an order of all findings would take more memory than all that is known of them. */
  #number(): void {
    if (this.#count <= mostAtOnce) this.#numberThose(0, 0);
    else for (let part = 0; part < parts; part += 1) this.#numberThose(parts - 1, part);
    this.#chunks = this.#chunks.map(({ ordinals }) => ({ ...nothing, ordinals }));
    this.#isNumbered = true;
  }

  #numberThose(mask: number, part: number): void {
    const order: number[] = [];
    for (let index = 0; index < this.#count; index += 1) {
      if (((this.#chunkOf(index).hashes[(index % chunkRows) * 2 + 1] as number) & mask) === part) order.push(index);
    }
    order.sort(
      (a, b) => this.#compareHashes(a, b) || this.#compare('lines', a, b) || this.#compare('columns', a, b) || a - b,
    );
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
    const [one, other] = [this.#chunkOf(a).hashes, this.#chunkOf(b).hashes];
    const [first, second] = [(a % chunkRows) * 2, (b % chunkRows) * 2];
    const difference = (one[first] as number) - (other[second] as number);
    return difference === 0 ? (one[first + 1] as number) - (other[second + 1] as number) : difference;
  }

  #compare(numbers: 'lines' | 'columns', a: number, b: number): number {
    const [one, other] = [this.#chunkOf(a)[numbers], this.#chunkOf(b)[numbers]];
    return (one?.[a % chunkRows] ?? 0) - (other?.[b % chunkRows] ?? 0);
  }

  #chunkOf(index: number): Chunk {
    return this.#chunks[Math.floor(index / chunkRows)] as Chunk;
  }
}
