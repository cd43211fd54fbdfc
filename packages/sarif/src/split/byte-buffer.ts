/** Bytes that grow at their end, in one piece of memory that is used again. */
export class ByteBuffer {
  length = 0;
  #bytes = new Uint8Array(64 * 1024);

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length] = byte;
    this.length += 1;
  }

  /** Copies the bytes from `start` to `end`. Short stretches are copied one by one: a view would cost more. */
  appendRange(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#reserve(length);
    if (length > 96) this.#bytes.set(bytes.subarray(start, end), this.length);
    else for (let at = 0; at < length; at += 1) this.#bytes[this.length + at] = bytes[start + at] as number;
    this.length += length;
  }

  /** Appends the decimal digits of a whole number that is not negative. */
  appendNumber(value: number): void {
    const digits = String(value);
    for (let at = 0; at < digits.length; at += 1) this.appendByte(digits.charCodeAt(at));
  }

  cutTo(length: number): void {
    this.length = length;
  }

  view(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  clear(): void {
    this.length = 0;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    larger.set(this.#bytes.subarray(0, this.length), 0);
    this.#bytes = larger;
  }
}
