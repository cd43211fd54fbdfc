import type { Place } from '../diagnostics/diagnostic.ts';
import { concatenate, copyOf } from './concatenate.ts';
import { LineTracker } from './line-tracker.ts';
import { Locator, skipValue } from './locate.ts';
import { type JsonPointer, pointerOf, segmentsOf } from './pointer.ts';
import { ReadError } from './read-error.ts';
import { findSyntaxDefect, type SyntaxDefect } from './syntax.ts';
import { findTextDefects, type TextDefect, type TextDefectOptions } from './text-defects.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A stretch of the source that was kept, and where it came from. */
interface Segment {
  readonly start: number;
  readonly place: Place;
}

/** The bytes of a document without the elements of its large arrays, and the way back from them to the source. */
export class Skeleton {
  length = 0;
  readonly #segments: Segment[] = [];
  #parts: Uint8Array[] = [];
  #locator: Locator | undefined;
  #last: Segment | undefined;

  /** What is appended from now on starts at this place of the source. */
  begin(place: Place): void {
    this.#segments.push({ start: this.length, place });
  }

  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#parts.push(copyOf(bytes));
    this.length += bytes.length;
  }

  /** @throws {ReadError} when the bytes are not JSON */
  parse(): unknown {
    const bytes = this.#bytes();
    try {
      return JSON.parse(decoder.decode(bytes));
    } catch (cause) {
      const defect = findSyntaxDefect(bytes);
      if (defect === undefined) throw cause;
      throw new ReadError(defect.code, defect.message, {
        place: this.#placeAt(defect.index),
        pointer: pointerOf(defect.path),
      });
    }
  }

  /** What is wrong with the bytes so far, but for their end being missing. */
  syntaxDefect(): ReadError | undefined {
    const defect = findSyntaxDefect(this.#bytes());
    return defect?.code === 'SF-P106' || defect?.code === 'SF-P107' ? undefined : this.#errorAt(defect);
  }

  /** Finds what the parser passed over in silence. Only once the bytes have been parsed. */
  textDefects(report: (defect: TextDefect, place: () => Place) => void, options?: TextDefectOptions): void {
    findTextDefects(this.#bytes(), (defect) => report(defect, () => this.#placeAt(defect.index)), options);
  }

  /** Where the value at this pointer, or the innermost value on the way to it that exists, stands in the source. */
  placeOf(pointer: JsonPointer): Place {
    return this.#placeAt(this.#indexOf(pointer));
  }

  /** The same value's bytes, and where they stand in the source: only for values of which nothing was left out. */
  textOf(pointer: JsonPointer): { readonly bytes: Uint8Array; readonly place: Place } {
    const bytes = this.#bytes();
    const start = this.#indexOf(pointer);
    return { bytes: bytes.subarray(start, skipValue(bytes, start)), place: this.#placeAt(start) };
  }

  #indexOf(pointer: JsonPointer): number {
    this.#locator ??= new Locator(this.#bytes());
    return this.#locator.locate(segmentsOf(pointer));
  }

  /** Drops what a cut left incomplete and closes the brackets that are open. */
  closeAfterCut(): void {
    const completed = closeBrackets(this.#bytes());
    this.#parts = [completed];
    this.length = completed.length;
    this.#last = undefined;
  }

  #errorAt(defect: SyntaxDefect | undefined): ReadError | undefined {
    if (defect === undefined) return undefined;
    return new ReadError(defect.code, defect.message, {
      place: this.#placeAt(defect.index),
      pointer: pointerOf(defect.path),
    });
  }

  #placeAt(index: number): Place {
    let segment = this.#segments[0] as Segment;
    for (const candidate of this.#segments) {
      if (candidate.start > index) break;
      segment = candidate;
    }
    // Diagnostics come in the order of the document, mostly: count on from the last place.
    const isAhead = this.#last !== undefined && this.#last.start >= segment.start && this.#last.start <= index;
    const from = isAhead ? (this.#last as Segment) : segment;
    const place = new LineTracker(from.place).placeIn(this.#bytes().subarray(from.start), index - from.start);
    this.#last = { start: index, place };
    return place;
  }

  #bytes(): Uint8Array {
    if (this.#parts.length !== 1) this.#parts = [concatenate(this.#parts)];
    return this.#parts[0] as Uint8Array;
  }
}

/** The longest prefix that ends after a complete value, with the brackets that are open there closed. */
function closeBrackets(bytes: Uint8Array): Uint8Array {
  const open: number[] = [];
  let end = 0;
  let closers: number[] = [];
  let afterName = false;
  const complete = (at: number) => {
    end = at;
    closers = [...open];
  };
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    if (byte === 0x7b || byte === 0x5b) {
      open.push(byte === 0x7b ? 0x7d : 0x5d);
      at += 1;
      afterName = byte === 0x5b;
      complete(at);
    } else if (byte === 0x7d || byte === 0x5d) {
      open.pop();
      at += 1;
      complete(at);
    } else if (byte === 0x22) {
      const stringEnd = endOfString(bytes, at);
      if (stringEnd === undefined) break;
      at = stringEnd;
      if (afterName) complete(at);
    } else if (byte === 0x3a) {
      afterName = true;
      at += 1;
    } else if (byte === 0x2c) {
      afterName = open.at(-1) === 0x5d;
      at += 1;
    } else if (byte <= 0x20) {
      at += 1;
    } else {
      const wordEnd = endOfWord(bytes, at);
      if (wordEnd === bytes.length) break;
      at = wordEnd;
      complete(at);
    }
  }
  const closed = new Uint8Array(end + closers.length);
  closed.set(bytes.subarray(0, end), 0);
  closed.set(closers.reverse(), end);
  return closed;
}

function endOfString(bytes: Uint8Array, start: number): number | undefined {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === 0x5c) at += 1;
    else if (bytes[at] === 0x22) return at + 1;
  }
  return undefined;
}

function endOfWord(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && !' \t\r\n,]}'.includes(String.fromCharCode(bytes[at] as number))) at += 1;
  return at;
}
