const encoder = new TextEncoder();
const nothing = new Uint8Array(0);

/** Memory that nobody uses any more, as long as the garbage collector leaves it: who splits thousands of logs would else make a hole in the heap for each. */
const spares: WeakRef<Uint8Array>[] = [];
const mostSpares = 4;

/** Bytes that grow at their end, in one piece of memory that is used again. */
export class ByteBuffer {
  length = 0;
  #bytes: Uint8Array;
  /** Room in front of the bytes, for what is only known when they are all there. */
  readonly #gap: number;

  /** @param expected how many bytes it will hold at most, as a rule: memory that is not written to costs nothing */
  constructor(expected = 64 * 1024, gap = 0) {
    this.#bytes = takeSpare(gap + expected) ?? new Uint8Array(gap + expected);
    this.#gap = gap;
  }

  /** Leaves the memory to others. Neither the buffer nor a view of it may be used after this. */
  release(): void {
    if (spares.length < mostSpares) spares.push(new WeakRef(this.#bytes));
    this.#bytes = nothing;
    this.length = 0;
  }

  /** All bytes with others in front of them, in one piece that is valid until something is appended; `undefined` when there is no room. */
  viewBehind(head: Uint8Array): Uint8Array | undefined {
    const start = this.#gap - head.length;
    if (start < 0) return undefined;
    this.#bytes.set(head, start);
    return this.#bytes.subarray(start, this.#gap + this.length);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#gap + this.length);
    this.length += bytes.length;
  }

  /** Appends a text in UTF-8, in which no UTF-16 code unit takes more than three bytes. */
  appendText(text: string): void {
    this.#reserve(text.length * 3);
    this.length += encoder.encodeInto(text, this.#bytes.subarray(this.#gap + this.length)).written;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#gap + this.length] = byte;
    this.length += 1;
  }

  /** Copies the bytes from `start` to `end`. Short stretches are copied one by one: a view would cost more. */
  appendRange(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#reserve(length);
    if (length > 160) this.#bytes.set(bytes.subarray(start, end), this.#gap + this.length);
    else {
      const to = this.#gap + this.length;
      for (let at = 0; at < length; at += 1) this.#bytes[to + at] = bytes[start + at] as number;
    }
    this.length += length;
  }

  /** Appends the decimal digits of a whole number that is not negative. */
  appendNumber(value: number): void {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
    this.#reserve(digits);
    this.length += digits;
    let rest = value;
    for (let at = this.#gap + this.length - 1; digits > 0; digits -= 1, at -= 1) {
      this.#bytes[at] = 0x30 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }

  cutTo(length: number): void {
    this.length = length;
  }

  view(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(this.#gap + start, this.#gap + end);
  }

  clear(): void {
    this.length = 0;
  }

  #reserve(more: number): void {
    const length = this.#gap + this.length;
    if (length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, length + more));
    larger.set(this.#bytes.subarray(this.#gap, length), this.#gap);
    this.#bytes = larger;
  }
}

/** A spare piece of at least that many bytes. Those that are gone or too small are forgotten. */
function takeSpare(bytes: number): Uint8Array | undefined {
  for (let spare = spares.pop(); spare !== undefined; spare = spares.pop()) {
    const memory = spare.deref();
    if (memory !== undefined && memory.length >= bytes) return memory;
  }
  return undefined;
}
