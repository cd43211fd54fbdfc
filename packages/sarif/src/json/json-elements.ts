import type { Place } from '../diagnostics/diagnostic.ts';
import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import type { JsonArray } from './index-json.ts';
import { LineTracker } from './line-tracker.ts';
import { pointerOf } from './pointer.ts';
import { ReadError } from './read-error.ts';
import type { Skimmer } from './skimmer.ts';
import type { Source } from './source.ts';
import { findSyntaxDefect, unexpectedByte } from './syntax.ts';

/**
 * How many bytes of elements are handed on at once that have to be parsed: more would make the native parser slower, and what they
 * are parsed to would outlive the young generation of the heap; less would make the waiting between batches count (measured).
 */
const batchBytes = 16 * 1024;

/** The same for batches of which next to nothing has to be parsed. */
const provenBatchBytes = 256 * 1024;

/** Larger chunks are looked at in stretches of this length. */
const maxChunkBytes = 1 << 20;

/** The same for a skimmer, which takes each stretch into its own memory, and takes it anew when others have used it meanwhile. */
const skimmedBytes = 1 << 17;

/** How deep elements may be nested was looked at in the first pass. */
const deepest = 0x7fffffff;

const nothing = new Uint8Array(0);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Proves elements right from their bytes alone, so that they need not be parsed, and notes what it learns of them. */
export interface Recogniser<Notes> {
  /** Takes the bytes to look at. They stay as they are until the next call. */
  load(chunk: Uint8Array): void;
  /** Begins a batch; false when there is nothing to look at. */
  begin(): boolean;
  /**
   * Notes elements from a place of the chunk on, until one is not proven, something else than an element stands there, or
   * `enough` bytes are passed. Returns the place where it stopped.
   */
  scan(from: number, needComma: boolean, enough: number): number;
  /** Whether a comma has to come where it stopped. */
  readonly needsComma: boolean;
  /** How many elements of the batch are noted. */
  readonly count: number;
  /** Whether these bytes are one element and prove it. It is then the only one that is noted. */
  recogniseAlone(bytes: Uint8Array): boolean;
  /** What was noted in the batch. */
  take(): Notes;
}

/** Where the elements stand that were noted, in their order. */
export interface ElementNotes {
  startOf(note: number): number;
  endOf(note: number): number;
  isSpaced(note: number): boolean;
}

export interface ElementOptions {
  /** Hand on elements that are not JSON, with their `error` and no value, instead of ending at the first. Default false. */
  readonly keepBroken?: boolean | undefined;
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
  /** Why the element is not JSON; only with `keepBroken`. */
  readonly error?: ReadError;
  /** Where the byte at this index of `bytes` stands in the source. */
  placeAt(index: number): Place;
}

/**
 * The elements of an array that `indexJson` left out, in order, each with a value of its own. Memory: one chunk and one batch.
 * @throws {ReadError} at an element that is not JSON, unless such are kept; between elements in any case
 */
export async function* jsonElements(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
  skimmer?: Skimmer,
): AsyncGenerator<JsonElement> {
  for await (const batch of jsonElementBatches(source, array, options, skimmer)) yield* batch;
}

/**
 * The same in batches of neighbours, for who has nothing to wait for between two of them: an `await` for each costs more than
 * a small element. What an element says of its bytes is valid until the next batch is asked for.
 */
export async function* jsonElementBatches(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
  skimmer?: Skimmer,
): AsyncGenerator<readonly JsonElement[]> {
  const keepBroken = options.keepBroken === true;
  for await (const batch of elementBatches(source, array, options, { skimmer })) {
    const elements: JsonElement[] = [];
    for (let at = 0; at < batch.count; at += 1) elements.push(new BatchElement(batch, at, keepBroken));
    yield elements;
  }
}

/** An element of a batch. Parsed at once, because its bytes do not last. */
class BatchElement implements JsonElement {
  readonly value: unknown;
  readonly error?: ReadError;
  readonly #batch: ElementBatch;
  readonly #at: number;

  constructor(batch: ElementBatch, at: number, keepBroken: boolean) {
    this.#batch = batch;
    this.#at = at;
    try {
      this.value = batch.valueOf(at);
    } catch (error) {
      if (!keepBroken || !(error instanceof ReadError)) throw error;
      this.error = error;
    }
  }

  get index(): number {
    return this.#batch.firstIndex + this.#at;
  }

  get byteOffset(): number {
    return this.#batch.byteOffset(this.#at);
  }

  get bytes(): Uint8Array {
    return this.#batch.bytesOf(this.#at);
  }

  readonly placeAt = (index: number): Place => this.#batch.placeIn(this.#at, index);
}

/** Elements that were noted one after another, or one that was not. */
interface Segment {
  /** Position of its first element in the batch. */
  readonly at: number;
  readonly count: number;
  /** Position of its first element in the notes; -1 for one that is not proven. */
  readonly note: number;
  /** Where an element that is not proven starts and ends, and whether white space stands between its tokens. */
  readonly start: number;
  readonly end: number;
  readonly spaced: boolean;
}

/** Neighbouring elements of an array, and the bytes they stand in. Valid until the next batch is asked for. */
export class ElementBatch<Notes extends ElementNotes = never> {
  count = 0;
  /** How many of the elements are proven. */
  proven = 0;
  /** What is known of those that are. */
  notes: Notes | undefined;
  readonly segments: Segment[] = [];
  readonly firstIndex: number;
  readonly bytes: Uint8Array;
  readonly #array: JsonArray;
  /** Where `bytes` starts. */
  readonly #place: Place;
  #known: { readonly index: number; readonly place: Place };
  /** `null` once it is known that the elements cannot be parsed together. */
  #values: unknown[] | null | undefined;
  /** Position of the segment that was asked about last: elements are asked about in order, as a rule. */
  #segment = 0;

  constructor(array: JsonArray, bytes: Uint8Array, place: Place, firstIndex: number) {
    this.#array = array;
    this.bytes = bytes;
    this.#place = place;
    this.#known = { index: 0, place };
    this.firstIndex = firstIndex;
  }

  add(start: number, end: number, spaced: boolean): void {
    this.segments.push({ at: this.count, count: 1, note: -1, start, end, spaced });
    this.count += 1;
  }

  /** Makes room for elements that were noted one after another. Where they stand, the notes tell. */
  addNoted(count: number): void {
    if (count === 0) return;
    this.segments.push({ at: this.count, count, note: this.proven, start: 0, end: 0, spaced: false });
    this.proven += count;
    this.count += count;
  }

  /** Position of an element in the notes; -1 for one that is not proven. */
  noteOf(at: number): number {
    const segment = this.#segmentOf(at);
    return segment.note < 0 ? -1 : segment.note + at - segment.at;
  }

  startOf(at: number): number {
    const note = this.noteOf(at);
    return note < 0 ? this.#segmentOf(at).start : (this.notes as Notes).startOf(note);
  }

  endOf(at: number): number {
    const note = this.noteOf(at);
    return note < 0 ? this.#segmentOf(at).end : (this.notes as Notes).endOf(note);
  }

  isSpaced(at: number): boolean {
    const note = this.noteOf(at);
    return note < 0 ? this.#segmentOf(at).spaced : (this.notes as Notes).isSpaced(note);
  }

  #segmentOf(at: number): Segment {
    const { segments } = this;
    while (this.#segment > 0 && (segments[this.#segment] as Segment).at > at) this.#segment -= 1;
    while (this.#segment + 1 < segments.length && (segments[this.#segment + 1] as Segment).at <= at) this.#segment += 1;
    return segments[this.#segment] as Segment;
  }

  byteOffset(at: number): number {
    return this.#place.byteOffset + this.startOf(at);
  }

  bytesOf(at: number): Uint8Array {
    return this.bytes.subarray(this.startOf(at), this.endOf(at));
  }

  /**
   * Where the byte at an index inside an element stands. Elements are asked about in order, as a rule, what is inside of one is not:
   * so it is the starts of elements that are remembered.
   */
  placeIn(at: number, index: number): Place {
    const start = this.startOf(at);
    return new LineTracker(this.#placeOf(start)).placeIn(this.bytes.subarray(start), index);
  }

  #placeOf(index: number): Place {
    const isBehind = index < this.#known.index;
    const { index: from, place } = isBehind ? { index: 0, place: this.#place } : this.#known;
    const found = new LineTracker(place).placeIn(this.bytes.subarray(from), index - from);
    if (!isBehind) this.#known = { index, place: found };
    return found;
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
      const values = JSON.parse(asArray(this.bytes, this.startOf(0), this.endOf(this.count - 1))) as unknown[];
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
        place: this.placeIn(at, defect.index),
        pointer: pointerOf([...this.#array.path, this.firstIndex + at, ...defect.path]),
        completeElements: this.firstIndex + at,
      });
    }
  }
}

/** Room for the elements of a batch with brackets around them. */
const room = new Uint8Array(batchBytes * 4);

/** These bytes as text, in brackets. */
function asArray(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length + 2 > room.length) return `[${decoder.decode(bytes.subarray(start, end))}]`;
  // The native parser would make another copy of a text that was put together.
  room[0] = 0x5b;
  room.set(bytes.subarray(start, end), 1);
  room[length + 1] = 0x5d;
  return decoder.decode(room.subarray(0, length + 2));
}

/** What makes reading elements quicker. */
interface ElementHelpers<Notes extends ElementNotes> {
  /** Proves elements right, so that they are not parsed. */
  readonly recogniser?: Recogniser<Notes> | undefined;
  /** Finds the ends of those that are parsed; whether they are spaced is then not known. */
  readonly skimmer?: Skimmer | undefined;
}

/** The elements of an array in batches of neighbours; reading goes on while a batch is in use only when the next is asked for. */
export async function* elementBatches<Notes extends ElementNotes = never>(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
  { recogniser, skimmer }: ElementHelpers<Notes> = {},
): AsyncGenerator<ElementBatch<Notes>> {
  if (array.count === 0) return;
  const scanner = new ElementScanner(array, recogniser, skimmer);
  let left = array.end - array.start;
  for await (const given of chunksFrom(source, array.start)) {
    const chunk = given.subarray(0, left);
    left -= chunk.length;
    for (let at = 0; at < chunk.length; ) {
      options.signal?.throwIfAborted();
      const end = Math.min(at + scanner.stretch, chunk.length);
      scanner.write(chunk.subarray(at, end));
      at = end;
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
class ElementScanner<Notes extends ElementNotes> {
  /** Elements found so far, complete ones only. */
  found = 0;
  readonly #array: JsonArray;
  #lines: LineTracker;
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

  readonly #recogniser: Recogniser<Notes> | undefined;
  readonly #skimmer: Skimmer | undefined;

  constructor(array: JsonArray, recogniser: Recogniser<Notes> | undefined, skimmer: Skimmer | undefined) {
    this.#array = array;
    this.#recogniser = recogniser;
    this.#skimmer = skimmer;
    this.#lines = new LineTracker(array.place);
  }

  get byteOffset(): number {
    return this.#lines.byteOffset + this.#at;
  }

  /** How many bytes to look at next, at most: up to a waypoint, where lines need not be counted. */
  get stretch(): number {
    if (this.#skimmer === undefined) return maxChunkBytes;
    const { byteOffset } = this.#lines;
    const waypoint = this.#array.waypoints[this.#nextWaypoint]?.byteOffset ?? byteOffset;
    return waypoint > byteOffset ? Math.min(waypoint - byteOffset, skimmedBytes) : skimmedBytes;
  }

  write(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
    this.#recogniser?.load(chunk);
    this.#skimmer?.load(chunk);
  }

  /** The chunk has no more batches; its bytes may change from now on. */
  leave(): void {
    this.#lines = this.#linesAt(this.#chunk.length);
    this.#chunk = nothing;
  }

  /** Where an index of the chunk stands, counted from the last waypoint before it. Chunks are asked in order, and to their end. */
  #linesAt(index: number): LineTracker {
    const { byteOffset } = this.#lines;
    const { waypoints } = this.#array;
    while ((waypoints[this.#nextWaypoint]?.byteOffset ?? Number.POSITIVE_INFINITY) <= byteOffset + index)
      this.#nextWaypoint += 1;
    const waypoint = waypoints[this.#nextWaypoint - 1];
    const known = waypoint === undefined || waypoint.byteOffset < byteOffset ? this.#lines.place : waypoint;
    const lines = new LineTracker(known);
    const from = known.byteOffset - byteOffset;
    if (this.#skimmer === undefined) lines.advance(this.#chunk.subarray(from, index));
    else lines.advanceBy(this.#skimmer, this.#chunk, from, index);
    return lines;
  }

  /** A number or a word that the closing bracket ends, after the last chunk. */
  end(): ElementBatch<Notes> | undefined {
    if (!this.#inElement || !this.#isWord) return undefined;
    this.#at = 0;
    this.#elementDone();
    return this.#batchOfCut();
  }

  /** The next batch of the current chunk, if it has one. */
  next(): ElementBatch<Notes> | undefined {
    if (this.#at === this.#chunk.length) return undefined;
    if (this.#inElement) {
      if (!this.#finishElement()) {
        this.#keepCut(0);
        return undefined;
      }
      return this.#batchOfCut();
    }
    const batch = new ElementBatch<Notes>(this.#array, this.#chunk, this.#lines.place, this.found);
    const recogniser = this.#recogniser?.begin() === true ? this.#recogniser : undefined;
    const first = this.#at;
    let parsed = 0;
    while (parsed < batchBytes && this.#at - first < provenBatchBytes) {
      if (recogniser !== undefined) this.#scan(recogniser, batch, provenBatchBytes - (this.#at - first));
      // The scan stopped because the batch is long enough: what follows may well be proven, too.
      if (this.#at - first >= provenBatchBytes) break;
      if (!this.#skipToElement()) break;
      const start = this.#at;
      this.#spaced = false;
      if (!this.#finishElement()) {
        this.#keepCut(start);
        break;
      }
      batch.add(start, this.#at, this.#spaced);
      this.found += 1;
      parsed += this.#at - start;
    }
    if (batch.count === 0) return undefined;
    if (batch.proven > 0) batch.notes = recogniser?.take();
    return batch;
  }

  #scan(recogniser: Recogniser<Notes>, batch: ElementBatch<Notes>, enough: number): void {
    const before = recogniser.count;
    this.#at = recogniser.scan(this.#at, this.#needComma, enough);
    this.#needComma = recogniser.needsComma;
    const found = recogniser.count - before;
    batch.addNoted(found);
    this.found += found;
  }

  #batchOfCut(): ElementBatch<Notes> {
    const bytes = concatenate([...this.#cut, this.#chunk.subarray(0, this.#at)]);
    const batch = new ElementBatch<Notes>(this.#array, bytes, this.#cutPlace as Place, this.found);
    const recogniser = this.#recogniser;
    if (recogniser?.recogniseAlone(bytes) === true) {
      batch.addNoted(1);
      batch.notes = recogniser.take();
    } else batch.add(0, bytes.length, this.#spaced);
    this.found += 1;
    this.#cut = [];
    this.#cutPlace = undefined;
    return batch;
  }

  #keepCut(start: number): void {
    this.#cutPlace ??= this.#linesAt(start).place;
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
    let hasBrackets = depth > 0;
    if (!this.#inElement) {
      const byte = chunk[at] as number;
      hasBrackets = byte === 0x7b || byte === 0x5b;
      this.#inElement = true;
      this.#isWord = byte !== 0x22 && !hasBrackets;
    }
    if (this.#isWord) return this.#finishWord();
    if (hasBrackets && this.#skimmer !== undefined) return this.#skimElement(this.#skimmer);
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

  /** The same for an object or array. */
  #skimElement(skimmer: Skimmer): boolean {
    const { length } = this.#chunk;
    skimmer.start(this.#depth, this.#inString, this.#escaped, deepest);
    const at = skimmer.skim(this.#at, length, 0);
    if (at < length) {
      this.#at = at + 1;
      this.#elementDone();
      return true;
    }
    this.#at = length;
    this.#depth = skimmer.depth;
    this.#inString = skimmer.inString;
    this.#escaped = skimmer.escaped;
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
    this.#escaped = false;
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
