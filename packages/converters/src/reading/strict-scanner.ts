import type { PathSegment } from '@sariflow/sarif';

/** An open array or object. */
interface Frame {
  readonly isArray: boolean;
  /** Whether it is an array of findings, or another that grows with the report. */
  readonly isLarge: boolean;
  index: number;
  name: string;
}

/** What the grammar asks for next. */
type Expect = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** The first byte that the grammar does not allow. */
export interface Defect {
  readonly byteOffset: number;
  /** A full sentence. */
  readonly message: string;
}

/** Where the scanner is in a large array, from which it can be sent on. */
export interface ArrayState {
  readonly frames: readonly Frame[];
  /** Where the element starts that the defect is in; undefined between elements. */
  readonly elementStart: number | undefined;
  /** Whether that element is an object or array, and not a word or string that may be rubbish before one. */
  readonly isOpen: boolean;
  /** Whether an element was complete, so that a comma or the end was to come. */
  readonly needsComma: boolean;
  /** Where the last complete element ends, exclusive. */
  readonly lastEnd: number | undefined;
  /** The last comma between elements. */
  readonly lastComma: number | undefined;
  /** Of elements that are objects, the names of their first members: how a next one can be told. */
  readonly firstNames: ReadonlySet<string>;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const wordPattern = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const mostWordCharacters = 400;
const mostNameCharacters = 200;
const mostFirstNames = 16;
const mostComparedNames = 1000;
const mostRepeats = 100;
const depthOfPaths = 5;

/**
 * Reads a JSON text byte by byte as the grammar of RFC 8259 has it, and stops at the first byte that breaks it. Slower than
 * the readers of whole reports, which pass over what they need not look at: it is asked once one of them has failed.
 * Memory: the brackets that are open.
 */
export class StrictScanner {
  readonly #isLarge: (path: readonly PathSegment[]) => boolean;
  /** First names by the pattern of the array's path. */
  readonly #names: Map<string, Set<string>>;
  #frames: Frame[] = [];
  #expect: Expect = 'value';
  #mode: 'tracked' | 'string' | 'name' | 'word' = 'tracked';
  #escape = 0;
  #word = '';
  #text = '';
  /** Position of the large array in the frames; -1 outside. */
  #large = -1;
  #elementStart: number | undefined;
  #lastComma: number | undefined;
  #lastEnd: number | undefined;
  #lastWasObject = false;
  #lastStart: number | undefined;
  /** Of objects that were complete; and of the one that is being read, which may be damaged just there. */
  #firstNames = new Set<string>();
  #nameOfElement: string | undefined;
  #namesElement = false;
  #isConfirmed = false;
  #left: ArrayState | undefined;
  /** Names of the members of the element that is being read. */
  readonly #memberNames = new Set<string>();
  /** Elements that have two members of one name, by the second of them. The first hundred. */
  readonly repeats: Defect[] = [];
  #isRepeating = false;

  constructor(isLarge: (path: readonly PathSegment[]) => boolean, names: Map<string, Set<string>> = new Map()) {
    this.#isLarge = isLarge;
    this.#names = names;
  }

  /** Whether the scanner is in one of the large arrays. */
  get isInLarge(): boolean {
    return this.#large !== -1;
  }

  /** Whether the document has come to its end. */
  get isWhole(): boolean {
    return this.#expect === 'nothing' && this.#mode === 'tracked';
  }

  /** Whether, since it was sent on, an object was complete that another object or the end of the array followed. */
  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** The large array that was left last, as it was before its closing bracket. */
  get left(): ArrayState | undefined {
    return this.#left;
  }

  /** Only in a large array. */
  state(): ArrayState {
    const isBetween = this.#frames.length === this.#large + 1 && this.#mode === 'tracked';
    const needsComma = isBetween && this.#expect === 'comma-or-end';
    // A string or number behind an object is the rest of an object that closed too early.
    const isRest = needsComma && !this.#lastWasObject && this.#firstNames.size > 0;
    return {
      frames: this.#frames.slice(0, this.#large + 1).map((frame) => ({ ...frame })),
      elementStart: isBetween ? (isRest ? this.#lastStart : undefined) : this.#elementStart,
      isOpen: !isBetween && this.#lastWasObject,
      needsComma: needsComma && !isRest,
      lastEnd: this.#lastEnd,
      lastComma: this.#lastComma,
      firstNames: new Set(this.#firstNames),
    };
  }

  /** A scanner that goes on in the array: at an element, or at its closing bracket. */
  resume({ frames, lastComma, lastEnd }: ArrayState, at: 'element' | 'end'): StrictScanner {
    // A copy: when this turns out to be the wrong place, what was learnt behind it was wrong as well.
    const names = new Map(Array.from(this.#names, ([pattern, known]) => [pattern, new Set(known)]));
    const scanner = new StrictScanner(this.#isLarge, names);
    scanner.#frames = frames.map((frame) => ({ ...frame }));
    scanner.#large = frames.length - 1;
    scanner.#expect = at === 'element' ? 'value' : 'comma-or-end';
    scanner.#lastWasObject = true;
    scanner.#lastComma = lastComma;
    scanner.#lastEnd = lastEnd;
    scanner.#firstNames = scanner.#namesOf(scanner.#path().slice(0, -1));
    return scanner;
  }

  /** Reads a chunk that starts at a byte offset of the text. Returns the first defect. */
  write(chunk: Uint8Array, start: number): Defect | undefined {
    for (let at = 0; at < chunk.length; ) {
      if (this.#mode === 'string' && this.#escape === 0) {
        // Most bytes of a report are plain text: they are passed over without leaving the loop.
        while (at < chunk.length && isPlain(chunk[at] as number)) at += 1;
        if (at === chunk.length) break;
      }
      const byte = chunk[at] as number;
      let expected: string | undefined;
      if (this.#mode === 'string' || this.#mode === 'name') expected = this.#character(byte, start + at);
      else if (this.#mode === 'word') {
        if (isInWord(byte)) {
          if (this.#word.length < mostWordCharacters) this.#word += String.fromCharCode(byte);
        } else {
          const { length } = this.#word;
          if (length < mostWordCharacters && !wordPattern.test(this.#word)) {
            return { byteOffset: start + at - length, message: `${JSON.stringify(this.#word)} is no JSON value.` };
          }
          this.#valueDone(start + at);
          continue;
        }
      } else if (!isSpace(byte)) expected = this.#token(byte, start + at);
      if (expected !== undefined) return { byteOffset: start + at, message: unexpected(chunk, at, expected) };
      at += 1;
    }
    return undefined;
  }

  /** One byte of a string. */
  #character(byte: number, byteOffset: number): string | undefined {
    if (byte < 0x20) return 'the end of a string';
    if (this.#escape > 1) {
      if (!isHex(byte)) return 'a hexadecimal digit';
      this.#escape -= 1;
      if (this.#escape === 1) this.#escape = 0;
    } else if (this.#escape === 1) {
      if (byte === 0x75) this.#escape = 5;
      else if (!'"\\/bfnrt'.includes(String.fromCharCode(byte))) return 'an escape that JSON has';
      else this.#escape = 0;
    } else if (byte === BACKSLASH) this.#escape = 1;
    else if (byte === QUOTE) {
      if (this.#mode === 'name') this.#nameDone(byteOffset);
      else this.#valueDone(byteOffset + 1);
      return undefined;
    }
    if (this.#mode === 'name' && this.#text.length < mostNameCharacters) this.#text += String.fromCharCode(byte);
    return undefined;
  }

  #token(byte: number, byteOffset: number): string | undefined {
    const top = this.#frames.at(-1);
    const closer = top?.isArray === true ? 0x5d : 0x7d;
    switch (this.#expect) {
      case 'nothing':
        return 'the end of the document';
      case 'colon':
        if (byte !== 0x3a) return "':'";
        this.#expect = 'value';
        return undefined;
      case 'comma-or-end':
        if (byte === closer) return this.#close(byteOffset);
        if (byte !== COMMA) return top?.isArray === true ? "',' or ']'" : "',' or '}'";
        if (top !== undefined) top.index += 1;
        if (this.#frames.length === this.#large + 1) this.#lastComma = byteOffset;
        this.#expect = top?.isArray === true ? 'value' : 'name';
        return undefined;
      case 'name':
      case 'name-or-end':
        if (byte === closer && this.#expect === 'name-or-end') return this.#close(byteOffset);
        if (byte !== QUOTE) return "a member's name";
        this.#mode = 'name';
        this.#text = '';
        this.#namesElement = this.#large !== -1 && this.#frames.length === this.#large + 2;
        return undefined;
      case 'value':
      case 'value-or-end':
        if (byte === closer && this.#expect === 'value-or-end') return this.#close(byteOffset);
        return this.#value(byte, byteOffset);
    }
  }

  #value(byte: number, byteOffset: number): string | undefined {
    const isElement = this.#large !== -1 && this.#frames.length === this.#large + 1;
    if (isElement) {
      if (this.#lastWasObject && this.#lastStart !== undefined && byte === 0x7b) this.#isConfirmed = true;
      this.#elementStart = byteOffset;
      this.#lastStart = byteOffset;
      this.#lastWasObject = byte === 0x7b || byte === 0x5b;
      this.#memberNames.clear();
      this.#isRepeating = false;
    }
    if (byte === 0x7b || byte === 0x5b) {
      const isArray = byte === 0x5b;
      const isLarge =
        isArray && this.#large === -1 && this.#frames.length <= depthOfPaths && this.#isLarge(this.#path());
      this.#frames.push({ isArray, isLarge, index: 0, name: '' });
      if (isLarge) {
        this.#large = this.#frames.length - 1;
        this.#firstNames = this.#namesOf(this.#path().slice(0, -1));
        this.#nameOfElement = undefined;
        this.#lastComma = undefined;
        this.#lastEnd = undefined;
        this.#elementStart = undefined;
      }
      this.#expect = isArray ? 'value-or-end' : 'name-or-end';
      return undefined;
    }
    if (byte === QUOTE) {
      this.#mode = 'string';
      return undefined;
    }
    if (!isInWord(byte)) return 'a value';
    this.#mode = 'word';
    this.#word = String.fromCharCode(byte);
    return undefined;
  }

  #nameDone(byteOffset: number): void {
    const frame = this.#frames.at(-1) as Frame;
    frame.name = this.#text;
    if (this.#namesElement) {
      if (frame.index === 0) this.#nameOfElement = this.#text;
      this.#compareName(this.#text, byteOffset);
    }
    this.#mode = 'tracked';
    this.#expect = 'colon';
  }

  /** Where bytes are missing between two findings, what is left of them may be one, with two members of each name. */
  #compareName(name: string, byteOffset: number): void {
    if (this.#isRepeating || name.length >= mostNameCharacters) return;
    if (this.#memberNames.has(name)) {
      this.#isRepeating = true;
      const message = `This finding has ${JSON.stringify(name)} twice; the last one counts. It may be what is left of two.`;
      if (this.repeats.length < mostRepeats) this.repeats.push({ byteOffset, message });
    } else if (this.#memberNames.size < mostComparedNames) this.#memberNames.add(name);
  }

  #close(byteOffset: number): undefined {
    if (this.#large !== -1 && this.#frames.length === this.#large + 1 && this.#lastWasObject) {
      this.#isConfirmed = true;
      this.#left = { ...this.state(), elementStart: undefined, isOpen: false, needsComma: true };
    }
    this.#frames.pop();
    if (this.#large >= this.#frames.length) this.#large = -1;
    this.#valueDone(byteOffset + 1);
    return undefined;
  }

  /** `end` is the byte behind the value. */
  #valueDone(end: number): void {
    if (this.#large !== -1 && this.#frames.length === this.#large + 1) {
      this.#lastEnd = end;
      if (this.#nameOfElement !== undefined && this.#firstNames.size < mostFirstNames)
        this.#firstNames.add(this.#nameOfElement);
      this.#nameOfElement = undefined;
    }
    this.#mode = 'tracked';
    this.#expect = this.#frames.length === 0 ? 'nothing' : 'comma-or-end';
  }

  /** Of all arrays that stand in the same place of objects that are alike, such as the projects of a report. */
  #namesOf(path: readonly PathSegment[]): Set<string> {
    const pattern = path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
    let names = this.#names.get(pattern);
    if (names === undefined) {
      names = new Set();
      this.#names.set(pattern, names);
    }
    return names;
  }

  #path(): PathSegment[] {
    return this.#frames.map(({ isArray, index, name }) => (isArray ? index : name));
  }
}

function unexpected(chunk: Uint8Array, at: number, expected: string): string {
  const byte = chunk[at] as number;
  const found =
    byte > 0x20 && byte < 0x7f
      ? JSON.stringify(String.fromCharCode(byte))
      : `the byte ${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return `${found} stands where ${expected} was expected.`;
}

function isPlain(byte: number): boolean {
  return byte !== QUOTE && byte !== BACKSLASH && byte >= 0x20;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isHex(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

function isInWord(byte: number): boolean {
  const letter = byte | 0x20;
  const isLetterOrDigit = (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
  return isLetterOrDigit || byte === 0x2d || byte === 0x2b || byte === 0x2e;
}
