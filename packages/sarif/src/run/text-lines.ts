import type { ColumnKind } from '../model/model.ts';
import type { OffsetSpan } from './region.ts';

/** What ends a line in a run that does not say it (section 3.14.26). */
const defaultNewlineSequences: readonly string[] = ['\r\n', '\n'];

/** There are eight sequences that anybody calls a line break. */
const maxSequences = 16;

interface Newlines {
  readonly some: readonly string[];
  /** The code units that they begin with. */
  readonly firstUnits: ReadonlySet<number>;
}

/** A run has one list, which is asked for with each text. */
const known = new WeakMap<readonly string[], Newlines>();

function newlinesOf(sequences: readonly string[]): Newlines {
  let newlines = known.get(sequences);
  if (newlines === undefined) {
    const some = sequences.filter((sequence) => sequence !== '').slice(0, maxSequences);
    newlines = { some, firstUnits: new Set(some.map((sequence) => sequence.charCodeAt(0))) };
    known.set(sequences, newlines);
  }
  return newlines;
}

/**
 * Calls `found` with the start and end of each line break of a text, in order. At each place, the first sequence that fits
 * counts (section 3.14.26).
 */
export function forEachLineBreak(
  text: string,
  newlineSequences: readonly string[] | undefined,
  found: (start: number, end: number) => void,
): void {
  const { some, firstUnits } = newlinesOf(newlineSequences ?? defaultNewlineSequences);
  for (let at = 0; at < text.length; at += 1) {
    if (!firstUnits.has(text.charCodeAt(at))) continue;
    const sequence = some.find((candidate) => text.startsWith(candidate, at));
    if (sequence === undefined) continue;
    found(at, at + sequence.length);
    at += sequence.length - 1;
  }
}

/**
 * A text as lines and as characters. Offsets are in UTF-16 code units; lines and columns count from 1, characters from 0. Answers
 * take no longer for long lines.
 */
export class TextLines {
  /** Without a byte order mark, which is no character of the artifact (section 3.30.2). */
  readonly text: string;
  readonly #starts: number[] = [0];
  readonly #ends: number[] = [];
  /** Where the characters of two code units start. */
  #pairs: readonly number[] | undefined;
  /** Bytes of UTF-8 up to each multiple of `markDistance`. */
  #utf8Marks: readonly number[] | undefined;

  constructor(text: string, newlineSequences?: readonly string[]) {
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    forEachLineBreak(this.text, newlineSequences, (start, end) => {
      this.#ends.push(start);
      this.#starts.push(end);
    });
    this.#ends.push(this.text.length);
  }

  /** At least 1. A text that ends with a line break has an empty line after it. */
  get count(): number {
    return this.#starts.length;
  }

  /** Where a line starts and ends, its line break not included; `undefined` when there is no such line. */
  line(line: number): OffsetSpan | undefined {
    const start = this.#starts[line - 1];
    const end = this.#ends[line - 1];
    return start === undefined || end === undefined ? undefined : { start, end };
  }

  /** The offset of a column; `null` is the end of the line. It may lie beyond the line. `undefined` when there is no such line. */
  offsetOf(line: number, column: number | null, kind: ColumnKind): number | undefined {
    const place = this.line(line);
    if (place === undefined || column === null) return place?.end;
    return this.offsetOfChar(this.charOffsetOf(place.start, kind) + column - 1, kind);
  }

  /** The line and column of an offset inside the text. */
  positionOf(offset: number, kind: ColumnKind): { readonly line: number; readonly column: number } {
    const line = countUntil(this.#starts.length, (index) => (this.#starts[index] as number) > offset);
    const start = this.#starts[line - 1] as number;
    return { line, column: this.charOffsetOf(offset, kind) - this.charOffsetOf(start, kind) + 1 };
  }

  /** The offset of the character with this number, in the given unit. It may lie beyond the text. */
  offsetOfChar(charOffset: number, kind: ColumnKind): number {
    if (kind === 'utf16CodeUnits') return charOffset;
    const pairs = this.#pairsOfUnits();
    return charOffset + countUntil(pairs.length, (index) => (pairs[index] as number) - index >= charOffset);
  }

  /** How many characters there are before an offset, in the given unit. */
  charOffsetOf(offset: number, kind: ColumnKind): number {
    if (kind === 'utf16CodeUnits') return offset;
    const pairs = this.#pairsOfUnits();
    return offset - countUntil(pairs.length, (index) => (pairs[index] as number) + 1 >= offset);
  }

  /** How many bytes of UTF-8 the text up to an offset takes. */
  utf8OffsetOf(offset: number): number {
    if (this.#utf8Marks === undefined) {
      const marks = [0];
      for (let mark = markDistance; mark <= this.text.length; mark += markDistance) {
        marks.push((marks.at(-1) as number) + utf8Length(this.text, mark - markDistance, mark));
      }
      this.#utf8Marks = marks;
    }
    const mark = Math.min(Math.floor(offset / markDistance), this.#utf8Marks.length - 1);
    return (this.#utf8Marks[mark] as number) + utf8Length(this.text, mark * markDistance, offset);
  }

  #pairsOfUnits(): readonly number[] {
    this.#pairs ??= Array.from(this.text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g), ({ index }) => index);
    return this.#pairs;
  }
}

const markDistance = 4096;

/** Half of a pair of code units has half of the pair's four bytes. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

/** How many of the first `length` positions come before the first one that is `past`; all positions after that are past, too. */
function countUntil(length: number, past: (index: number) => boolean): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (past(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
