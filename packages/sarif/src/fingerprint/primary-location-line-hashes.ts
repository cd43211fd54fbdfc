const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const END_OF_FILE = 65_535;

/** How many code units of the file, blanks left out, the hash of a line covers. */
const windowLength = 100;
const factor = 37;

/** 2^64 − 37^100 modulo 2^64, in halves: adding a multiple of it takes the oldest unit out of the window. */
const [outHigh, outLow] = halvesOf(BigInt.asUintN(64, -(BigInt(factor) ** BigInt(windowLength))));

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The values of `primaryLocationLineHash` for each line of a file. */
export interface LineHashes {
  /** How many lines there are; after a last line break an empty one follows. */
  readonly lines: number;
  /** The value for a line, counted from 1, such as `1131fd5871777f34:1`; `undefined` for a line that the file does not have. */
  of(line: number): string | undefined;
}

/**
 * The hashes by which GitHub code scanning follows a finding when lines above it move: of each line, the next 100 code units
 * with blanks left out, and the how-manieth line with that hash it is.
 *
 * @param content the file, decoded or as UTF-8 bytes; a byte order mark takes part
 */
export function primaryLocationLineHashes(content: string | Uint8Array): LineHashes {
  const text = typeof content === 'string' ? content : decoder.decode(content);
  const hasher = new LineHasher();
  let previous = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isSkipped = unit === SPACE || unit === TAB || (unit === LF && previous === CR);
    previous = unit;
    if (!isSkipped) hasher.add(unit === CR ? LF : unit);
  }
  hasher.end();
  return hasher;
}

/** Keeps the hash of the last 100 units up to date, so that a line costs no more than its own units. */
class LineHasher implements LineHashes {
  /** The last 100 units, the oldest at `#at`. */
  readonly #window = new Uint16Array(windowLength);
  /** 1 for each of these units that begins a line. */
  readonly #starts = new Uint8Array(windowLength);
  #at = 0;
  #high = 0;
  #low = 0;
  #beginsLine = true;
  readonly #counts = new Map<string, number>();
  /** Rows of hash high, hash low, occurrence. */
  #rows = new Uint32Array(3 * 64);
  #lines = 0;

  get lines(): number {
    return this.#lines;
  }

  of(line: number): string | undefined {
    if (!Number.isInteger(line) || line < 1 || line > this.#lines) return undefined;
    const row = (line - 1) * 3;
    return `${hex(this.#rows[row]!, this.#rows[row + 1]!)}:${this.#rows[row + 2]}`;
  }

  add(unit: number): void {
    this.#shift(unit, this.#beginsLine ? 1 : 0);
    this.#beginsLine = unit === LF;
  }

  end(): void {
    this.add(END_OF_FILE);
    // Zeros stand after the end, until the window has left the last unit behind.
    for (let padding = 1; padding < windowLength; padding += 1) this.#shift(0, 0);
    this.#counts.clear();
  }

  /** h × 37 + unit − oldest × 37^100, modulo 2^64: all products stay below 2^53. */
  #shift(unit: number, start: number): void {
    const at = this.#at;
    const oldest = this.#window[at]!;
    const low = this.#low * factor + unit + oldest * outLow;
    this.#low = low >>> 0;
    const carry = (low - this.#low) / 0x1_0000_0000;
    this.#high = (Math.imul(this.#high, factor) + Math.imul(oldest, outHigh) + carry) >>> 0;
    this.#window[at] = unit;
    this.#starts[at] = start;
    const next = at + 1 === windowLength ? 0 : at + 1;
    this.#at = next;
    if (this.#starts[next] === 1) this.#addLine();
  }

  #addLine(): void {
    const row = this.#lines * 3;
    if (row === this.#rows.length) {
      const larger = new Uint32Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const key = hex(this.#high, this.#low);
    const occurrence = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, occurrence);
    this.#rows[row] = this.#high;
    this.#rows[row + 1] = this.#low;
    this.#rows[row + 2] = occurrence;
    this.#lines += 1;
  }
}

function hex(high: number, low: number): string {
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
}

function halvesOf(value: bigint): readonly [high: number, low: number] {
  return [Number(value >> 32n), Number(value & 0xffff_ffffn)];
}
