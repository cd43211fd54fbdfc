import type { Place } from '../diagnostics/diagnostic.ts';
import type { Skimmer } from './skimmer.ts';

const LF = 0x0a;

/**
 * Knows the line and column of the byte at which the current chunk starts, so that a place inside the chunk can be
 * computed when a diagnostic asks for it. A chunk that nothing asks about costs a search for line feeds and, where a line
 * goes on past its end, a search for bytes that are not ASCII.
 */
export class LineTracker {
  #byteOffset: number;
  #line: number;
  #column: number;
  /** Where the last place was in the current chunk. Many are asked for in their order, and each byte is looked at once. */
  #ahead: { readonly chunk: Uint8Array; index: number; readonly lines: LineTracker } | undefined;

  constructor(start: Place = { byteOffset: 0, line: 1, column: 1 }) {
    this.#byteOffset = start.byteOffset;
    this.#line = start.line;
    this.#column = start.column;
  }

  /** Where the next chunk starts. */
  get place(): Place {
    return { byteOffset: this.#byteOffset, line: this.#line, column: this.#column };
  }

  get byteOffset(): number {
    return this.#byteOffset;
  }

  /** The same for a chunk that a skimmer has loaded, or for a part of it. */
  advanceBy(skimmer: Skimmer, chunk: Uint8Array, from = 0, to = chunk.length): void {
    if (from === to) return;
    this.#ahead = undefined;
    const lines = skimmer.countOf(LF, from, to);
    const first = lines === 0 ? from : chunk.lastIndexOf(LF, to - 1) + 1;
    if (lines > 0) {
      this.#line += lines;
      this.#column = 1;
    }
    this.#column += skimmer.utf16Length(first, to);
    this.#byteOffset += to - from;
  }

  /** Moves past a whole chunk. */
  advance(chunk: Uint8Array): void {
    this.#ahead = undefined;
    let lineStart = 0;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, lineStart)) {
      this.#line += 1;
      this.#column = 1;
      lineStart = at + 1;
    }
    this.#column += utf16Length(chunk, lineStart);
    this.#byteOffset += chunk.length;
  }

  /** The place of the byte at `index` of the chunk that starts here. */
  placeIn(chunk: Uint8Array, index: number): Place {
    const known = this.#ahead;
    const isAhead = known !== undefined && known.chunk === chunk && known.index <= index;
    const ahead = isAhead ? known : { chunk, index: 0, lines: new LineTracker(this.place) };
    ahead.lines.advance(chunk.subarray(ahead.index, index));
    ahead.index = index;
    this.#ahead = ahead;
    return ahead.lines.place;
  }
}

/** How many words are looked at before it is decided whether their bytes have to be. */
const stride = 8;

/** How many UTF-16 code units the UTF-8 bytes from `start` on decode to. Long stretches of ASCII are told by the word. */
function utf16Length(bytes: Uint8Array, start: number): number {
  const first = start + ((4 - ((bytes.byteOffset + start) % 4)) % 4);
  if (bytes.length < first + 4 * stride) return bytes.length - start + unitsBeyondBytes(bytes, start, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + first, (bytes.length - first) >>> 2);
  let units = bytes.length - start + unitsBeyondBytes(bytes, start, first);
  let word = 0;
  for (; word + stride <= words.length; word += stride) {
    const seen =
      (words[word] as number) |
      (words[word + 1] as number) |
      (words[word + 2] as number) |
      (words[word + 3] as number) |
      (words[word + 4] as number) |
      (words[word + 5] as number) |
      (words[word + 6] as number) |
      (words[word + 7] as number);
    if ((seen & 0x80808080) !== 0) units += unitsBeyondBytes(bytes, first + word * 4, first + (word + stride) * 4);
  }
  units += unitsBeyondBytes(bytes, first + word * 4, bytes.length);
  return units;
}

/** A continuation byte adds no UTF-16 code unit; the lead of a four-byte sequence adds two. */
function unitsBeyondBytes(bytes: Uint8Array, start: number, end: number): number {
  let beyond = 0;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] as number;
    if (byte < 0x80) continue;
    if (byte < 0xc0) beyond -= 1;
    else if (byte >= 0xf0) beyond += 1;
  }
  return beyond;
}
