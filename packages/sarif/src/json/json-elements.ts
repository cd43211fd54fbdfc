import type { Place } from '../diagnostics/diagnostic.ts';
import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import type { JsonArray } from './index-json.ts';
import { LineTracker } from './line-tracker.ts';
import { pointerOf } from './pointer.ts';
import { ReadError } from './read-error.ts';
import type { Source } from './source.ts';
import { findSyntaxDefect, unexpectedByte } from './syntax.ts';

/**
 * How many bytes of elements are handed on at once, and where they have to be parsed to the native parser: more would make it
 * slower (it is quickest with 8 to 32 KB), less would make the waiting between batches count (measured).
 */
const batchBytes = 64 * 1024;

/** Larger chunks are looked at in stretches of this length. */
const maxChunkBytes = 1 << 20;

const nothing = new Uint8Array(0);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Proves elements right from their bytes alone, so that they need not be parsed. */
export interface Recogniser<Facts> {
  /** Takes the bytes to look at. They stay as they are until the next call. */
  load(chunk: Uint8Array): void;
  /** Index after the element at `at`, or -1 when the bytes do not prove it. */
  recognise(at: number): number;
  /** What was learnt of the element at `at`, the last that was recognised. */
  facts(at: number): Facts;
  /** Whether white space stands between the tokens of the last element that was recognised. */
  readonly spaced: boolean;
}

export interface ElementOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** One element of an array, with its own bytes. */
export interface JsonElement {
  readonly index: number;
  readonly byteOffset: number;
  /** The element's JSON text in the source. Only valid until the next element is asked for. */
  readonly bytes: Uint8Array;
  readonly value: unknown;
  /** Where the byte at this index of `bytes` stands in the source. */
  placeAt(index: number): Place;
}

/**
 * The elements of an array that `indexJson` left out, in order, each parsed on its own. Memory: one chunk and one element.
 * @throws {ReadError} at an element that is not JSON
 */
export async function* jsonElements(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
): AsyncGenerator<JsonElement> {
  for await (const batch of elementBatches(source, array, options)) {
    for (let at = 0; at < batch.count; at += 1) {
      const start = batch.starts[at] as number;
      yield {
        index: batch.firstIndex + at,
        byteOffset: batch.byteOffset(at),
        bytes: batch.bytesOf(at),
        value: batch.valueOf(at),
        placeAt: (index) => batch.placeAt(start + index),
      };
    }
  }
}

/** Neighbouring elements of an array, and the bytes they stand in. Valid until the next batch is asked for. */
export class ElementBatch<Facts = never> {
  count = 0;
  /** How many of the elements are proven. */
  proven = 0;
  /** What is known of each element that its bytes prove. */
  readonly facts: (Facts | undefined)[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** Whether white space stands between the tokens of each element. */
  readonly spaced: boolean[] = [];
  readonly firstIndex: number;
  readonly bytes: Uint8Array;
  readonly #array: JsonArray;
  /** Where `bytes` starts. */
  readonly #place: Place;
  /** `null` once it is known that the elements cannot be parsed together. */
  #values: unknown[] | null | undefined;

  constructor(array: JsonArray, bytes: Uint8Array, place: Place, firstIndex: number) {
    this.#array = array;
    this.bytes = bytes;
    this.#place = place;
    this.firstIndex = firstIndex;
  }

  add(start: number, end: number, spaced: boolean, facts?: Facts): void {
    if (facts !== undefined) this.proven += 1;
    this.facts.push(facts);
    this.starts.push(start);
    this.ends.push(end);
    this.spaced.push(spaced);
    this.count += 1;
  }

  byteOffset(at: number): number {
    return this.#place.byteOffset + (this.starts[at] as number);
  }

  bytesOf(at: number): Uint8Array {
    return this.bytes.subarray(this.starts[at], this.ends[at]);
  }

  placeAt(index: number): Place {
    return new LineTracker(this.#place).placeIn(this.bytes, index);
  }

  /** @throws {ReadError} when the element is not JSON */
  valueOf(at: number): unknown {
    // Together is quicker, but not when few of the elements have to be parsed at all.
    if (this.#values === undefined) this.#values = this.proven * 4 > this.count * 3 ? null : this.#parseTogether();
    return this.#values === null ? this.#parseAlone(at) : this.#values[at];
  }

  /** The whole batch in one call of the native parser; `null` when some element is not JSON. */
  #parseTogether(): unknown[] | null {
    try {
      const text = decoder.decode(this.bytes.subarray(this.starts[0], this.ends[this.count - 1]));
      const values = JSON.parse(`[${text}]`) as unknown[];
      return values.length === this.count ? values : null;
    } catch {
      // Some element is no JSON: parsing each on its own finds which, and says why.
      return null;
    }
  }

  #parseAlone(at: number): unknown {
    const bytes = this.bytesOf(at);
    try {
      return JSON.parse(decoder.decode(bytes));
    } catch (cause) {
      const defect = findSyntaxDefect(bytes);
      if (defect === undefined) throw cause;
      // The element ends here, the input does not.
      const isCut = defect.code === 'SF-P106' || defect.code === 'SF-P107';
      const message = isCut ? `'${decoder.decode(bytes.subarray(0, 40))}' is no JSON value.` : defect.message;
      throw new ReadError(isCut ? 'SF-P105' : defect.code, message, {
        place: this.placeAt((this.starts[at] as number) + defect.index),
        pointer: pointerOf([...this.#array.path, this.firstIndex + at, ...defect.path]),
        completeElements: this.firstIndex + at,
      });
    }
  }
}

/** The elements of an array in batches of neighbours; reading goes on while a batch is in use only when the next is asked for. */
export async function* elementBatches<Facts = never>(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
  recogniser?: Recogniser<Facts>,
): AsyncGenerator<ElementBatch<Facts>> {
  if (array.count === 0) return;
  const scanner = new ElementScanner(array, recogniser);
  let left = array.end - array.start;
  for await (const given of chunksFrom(source, array.start)) {
    const chunk = given.subarray(0, left);
    left -= chunk.length;
    for (let at = 0; at < chunk.length; at += maxChunkBytes) {
      options.signal?.throwIfAborted();
      scanner.write(chunk.subarray(at, at + maxChunkBytes));
      for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) yield batch;
      options.onProgress?.(scanner.byteOffset);
      scanner.leave();
    }
    if (left > 0) continue;
    const last = scanner.end();
    if (last !== undefined) yield last;
    if (scanner.found === array.count) return;
    break;
  }
  throw new Error(`The source changed while it was read: ${array.pointer} had ${array.count} elements before.`);
}

/** The source's chunks from a byte offset on. */
async function* chunksFrom(source: Source, start: number): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    yield* chunksOf(source.subarray(start));
    return;
  }
  if (typeof Blob === 'function' && source instanceof Blob) {
    yield* chunksOf(source.slice(start));
    return;
  }
  if ('streamFrom' in source && source.streamFrom !== undefined) {
    yield* chunksOf(source.streamFrom(start));
    return;
  }
  let skip = start;
  for await (const chunk of chunksOf(source)) {
    if (skip >= chunk.length) {
      skip -= chunk.length;
      continue;
    }
    yield skip === 0 ? chunk : chunk.subarray(skip);
    skip = 0;
  }
}

/** Finds where each element of an array starts and ends. Strings are passed over, brackets counted, nothing is decoded. */
class ElementScanner<Facts> {
  /** Elements found so far, complete ones only. */
  found = 0;
  readonly #array: JsonArray;
  readonly #lines: LineTracker;
  #chunk: Uint8Array = nothing;
  #at = 0;
  /** The beginning of an element that the last chunk cut. */
  #cut: Uint8Array[] = [];
  #cutPlace: Place | undefined;
  #depth = 0;
  #inElement = false;
  #inString = false;
  #escaped = false;
  #spaced = false;
  #isWord = false;
  #needComma = false;
  /** Position of the first waypoint beyond the current chunk. */
  #nextWaypoint = 0;

  readonly #recogniser: Recogniser<Facts> | undefined;

  constructor(array: JsonArray, recogniser: Recogniser<Facts> | undefined) {
    this.#array = array;
    this.#recogniser = recogniser;
    this.#lines = new LineTracker(array.place);
  }

  get byteOffset(): number {
    return this.#lines.place.byteOffset + this.#at;
  }

  write(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
    this.#recogniser?.load(chunk);
  }

  /** The chunk has no more batches; its bytes may change from now on. */
  leave(): void {
    const start = this.#lines.place.byteOffset;
    const end = start + this.#chunk.length;
    const { waypoints } = this.#array;
    while ((waypoints[this.#nextWaypoint]?.byteOffset ?? Number.POSITIVE_INFINITY) <= end) this.#nextWaypoint += 1;
    const waypoint = waypoints[this.#nextWaypoint - 1];
    if (waypoint !== undefined && waypoint.byteOffset > start) this.#lines.moveTo(waypoint);
    this.#lines.advance(this.#chunk.subarray(this.#lines.place.byteOffset - start));
    this.#chunk = nothing;
  }

  /** A number or a word that the closing bracket ends, after the last chunk. */
  end(): ElementBatch<Facts> | undefined {
    if (!this.#inElement || !this.#isWord) return undefined;
    this.#at = 0;
    this.#elementDone();
    return this.#batchOfCut();
  }

  /** The next batch of the current chunk, if it has one. */
  next(): ElementBatch<Facts> | undefined {
    if (this.#at === this.#chunk.length) return undefined;
    if (this.#inElement) {
      if (!this.#finishElement()) {
        this.#keepCut(0);
        return undefined;
      }
      return this.#batchOfCut();
    }
    const batch = new ElementBatch<Facts>(this.#array, this.#chunk, this.#lines.place, this.found);
    const first = this.#at;
    while (this.#skipToElement()) {
      const start = this.#at;
      const end = this.#recogniser?.recognise(start) ?? -1;
      if (this.#recogniser !== undefined && end > 0) {
        this.#at = end;
        this.#needComma = true;
        batch.add(start, end, this.#recogniser.spaced, this.#recogniser.facts(start));
        this.found += 1;
        if (end - first >= batchBytes) break;
        continue;
      }
      this.#spaced = false;
      if (!this.#finishElement()) {
        this.#keepCut(start);
        break;
      }
      batch.add(start, this.#at, this.#spaced);
      this.found += 1;
      if (this.#at - first >= batchBytes) break;
    }
    return batch.count === 0 ? undefined : batch;
  }

  #batchOfCut(): ElementBatch<Facts> {
    const bytes = concatenate([...this.#cut, this.#chunk.subarray(0, this.#at)]);
    const batch = new ElementBatch<Facts>(this.#array, bytes, this.#cutPlace as Place, this.found);
    batch.add(0, bytes.length, this.#spaced, this.#factsOfCut(bytes));
    this.found += 1;
    this.#cut = [];
    this.#cutPlace = undefined;
    return batch;
  }

  #factsOfCut(bytes: Uint8Array): Facts | undefined {
    const recogniser = this.#recogniser;
    if (recogniser === undefined) return undefined;
    recogniser.load(bytes);
    const facts = recogniser.recognise(0) === bytes.length ? recogniser.facts(0) : undefined;
    recogniser.load(this.#chunk);
    return facts;
  }

  #keepCut(start: number): void {
    this.#cutPlace ??= this.#lines.placeIn(this.#chunk, start);
    this.#cut.push(copyOf(this.#chunk.subarray(start)));
  }

  /** Moves to the first byte of the next element of this chunk. */
  #skipToElement(): boolean {
    const chunk = this.#chunk;
    for (; this.#at < chunk.length; this.#at += 1) {
      const byte = chunk[this.#at] as number;
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      if (byte === 0x2c && this.#needComma) {
        this.#needComma = false;
        continue;
      }
      if (this.#needComma) this.#fail("',' or ']'");
      if (!startsValue(byte)) this.#fail('a value');
      return true;
    }
    return false;
  }

  /** Moves past the end of the element; false when the chunk ends first. */
  #finishElement(): boolean {
    const chunk = this.#chunk;
    const length = chunk.length;
    let at = this.#at;
    let depth = this.#depth;
    if (!this.#inElement) {
      const byte = chunk[at] as number;
      this.#inElement = true;
      this.#isWord = byte !== 0x22 && byte !== 0x7b && byte !== 0x5b;
    }
    if (this.#isWord) return this.#finishWord();
    let inString = this.#inString;
    let spaced = this.#spaced;
    while (at < length) {
      if (inString) {
        if (this.#escaped) {
          this.#escaped = false;
          at += 1;
        }
        inString = false;
        for (;;) {
          if (at >= length) {
            inString = true;
            break;
          }
          const byte = chunk[at++] as number;
          if (byte === 0x22) break;
          if (byte === 0x5c) {
            if (at === length) this.#escaped = true;
            else at += 1;
          }
        }
        if (inString) break;
      } else {
        const byte = chunk[at++] as number;
        if (byte === 0x22) {
          inString = true;
          continue;
        }
        if (byte === 0x7b || byte === 0x5b) {
          depth += 1;
          continue;
        }
        if (byte === 0x7d || byte === 0x5d) depth -= 1;
        else {
          if (byte <= 0x20) spaced = true;
          continue;
        }
      }
      if (depth === 0) {
        this.#at = at;
        this.#spaced = spaced;
        this.#elementDone();
        return true;
      }
    }
    this.#at = at;
    this.#depth = depth;
    this.#inString = inString;
    this.#spaced = spaced;
    return false;
  }

  #finishWord(): boolean {
    const chunk = this.#chunk;
    while (this.#at < chunk.length) {
      const byte = chunk[this.#at] as number;
      if (byte === 0x2c || byte <= 0x20) {
        this.#elementDone();
        return true;
      }
      if (!isInWord(byte)) this.#fail("',' or ']'");
      this.#at += 1;
    }
    return false;
  }

  #elementDone(): void {
    this.#inElement = false;
    this.#inString = false;
    this.#depth = 0;
    this.#isWord = false;
    this.#needComma = true;
  }

  #fail(expected: string): never {
    const { code, message } = unexpectedByte(this.#chunk, this.#at, expected);
    throw new ReadError(code, message, {
      place: this.#lines.placeIn(this.#chunk, this.#at),
      pointer: pointerOf([...this.#array.path, this.found]),
      completeElements: this.found,
    });
  }
}

function startsValue(byte: number): boolean {
  return byte === 0x22 || byte === 0x7b || byte === 0x5b || byte === 0x2d || isLetterOrDigit(byte);
}

/** Numbers, true, false and null, and what was meant to be one: the native parser tells. */
function isInWord(byte: number): boolean {
  return byte === 0x2d || byte === 0x2b || byte === 0x2e || isLetterOrDigit(byte);
}

function isLetterOrDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}
