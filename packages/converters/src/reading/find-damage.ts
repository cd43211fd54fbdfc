import type { PathSegment, Place } from '@sariflow/sarif';
import { bytesFrom, type Rereadable } from './bytes-from.ts';
import { type ArrayState, type Defect, StrictScanner } from './strict-scanner.ts';

/** A stretch of a large array that is not JSON, and what to read in its place. */
export interface Gap {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Single bytes to read instead; all others of the stretch are read as white space. */
  readonly puts: readonly { readonly byteOffset: number; readonly byte: number }[];
  /** Whether an element is left in place of what was there: then it is one that is not JSON. */
  readonly isElement: boolean;
  readonly defect: Defect;
}

/** What of a document is not JSON. */
export interface Damage {
  /** In the order of the document. */
  readonly gaps: readonly Gap[];
  /** From where on nothing can be made out. */
  readonly cut: { readonly byteOffset: number; readonly defect: Defect } | undefined;
  /** What is JSON, and was hardly meant: elements with two members of one name. */
  readonly repeats: readonly Defect[];
}

/** More attempts to go on than this mean that the whole is no report. */
const mostAttempts = 10_000;

/** More than so many bytes between two elements are what is left of one; fewer are a slip of the pen. */
const fewestBytes = 5;

const COMMA = 0x2c;
const ZERO = 0x30;

/**
 * Finds out which elements of the large arrays are not JSON, so that the others can be read. Where the grammar is broken,
 * the next place is looked for at which an element may start or the array may end, and is believed when the document goes on
 * correctly from there. Several passes over the document, as many as it has damaged places.
 */
export async function findDamage(
  source: Rereadable,
  isLarge: (path: readonly PathSegment[]) => boolean,
  signal: AbortSignal | undefined,
): Promise<Damage> {
  const gaps: Gap[] = [];
  const repeats: Defect[] = [];
  let scanner = new StrictScanner(isLarge);
  let from = await lengthOfMark(source);
  let search: Search | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const defect = await scan(scanner, source, from, signal);
    if (defect === undefined) return { gaps, cut: undefined, repeats: [...repeats, ...scanner.repeats] };
    // A place from which the same defect is reached lies inside what is damaged.
    const isInside = search?.defect.byteOffset === defect.byteOffset;
    const isWrongGuess = search?.isGuess === true && !scanner.isConfirmed;
    if (scanner.isInLarge && !isInside && !isWrongGuess) {
      search = new Search(scanner, scanner.state(), defect);
      for (const repeat of scanner.repeats) repeats.push(repeat);
    }
    // The bracket that closed the array may be what is wrong.
    else if (search === undefined && scanner.left !== undefined && scanner.left.firstNames.size > 0)
      search = new Search(scanner, scanner.left, defect, true);
    else if (search === undefined) return { gaps, cut: { byteOffset: defect.byteOffset, defect }, repeats };
    // The array was left, and what follows is no document: it did not go on there.
    else gaps.pop();

    const found = await search.next(source, signal);
    if (found === undefined) return { gaps, cut: { byteOffset: search.end, defect: search.defect }, repeats };
    gaps.push(found.gap);
    scanner = search.scanner.resume(search.state, found.at);
    from = found.gap.end;
  }
  const defect = search?.defect as Defect;
  return { gaps, cut: { byteOffset: search?.end as number, defect }, repeats };
}

async function scan(
  scanner: StrictScanner,
  source: Rereadable,
  from: number,
  signal: AbortSignal | undefined,
): Promise<Defect | undefined> {
  let start = from;
  for await (const chunk of bytesFrom(source, from)) {
    signal?.throwIfAborted();
    const defect = scanner.write(chunk, start);
    if (defect !== undefined) return defect;
    start += chunk.length;
  }
  // An end that comes too early is told by the reader of the document.
  return undefined;
}

/** The search for a place behind a defect at which its array goes on. */
class Search {
  readonly scanner: StrictScanner;
  readonly state: ArrayState;
  readonly defect: Defect;
  /** Where the stretch starts that is passed over. */
  readonly start: number;
  readonly #hasLeft: boolean;
  #from: number;

  /** Whether the last place was taken for the start of an element although none before starts like that. */
  isGuess = false;

  /** Up to where the document can be read when there is no such place. */
  get end(): number {
    return this.#hasLeft ? this.defect.byteOffset : this.start;
  }

  /** With `hasLeft` the array was closed before the defect: it is only looked for elements behind. */
  constructor(scanner: StrictScanner, state: ArrayState, defect: Defect, hasLeft = false) {
    this.scanner = scanner;
    this.defect = defect;
    this.state = state;
    this.#hasLeft = hasLeft;
    const { elementStart, needsComma, lastEnd } = state;
    this.start = elementStart ?? (needsComma ? lastEnd : undefined) ?? defect.byteOffset;
    this.#from = elementStart === undefined ? defect.byteOffset : elementStart + 1;
  }

  /** The next place at which an element starts as the others do, or at which the array ends. */
  async next(
    source: Rereadable,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly gap: Gap; readonly at: 'element' | 'end' } | undefined> {
    const matcher = new ElementStart(this.state.firstNames, !this.state.isOpen && !this.#hasLeft, this.#hasLeft);
    const usable: number[] = [];
    let last: number | undefined;
    let solid = 0;
    let byteOffset = this.start;
    for await (const chunk of bytesFrom(source, this.start)) {
      signal?.throwIfAborted();
      for (let at = 0; at < chunk.length; at += 1, byteOffset += 1) {
        const byte = chunk[at] as number;
        if (byteOffset >= this.#from) {
          const start = byte === 0x5d && !this.#hasLeft ? byteOffset : matcher.write(byte, byteOffset);
          if (start !== undefined) {
            this.#from = start + 1;
            const isEnd = byte === 0x5d;
            this.isGuess = !isEnd && !matcher.isKnown;
            const before = usable.filter((place) => place < start);
            // Two elements, and not a byte between them to put a comma: the second one has to go.
            if (before.length === 0 && byte !== 0x5d && this.state.needsComma) continue;
            const stretch = { end: start, usable: before, last: last ?? before.at(-1), solid };
            return { gap: this.#gap(stretch, isEnd), at: isEnd ? 'end' : 'element' };
          }
        }
        if (byte === 0x0a || byte === 0x0d) continue;
        if (usable.length < 3) usable.push(byteOffset);
        // While a start is being recognised, its bytes are not part of the stretch.
        if (matcher.start !== undefined) continue;
        last = byteOffset;
        if (byte !== 0x20 && byte !== 0x09) solid += 1;
      }
    }
    return undefined;
  }

  #gap({ end, usable, last, solid }: Stretch, isEnd: boolean): Gap {
    const { elementStart, isOpen, needsComma, lastComma } = this.state;
    const { start, defect } = this;
    const [first, second] = usable;
    const put = (byteOffset: number, byte: number) => ({ byteOffset, byte });
    const gap = (puts: Gap['puts'], isElement: boolean, from = start): Gap => ({
      start: from,
      end,
      puts,
      isElement,
      defect,
    });
    if (elementStart !== undefined) {
      if (first === undefined || last === undefined || (!isOpen && !isEnd && solid <= fewestBytes))
        return gap([], false);
      if (isEnd) return gap([put(first, ZERO)], true);
      return last > first ? gap([put(first, ZERO), put(last, COMMA)], true) : gap([], false);
    }
    if (isEnd) {
      // `,]` has a comma too many; whatever else stands there is no finding either.
      const isTrailing = !needsComma && lastComma !== undefined;
      return gap([], false, isTrailing ? lastComma : start);
    }
    const isElement = solid > fewestBytes && second !== undefined && last !== undefined && last > second;
    if (first === undefined) return gap([], false);
    if (!needsComma) return isElement ? gap([put(first, ZERO), put(last, COMMA)], true) : gap([], false);
    return isElement
      ? gap([put(first, COMMA), put(second, ZERO), put(last, COMMA)], true)
      : gap([put(first, COMMA)], false);
  }
}

/** What stands between a defect and the place where the array goes on. */
interface Stretch {
  /** Exclusive. */
  readonly end: number;
  /** The first bytes that are no line breaks: those may be replaced without moving any line. */
  readonly usable: readonly number[];
  readonly last: number | undefined;
  /** How many bytes are not white space. */
  readonly solid: number;
}

/** Recognises the start of an object that may be an element, byte by byte. */
class ElementStart {
  /** Where the start that is being recognised is. */
  start: number | undefined;
  /** Whether the last one that was found has a first member that elements before it have. */
  isKnown = false;
  readonly #names: ReadonlySet<string>;
  readonly #isBetween: boolean;
  readonly #onlyKnown: boolean;
  #state: 'bracket' | 'quote' | 'name' | 'colon' = 'bracket';
  #name = '';
  /** The bracket of the element that is passed over comes first. */
  #before = 0x7b;
  #isBehindElement = false;

  /** With `isBetween` no element is open, so that every object is one; with `onlyKnown` only those with a known name are. */
  constructor(names: ReadonlySet<string>, isBetween: boolean, onlyKnown: boolean) {
    this.#names = names;
    this.#isBetween = isBetween;
    this.#onlyKnown = onlyKnown;
  }

  /** The byte offset of the start, once it is clear that an object starts there. */
  write(byte: number, byteOffset: number): number | undefined {
    const isSpace = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    if (this.#state === 'name') {
      if (byte === 0x22) this.#state = 'colon';
      else if (this.#name.length < mostNameCharacters && byte >= 0x20) this.#name += String.fromCharCode(byte);
      else this.#reset();
      return undefined;
    }
    if (isSpace) return undefined;
    if (this.#state === 'quote' && byte === 0x22) {
      this.#state = 'name';
      this.#name = '';
      return undefined;
    }
    const found = this.#state === 'colon' && byte === 0x3a ? this.start : undefined;
    this.isKnown = this.#names.has(this.#name);
    this.#reset();
    const isElement = this.#isBetween || this.isKnown || (this.#isBehindElement && !this.#onlyKnown);
    if (byte === 0x7b && (this.#before !== 0x3a || this.#isBetween)) {
      this.start = byteOffset;
      this.#state = 'quote';
      this.#isBehindElement = isEndOfElement(this.#before);
    }
    this.#before = byte;
    return isElement ? found : undefined;
  }

  #reset(): void {
    this.start = undefined;
    this.#state = 'bracket';
  }
}

const mostNameCharacters = 200;

/** A comma, the closing bracket of an element whose comma is missing, or an opening one that nothing can follow but a name. */
function isEndOfElement(byte: number): boolean {
  return byte === COMMA || byte === 0x7d || byte === 0x7b;
}

async function lengthOfMark(source: Rereadable): Promise<number> {
  const first: number[] = [];
  for await (const chunk of bytesFrom(source)) {
    first.push(...chunk.subarray(0, 3 - first.length));
    if (first.length === 3) break;
  }
  return first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 3 : 0;
}

/** Lines and columns of some bytes, in one pass over what stands before them. */
export async function placesOf(
  source: Rereadable,
  byteOffsets: readonly number[],
): Promise<ReadonlyMap<number, Place>> {
  const places = new Map<number, Place>();
  const wanted = [...new Set(byteOffsets)].sort((a, b) => a - b);
  let next = 0;
  let line = 1;
  let column = 1;
  let byteOffset = 0;
  const take = () => {
    while (wanted[next] === byteOffset) {
      places.set(byteOffset, { byteOffset, line, column });
      next += 1;
    }
  };
  if (wanted.length === 0) return places;
  for await (const chunk of bytesFrom(source)) {
    for (const byte of chunk) {
      take();
      if (next === wanted.length) return places;
      byteOffset += 1;
      if (byte === 0x0a) [line, column] = [line + 1, 1];
      // UTF-16 code units: one for each character that has up to three bytes, two for the others.
      else if ((byte & 0xc0) !== 0x80) column += byte >= 0xf0 ? 2 : 1;
    }
  }
  take();
  return places;
}
