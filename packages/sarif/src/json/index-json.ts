import type { Place } from '../diagnostics/diagnostic.ts';
import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { LineTracker } from './line-tracker.ts';
import { type JsonPointer, type PathSegment, pointerOf } from './pointer.ts';
import { ReadError, type ReadErrorCode } from './read-error.ts';
import { Skeleton } from './skeleton.ts';
import type { Skimmer } from './skimmer.ts';
import type { Source } from './source.ts';
import { unexpectedByte } from './syntax.ts';
import type { TextDefect, TextDefectOptions } from './text-defects.ts';

/** An array whose elements were left in the source, to be read one by one with `jsonElements`. */
export interface JsonArray {
  readonly path: readonly PathSegment[];
  readonly pointer: JsonPointer;
  /** Byte offset of the first byte after `[`. */
  readonly start: number;
  /** Byte offset of the closing `]`. */
  readonly end: number;
  /** Line and column of `start`. */
  readonly place: Place;
  /** Number of elements. */
  readonly count: number;
  /** Places in the source that the first pass came by, in their order: the second one need not count lines again. */
  readonly waypoints: readonly Place[];
}

/** A document with its large arrays left out. */
export interface JsonIndex {
  /** The document, with `[]` in place of each array that was left out. */
  readonly root: unknown;
  readonly arrays: readonly JsonArray[];
  /** Length of the source, in bytes. */
  readonly byteLength: number;
  /** Where the value at a pointer into `root` stands in the source; with `member`, the member's name. */
  placeOf(pointer: JsonPointer): Place;
  /** The bytes of the value at a pointer into `root` that holds none of the arrays, and where they stand in the source. */
  textOf(pointer: JsonPointer): { readonly bytes: Uint8Array; readonly place: Place };
  /** Members that occurred twice in one object on the way to the arrays: the last one counts. */
  readonly duplicates: readonly { readonly pointer: JsonPointer; readonly place: Place }[];
  readonly byteOrderMark: boolean;
  /** Finds what the parser passed over in silence in all that was kept; `place` says where that stands in the source. */
  textDefects(report: (defect: TextDefect, place: () => Place) => void, options?: TextDefectOptions): void;
}

export interface IndexOptions {
  /** Says which arrays are left out of `root`, by their path. */
  readonly arrays: (path: readonly PathSegment[]) => boolean;
  /** Which of those arrays hold results or findings: what is said of an input that ends early counts them. Default: all. */
  readonly counted?: ((path: readonly PathSegment[]) => boolean) | undefined;
  /** The longest path that `arrays` is asked about; what lies deeper is passed over quickly. Default 5. */
  readonly depth?: number;
  /** Keep what was read when the input ends early: brackets are closed for it, and `truncated` is called. */
  readonly onTruncated?: ((error: ReadError) => void) | undefined;
  /**
   * Pass over what follows the document: it is not looked at, and `onTail` is called once. `isDocument` says that it begins like
   * another document. What `onTail` throws ends the reading.
   */
  readonly onTail?: ((error: ReadError, isDocument: boolean) => void) | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/**
 * Reads a whole JSON text once and keeps everything but the elements of the chosen arrays. Memory: what is kept. A skimmer makes
 * it quicker.
 * @throws {ReadError} when the bytes are not one JSON document within the limits
 */
export async function indexJson(source: Source, options: IndexOptions, skimmer?: Skimmer): Promise<JsonIndex> {
  const scanner = new IndexScanner(options, skimmer);
  for await (const chunk of chunksOf(source)) {
    for (let at = 0; at < chunk.length; at += waypointBytes) {
      options.signal?.throwIfAborted();
      scanner.write(chunk.subarray(at, at + waypointBytes));
      options.onProgress?.(scanner.byteLength);
    }
  }
  return scanner.end();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Shorter chunks are not worth copying to the skimmer. */
const minSkimmedBytes = 4096;

/** Distance between waypoints, in bytes. The second pass counts lines over half of that for each chunk that files are read in. */
const waypointBytes = 1 << 17;

/** What the grammar asks for next, while the path is being tracked. */
type Expect = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** What the scanner is inside of. */
type Mode = 'tracked' | 'word' | 'name' | 'string' | 'passed-over' | 'left-out' | 'tail';

interface Frame {
  readonly isArray: boolean;
  index: number;
  name: string;
  readonly names: Set<string>;
}

class IndexScanner {
  byteLength = 0;
  readonly #options: IndexOptions;
  readonly #limits: Limits;
  readonly #depthOfPaths: number;
  readonly #lines = new LineTracker();
  readonly #skeleton: Skeleton;
  readonly #arrays: JsonArray[] = [];
  readonly #duplicates: { pointer: JsonPointer; place: Place }[] = [];
  readonly #stack: Frame[] = [];
  readonly #waypoints: Place[] = [];
  #byteOrderMark = false;
  #expect: Expect = 'value';
  #mode: Mode = 'tracked';
  /** Nesting below the tracked level, in modes 'passed-over' and 'left-out'. */
  #nested = 0;
  #inString = false;
  #escaped = false;
  /** Source offset at which the current string began. */
  #stringStart = 0;
  /** Bytes of a member name that was cut by the end of a chunk. */
  #nameParts: Uint8Array[] = [];
  #arrayStart: { start: number; place: Place } | undefined;
  #arrayCount = 0;
  #arrayHasValue = false;
  #elementStart = 0;
  /** Source offset just after the last string, array or object that ended in the array itself. */
  #valueEnd = 0;
  /** Index in the current chunk from which bytes will go to the skeleton. */
  #keptFrom = 0;
  #first: Uint8Array = new Uint8Array(0);

  readonly #skimmer: Skimmer | undefined;
  /** Whether the skimmer has the current chunk. */
  #isSkimmed = false;

  constructor(options: IndexOptions, skimmer: Skimmer | undefined) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    // A string within a chunk is not measured by the skimmer: it must not be able to be too long.
    const isUsable = skimmer !== undefined && this.#limits.maxStringBytes >= skimmer.maxBytes;
    this.#skimmer = isUsable ? skimmer : undefined;
    this.#depthOfPaths = options.depth ?? 5;
    this.#skeleton = new Skeleton();
  }

  write(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let from = 0;
    if (this.byteLength === 0 && this.#first.length + chunk.length < 4) {
      // The encoding cannot be told from fewer than four bytes: wait for more.
      this.#first = concatenate([this.#first, chunk]);
      return;
    }
    if (this.#first.length > 0) {
      chunk = concatenate([this.#first, chunk]);
      this.#first = new Uint8Array(0);
    }
    if (this.byteLength === 0) from = this.#start(chunk);
    if (this.byteLength + chunk.length > this.#limits.maxBytes) {
      const room = this.#limits.maxBytes - this.byteLength;
      this.#fail('SF-P113', `The document is longer than ${this.#limits.maxBytes} bytes.`, chunk, room);
    }
    const skimmer = chunk.length >= minSkimmedBytes ? this.#skimmer : undefined;
    skimmer?.load(chunk);
    this.#isSkimmed = skimmer !== undefined;
    this.#scan(chunk, from);
    if (skimmer === undefined) this.#lines.advance(chunk);
    else this.#lines.advanceBy(skimmer, chunk);
    this.byteLength += chunk.length;
    const last = this.#waypoints.at(-1)?.byteOffset ?? 0;
    if (this.byteLength - last >= waypointBytes) this.#waypoints.push(this.#lines.place);
  }

  end(): JsonIndex {
    if (this.#first.length > 0) {
      const rest = this.#first;
      this.#first = new Uint8Array(0);
      this.#isSkimmed = false;
      const from = this.#start(rest);
      this.#scan(rest, from);
      this.#lines.advance(rest);
      this.byteLength += rest.length;
    }
    if (this.#mode === 'word' && this.#stack.length === 0) this.#valueDone();
    const isWhole = this.#expect === 'nothing' && (this.#mode === 'tracked' || this.#mode === 'tail');
    if (!isWhole) this.#endEarly();
    const arrays = this.#lastOfEach();
    const root = this.#skeleton.parse();
    return {
      root,
      arrays,
      byteLength: this.byteLength,
      duplicates: this.#duplicates,
      byteOrderMark: this.#byteOrderMark,
      placeOf: (pointer) => this.#skeleton.placeOf(pointer),
      textOf: (pointer) => this.#skeleton.textOf(pointer),
      textDefects: (report, options) => this.#skeleton.textDefects(report, options),
    };
  }

  /** Looks at the first bytes for what is no UTF-8 JSON at all. Returns where the text starts. */
  #start(chunk: Uint8Array): number {
    const [a, b, c, d] = chunk;
    if (a === 0xef && b === 0xbb && c === 0xbf) {
      this.#byteOrderMark = true;
      this.#skeleton.begin({ byteOffset: 3, line: 1, column: 2 });
      return 3;
    }
    if (a === 0x1f && b === 0x8b) {
      this.#fail('SF-P116', 'The content is compressed with gzip. Decompress it first.', chunk, 0);
    }
    const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
    const nulPattern = chunk.length >= 2 && (a === 0 || b === 0 || (chunk.length >= 4 && (c === 0 || d === 0)));
    if (utf16 || nulPattern) {
      this.#fail(
        'SF-P103',
        'The content looks like UTF-16 or UTF-32. SARIF files are UTF-8; write the file again with that encoding.',
        chunk,
        0,
      );
    }
    this.#skeleton.begin({ byteOffset: 0, line: 1, column: 1 });
    return 0;
  }

  #scan(chunk: Uint8Array, from: number): void {
    let at = from;
    /** Start of the bytes of this chunk that go to the skeleton; -1 while an array is left out, and after the document. */
    let keep = this.#mode === 'left-out' || this.#mode === 'tail' ? -1 : from;
    this.#keptFrom = keep;
    while (at < chunk.length) {
      switch (this.#mode) {
        case 'left-out': {
          at = this.#passOver(chunk, at);
          if (this.#isLeavingOut()) break;
          this.#arrayDone(chunk, at);
          this.#skeleton.begin(this.#lines.placeIn(chunk, at));
          keep = at;
          this.#keptFrom = at;
          break;
        }
        case 'passed-over':
          at = this.#passOver(chunk, at);
          break;
        case 'string':
        case 'name':
          at = this.#string(chunk, at);
          break;
        case 'word':
          at = this.#word(chunk, at);
          break;
        case 'tail':
          at = chunk.length;
          break;
        case 'tracked': {
          const start = at;
          at = this.#tracked(chunk, at);
          if (this.#isPastEnd()) {
            this.#keep(chunk, keep, start);
            keep = -1;
          } else if (this.#isLeavingOut()) {
            this.#keep(chunk, keep, at);
            keep = -1;
          }
          break;
        }
      }
    }
    if (keep >= 0) this.#keep(chunk, keep, chunk.length);
  }

  #isLeavingOut(): boolean {
    return this.#mode === 'left-out';
  }

  #isPastEnd(): boolean {
    return this.#mode === 'tail';
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const room = this.#limits.maxHeaderBytes - this.#skeleton.length;
    this.#skeleton.append(chunk.subarray(start, end));
    if (end - start > room) {
      this.#fail(
        'SF-P113',
        `What stands outside the results is longer than ${this.#limits.maxHeaderBytes} bytes.`,
        chunk,
        start + room,
      );
    }
  }

  /** One byte of the part of the document whose path is known. Returns where to go on. */
  #tracked(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return at + 1;
    switch (this.#expect) {
      case 'value-or-end':
        if (byte === CLOSE_ARRAY) return this.#close(at);
        return this.#value(chunk, at, byte);
      case 'value':
        return this.#value(chunk, at, byte);
      case 'name-or-end':
        if (byte === CLOSE_OBJECT) return this.#close(at);
        return this.#name(chunk, at, byte);
      case 'name':
        return this.#name(chunk, at, byte);
      case 'colon':
        if (byte !== COLON) this.#unexpected(chunk, at, "':' after the member name");
        this.#expect = 'value';
        return at + 1;
      case 'comma-or-end': {
        const top = this.#stack.at(-1) as Frame;
        if (byte === COMMA) {
          top.index += 1;
          this.#expect = top.isArray ? 'value' : 'name';
          return at + 1;
        }
        if (byte !== (top.isArray ? CLOSE_ARRAY : CLOSE_OBJECT))
          this.#unexpected(chunk, at, top.isArray ? "',' or ']'" : "',' or '}'");
        return this.#close(at);
      }
      case 'nothing':
        return this.#tail(chunk, at);
    }
  }

  #tail(chunk: Uint8Array, at: number): number {
    const message = 'Something follows the end of the document: only one JSON document may stand in a file.';
    if (this.#options.onTail === undefined) return this.#fail('SF-P107', message, chunk, at);
    this.#mode = 'tail';
    const isDocument = chunk[at] === OPEN_OBJECT || chunk[at] === OPEN_ARRAY;
    this.#options.onTail(this.#errorAt('SF-P107', message, chunk, at), isDocument);
    return at;
  }

  #value(chunk: Uint8Array, at: number, byte: number): number {
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) return this.#open(chunk, at, byte === OPEN_ARRAY);
    if (byte === QUOTE) {
      this.#mode = 'string';
      this.#stringStart = this.byteLength + at;
      return at + 1;
    }
    const startsWord =
      byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || byte === 0x74 || byte === 0x66 || byte === 0x6e;
    if (!startsWord) {
      if (byte === CLOSE_ARRAY && this.#stack.at(-1)?.isArray) this.#trailingComma(chunk, at);
      this.#unexpected(chunk, at, 'a value');
    }
    this.#mode = 'word';
    return at + 1;
  }

  #open(chunk: Uint8Array, at: number, isArray: boolean): number {
    const path = this.#path();
    if (path.length + 1 > this.#limits.maxDepth) this.#tooDeep(chunk, at);
    if (isArray && path.length <= this.#depthOfPaths && this.#options.arrays(path)) {
      this.#mode = 'left-out';
      this.#nested = 1;
      this.#arrayStart = { start: this.byteLength + at + 1, place: this.#lines.placeIn(chunk, at + 1) };
      this.#arrayCount = 0;
      this.#arrayHasValue = false;
      this.#elementStart = this.byteLength + at + 1;
      this.#valueEnd = 0;
      return at + 1;
    }
    if (path.length >= this.#depthOfPaths) {
      this.#mode = 'passed-over';
      this.#nested = 1;
      return at + 1;
    }
    this.#stack.push({ isArray, index: 0, name: '', names: new Set() });
    this.#expect = isArray ? 'value-or-end' : 'name-or-end';
    return at + 1;
  }

  #close(at: number): number {
    this.#stack.pop();
    this.#valueDone();
    return at + 1;
  }

  #name(chunk: Uint8Array, at: number, byte: number): number {
    if (byte !== QUOTE) {
      if (byte === CLOSE_OBJECT) this.#trailingComma(chunk, at);
      this.#unexpected(chunk, at, 'a member name in double quotes');
    }
    this.#mode = 'name';
    this.#stringStart = this.byteLength + at;
    return at + 1;
  }

  #string(chunk: Uint8Array, at: number): number {
    const start = at;
    while (at < chunk.length) {
      if (this.#escaped) {
        this.#escaped = false;
        at += 1;
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#checkString(chunk, at);
        if (this.#mode === 'name') this.#nameDone(chunk.subarray(start, at - 1), chunk, at);
        else this.#valueDone();
        return at;
      }
    }
    if (this.#mode === 'name') this.#nameParts.push(copyOf(chunk.subarray(start, at)));
    this.#checkString(chunk, at);
    return at;
  }

  #nameDone(last: Uint8Array, chunk: Uint8Array, at: number): void {
    const bytes = this.#nameParts.length === 0 ? last : concatenate([...this.#nameParts, last]);
    this.#nameParts = [];
    const name = decodeName(bytes);
    const frame = this.#stack.at(-1) as Frame;
    frame.name = name;
    if (frame.names.has(name)) {
      this.#duplicates.push({ pointer: pointerOf(this.#path()), place: this.#nameStart(bytes, chunk, at) });
    } else {
      frame.names.add(name);
    }
    this.#mode = 'tracked';
    this.#expect = 'colon';
  }

  /** Where the name began whose closing quote stands before `at`: perhaps in an earlier chunk, but in the same line. */
  #nameStart(bytes: Uint8Array, chunk: Uint8Array, at: number): Place {
    const { line, column } = this.#lines.placeIn(chunk, at);
    return { byteOffset: this.#stringStart, line, column: column - nameDecoder.decode(bytes).length - 2 };
  }

  /** A number, true, false or null: its letters are the native parser's to judge. */
  #word(chunk: Uint8Array, at: number): number {
    while (at < chunk.length) {
      const byte = chunk[at] as number;
      const inWord =
        (byte >= 0x30 && byte <= 0x39) ||
        (byte >= 0x61 && byte <= 0x7a) ||
        byte === 0x2e ||
        byte === 0x2d ||
        byte === 0x2b ||
        byte === 0x45;
      if (!inWord) {
        this.#valueDone();
        return at;
      }
      at += 1;
    }
    return at;
  }

  /** Passes over nested values without looking at them, to the end of the one it started in. */
  #passOver(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    const leftOut = this.#mode === 'left-out';
    const maxNested = this.#limits.maxDepth - this.#stack.length;
    const { maxStringBytes } = this.#limits;
    let at = from;
    let nested = this.#nested;
    while (at < length) {
      if (this.#inString) {
        at = this.#passString(chunk, at);
        if (nested === 1 && !this.#inString) this.#valueEnd = this.byteLength + at;
        continue;
      }
      if (nested > 1 && this.#isSkimmed) {
        at = this.#skim(chunk, at, nested, maxNested);
        nested = (this.#skimmer as Skimmer).depth;
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (byte === QUOTE) {
        const start = at - 1;
        if (nested === 1) this.#arrayHasValue = true;
        // Most strings have no escape and end in this chunk: they are passed over without leaving the loop.
        while (at < length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
        if (chunk[at] === QUOTE && at - start < maxStringBytes) {
          at += 1;
        } else {
          this.#inString = true;
          this.#stringStart = this.byteLength + start;
          at = this.#passString(chunk, at);
        }
        if (nested === 1 && !this.#inString) this.#valueEnd = this.byteLength + at;
      } else if (byte === COMMA) {
        if (nested === 1 && leftOut) this.#nextElement(chunk, at);
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (nested === 1) this.#arrayHasValue = true;
        nested += 1;
        if (nested > maxNested) this.#tooDeep(chunk, at - 1);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        nested -= 1;
        if (nested === 1) this.#valueEnd = this.byteLength + at;
        else if (nested === 0) {
          if (leftOut) this.#checkElement(chunk, at - 1);
          if (!leftOut) this.#valueDone();
          else if (byte === CLOSE_OBJECT) this.#unexpected(chunk, at - 1, "',' or ']'");
          else this.#mode = 'tracked';
          return leftOut ? at - 1 : at;
        }
      } else if (nested === 1 && (byte > 0x20 || !isSpace(byte))) {
        this.#arrayHasValue = true;
      }
    }
    this.#nested = nested;
    if (leftOut) this.#checkElement(chunk, at);
    return at;
  }

  /** Passes over what is inside the elements of the array, as far as the chunk or the element goes. */
  #skim(chunk: Uint8Array, from: number, nested: number, maxNested: number): number {
    const skimmer = this.#skimmer as Skimmer;
    skimmer.start(nested, false, false, maxNested);
    const at = skimmer.skim(from, chunk.length, 1);
    if (at < chunk.length) {
      if (skimmer.depth > maxNested) this.#tooDeep(chunk, at);
      this.#valueEnd = this.byteLength + at + 1;
      return at + 1;
    }
    if (skimmer.inString) {
      this.#inString = true;
      this.#escaped = skimmer.escaped;
      this.#stringStart = this.byteLength + skimmer.stringStart;
    }
    return at;
  }

  #passString(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    while (at < length) {
      const byte = chunk[at] as number;
      at += 1;
      if (byte === QUOTE) {
        this.#inString = false;
        break;
      }
      if (byte === BACKSLASH) {
        if (at === length) this.#escaped = true;
        at += 1;
      }
    }
    if (at > length) at = length;
    if (this.byteLength + at - this.#stringStart > this.#limits.maxStringBytes) this.#checkString(chunk, at);
    return at;
  }

  #nextElement(chunk: Uint8Array, at: number): void {
    if (!this.#arrayHasValue) this.#unexpected(chunk, at - 1, 'a value');
    this.#arrayCount += 1;
    this.#arrayHasValue = false;
    this.#checkElement(chunk, at - 1);
    this.#elementStart = this.byteLength + at;
  }

  /** `at` is the closing bracket of an array that was left out. */
  #arrayDone(chunk: Uint8Array, at: number): void {
    if (!this.#arrayHasValue && this.#arrayCount > 0) this.#trailingComma(chunk, at);
    this.#recordArray(this.byteLength + at);
    this.#mode = 'passed-over';
    this.#nested = 1;
  }

  #recordArray(end: number): void {
    const started = this.#arrayStart as { start: number; place: Place };
    const path = this.#path();
    this.#arrays.push({
      path,
      pointer: pointerOf(path),
      start: started.start,
      end,
      place: started.place,
      count: this.#arrayCount + (this.#arrayHasValue ? 1 : 0),
      waypoints: this.#waypoints,
    });
  }

  #valueDone(): void {
    this.#mode = 'tracked';
    this.#expect = this.#stack.length === 0 ? 'nothing' : 'comma-or-end';
  }

  /** Where a member is repeated, only the last of the arrays counts, as it does for the native parser. */
  #lastOfEach(): JsonArray[] {
    if (this.#duplicates.length === 0) return this.#arrays;
    const last = new Map<JsonPointer, JsonArray>();
    for (const array of this.#arrays) last.set(array.pointer, array);
    const superseded = (array: JsonArray) =>
      this.#duplicates.some(
        ({ pointer, place }) => `${array.pointer}/`.startsWith(`${pointer}/`) && array.end < place.byteOffset,
      );
    return [...last.values()].filter((array) => !superseded(array));
  }

  #path(): PathSegment[] {
    return this.#stack.map((frame) => (frame.isArray ? frame.index : frame.name));
  }

  /** The path to the value that is being read; between two members, that of the object. */
  #reached(): PathSegment[] {
    const path = this.#path();
    if (this.#mode === 'left-out') return [...path, this.#arrayCount];
    const isBetween =
      this.#mode === 'name' ||
      (this.#mode === 'tracked' &&
        this.#expect !== 'value' &&
        this.#expect !== 'value-or-end' &&
        this.#expect !== 'colon');
    return isBetween ? path.slice(0, -1) : path;
  }

  #endEarly(): void {
    const nothing = this.#stack.length === 0 && this.#expect === 'value' && this.#mode === 'tracked';
    const complete = this.#completeElements();
    if (nothing) {
      throw new ReadError('SF-P101', 'The input is empty. A scan that failed often leaves such a file behind.', {
        place: this.#lines.place,
        pointer: '',
      });
    }
    const inside =
      this.#inString || this.#mode === 'string' || this.#mode === 'name'
        ? 'in the middle of a string'
        : 'inside the document';
    const pointer = pointerOf(this.#reached());
    const error = new ReadError(
      'SF-P106',
      `The input ends ${inside}, after ${complete} complete ${complete === 1 ? 'result' : 'results'}. The usual causes are a scanner that was killed and a full disk. Run the scan again.`,
      { place: this.#lines.place, pointer, completeElements: complete },
    );
    if (this.#options.onTruncated === undefined) throw error;
    this.#options.onTruncated(error);
    this.#closeAll();
  }

  /** Completes the skeleton of an input that ends early, leaving out the value that was cut. */
  #closeAll(): void {
    if (this.#mode === 'left-out') {
      this.#arrayHasValue = this.#isElementComplete();
      this.#recordArray(this.#arrayHasValue ? this.#valueEnd : this.#elementStart);
      this.#skeleton.begin(this.#lines.place);
      this.#skeleton.append(new Uint8Array([CLOSE_ARRAY]));
    }
    this.#skeleton.closeAfterCut();
  }

  #completeElements(): number {
    const { counted = () => true } = this.#options;
    let complete = 0;
    for (const array of this.#arrays) {
      if (counted(array.path)) complete += array.count;
    }
    if (this.#mode !== 'left-out' || !counted(this.#path())) return complete;
    return complete + this.#arrayCount + (this.#isElementComplete() ? 1 : 0);
  }

  /** Whether the current element of the array that is left out has ended, though neither a comma nor a bracket came yet. */
  #isElementComplete(): boolean {
    return this.#nested === 1 && !this.#inString && this.#valueEnd > this.#elementStart;
  }

  #checkString(chunk: Uint8Array, at: number): void {
    const { maxStringBytes } = this.#limits;
    if (this.byteLength + at - this.#stringStart <= maxStringBytes) return;
    const tooFar = this.#stringStart + maxStringBytes - this.byteLength;
    this.#fail('SF-P113', `One string is longer than ${maxStringBytes} bytes.`, chunk, tooFar);
  }

  /** The element, with the white space before it, as far as the byte at `at`. */
  #checkElement(chunk: Uint8Array, at: number): void {
    const { maxElementBytes } = this.#limits;
    if (this.byteLength + at - this.#elementStart <= maxElementBytes) return;
    const tooFar = this.#elementStart + maxElementBytes - this.byteLength;
    this.#fail('SF-P113', `One result is longer than ${maxElementBytes} bytes.`, chunk, tooFar);
  }

  #tooDeep(chunk: Uint8Array, at: number): never {
    return this.#fail(
      'SF-P109',
      `Arrays and objects are nested deeper than ${this.#limits.maxDepth} levels.`,
      chunk,
      at,
    );
  }

  #trailingComma(chunk: Uint8Array, at: number): never {
    return this.#fail(
      'SF-P114',
      'A comma stands before the closing bracket. JSON has no trailing commas. Remove it.',
      chunk,
      at,
    );
  }

  #unexpected(chunk: Uint8Array, at: number, expected: string): never {
    const { code, message } = unexpectedByte(chunk, at, expected);
    return this.#fail(code, message, chunk, at);
  }

  #fail(code: ReadErrorCode, message: string, chunk: Uint8Array, at: number): never {
    if (code === 'SF-P105' || code === 'SF-P107') this.#failEarlier(chunk, at);
    throw this.#errorAt(code, message, chunk, at);
  }

  #errorAt(code: ReadErrorCode, message: string, chunk: Uint8Array, at: number): ReadError {
    return new ReadError(code, message, {
      place: this.#lines.placeIn(chunk, Math.max(0, Math.min(at, chunk.length))),
      pointer: pointerOf(this.#reached()),
      completeElements: this.#completeElements(),
    });
  }

  /** Words and deep values are passed over unread; when something is wrong after them, it may be wrong in them already. */
  #failEarlier(chunk: Uint8Array, at: number): void {
    if (this.#mode !== 'tracked' || this.#keptFrom < 0) return;
    this.#skeleton.append(chunk.subarray(this.#keptFrom, at));
    const earlier = this.#skeleton.syntaxDefect();
    if (earlier !== undefined) throw earlier;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const nameDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decodeName(bytes: Uint8Array): string {
  const text = nameDecoder.decode(bytes);
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // A broken escape: the native parser will refuse the skeleton and the defect is explained from there.
    return text;
  }
}
