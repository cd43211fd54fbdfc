import type { Place } from '../diagnostics/diagnostic.ts';

const LF = 0x0a;

/**
 * Knows the line and column of the byte at which the current chunk starts, so that a place inside the chunk can be
 * computed when a diagnostic asks for it. A chunk that nothing asks about costs one look at each four bytes of it.
 */
export class LineTracker {
  #byteOffset: number;
  #line: number;
  #column: number;

  constructor(start: Place = { byteOffset: 0, line: 1, column: 1 }) {
    this.#byteOffset = start.byteOffset;
    this.#line = start.line;
    this.#column = start.column;
  }

  /** Where the next chunk starts. */
  get place(): Place {
    return { byteOffset: this.#byteOffset, line: this.#line, column: this.#column };
  }

  /** Moves past a whole chunk. */
  advance(chunk: Uint8Array): void {
    this.#byteOffset += chunk.length;
    const index = (4 - (chunk.byteOffset % 4)) % 4;
    if (chunk.length < index + 4) {
      this.#advanceBytes(chunk, 0, chunk.length);
      return;
    }
    this.#advanceBytes(chunk, 0, index);
    const words = new Uint32Array(chunk.buffer, chunk.byteOffset + index, (chunk.length - index) >>> 2);
    let word = 0;
    while (word < words.length) {
      // Four bytes at a time as long as all are ASCII and none is a line feed, which is nearly always.
      const first = word;
      for (; word < words.length; word += 1) {
        const value = words[word] as number;
        const feeds = value ^ 0x0a0a0a0a;
        if (((value | ((feeds - 0x01010101) & ~feeds)) & 0x80808080) !== 0) break;
      }
      this.#column += (word - first) * 4;
      if (word < words.length) {
        this.#advanceBytes(chunk, index + word * 4, index + word * 4 + 4);
        word += 1;
      }
    }
    this.#advanceBytes(chunk, index + words.length * 4, chunk.length);
  }

  /** A continuation byte adds no UTF-16 code unit; the lead of a four-byte sequence adds two. */
  #advanceBytes(bytes: Uint8Array, start: number, end: number): void {
    for (let index = start; index < end; index += 1) {
      const byte = bytes[index] as number;
      if (byte === LF) {
        this.#line += 1;
        this.#column = 1;
      } else if (byte < 0x80 || (byte >= 0xc0 && byte < 0xf0)) {
        this.#column += 1;
      } else if (byte >= 0xf0) {
        this.#column += 2;
      }
    }
  }

  /** The place of the byte at `index` of the chunk that starts here. */
  placeIn(chunk: Uint8Array, index: number): Place {
    const ahead = new LineTracker(this.place);
    ahead.advance(chunk.subarray(0, index));
    return ahead.place;
  }
}
