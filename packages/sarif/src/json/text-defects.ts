import type { PathSegment } from './pointer.ts';

/** Something in a valid JSON text that gets lost or changed on the way through other programs, and through the native parser. */
export interface TextDefect {
  /** A repeated member name, a number that is too large, a control character, half of a surrogate pair. */
  readonly code: 'SF-P108' | 'SF-P110' | 'SF-P111' | 'SF-P112';
  /** Steps from the root of the text to the value; to the member when it is the name that is at fault. */
  readonly path: readonly PathSegment[];
  /** Index of the offending byte in the text. */
  readonly index: number;
  /** Whether the defect is in the name of the member, not in its value. */
  readonly inName: boolean;
  /** What stands there: the name, the number or the escape, cut when it is long. */
  readonly found: string;
  /** Of a control character: whether U+0000 is among those of the string. */
  readonly hasNul: boolean;
}

export interface TextDefectOptions {
  /**
   * Whether the value at a path may be any number. A number that is written with a fraction or an exponent and is too large to
   * be mistaken for an integer is no defect there.
   */
  readonly isFreeForm?: (path: readonly PathSegment[]) => boolean;
}

/**
 * Finds what the native parser passes over in silence, in one walk over the bytes of a JSON value. One string has at most one
 * defect of each kind. Only for text that the native parser has accepted. Memory: the objects that are open.
 */
export function findTextDefects(
  text: Uint8Array,
  report: (defect: TextDefect) => void,
  options: TextDefectOptions = {},
): void {
  new TextWalk(text, report, options).walk();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Objects with more members than this keep their names in a set; fewer are compared one by one. */
const fewNames = 16;

const longestFound = 60;

/** Integers up to here have at most this many digits, so shorter numbers need not be converted to be judged. */
const safeDigits = 15;

/** From here on the native writer uses an exponent, so that a number stays one that is written as a float. */
const exponentFrom = 1e21;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** An object or an array that is open. */
interface Frame {
  readonly isArray: boolean;
  /** Position of the current element. */
  index: number;
  /** Where the current member's name starts; its closing quote stands before `nameEnd`. */
  nameStart: number;
  nameEnd: number;
  /** That name, once it has been asked for. */
  name: string | undefined;
  /** Of the first names: start, end and hash, one after the other. */
  readonly few: number[];
  /** How many numbers of it count. */
  fewCount: number;
  /** All names, once there are many. */
  many: Set<string> | undefined;
}

/** Frames that were closed, to be used again: texts come by the thousand, and each has a few dozen objects. */
const spare: { readonly arrays: Frame[]; readonly objects: Frame[] } = { arrays: [], objects: [] };
const mostSpare = 64;

class TextWalk {
  readonly #text: Uint8Array;
  readonly #report: (defect: TextDefect) => void;
  readonly #isFreeForm: (path: readonly PathSegment[]) => boolean;
  readonly #frames: Frame[] = [];
  /** What the escapes of the current string are found to be: indices of the first, -1 when there is none. */
  #control = -1;
  #lone = -1;
  #hasNul = false;

  constructor(text: Uint8Array, report: (defect: TextDefect) => void, options: TextDefectOptions) {
    this.#text = text;
    this.#report = report;
    this.#isFreeForm = options.isFreeForm ?? (() => false);
  }

  walk(): void {
    const text = this.#text;
    const { length } = text;
    const frames = this.#frames;
    let isName = false;
    let at = 0;
    while (at < length) {
      const byte = text[at] as number;
      if (byte === QUOTE) {
        const start = at;
        let hash = 0;
        at += 1;
        // Most strings have no escapes: they need nothing but to be passed over, names a hash beside.
        if (isName) {
          for (; at < length; at += 1) {
            const unit = text[at] as number;
            if (unit === QUOTE || unit === BACKSLASH) break;
            hash = (Math.imul(hash, 31) + unit) | 0;
          }
        } else {
          while (at < length && text[at] !== QUOTE && text[at] !== BACKSLASH) at += 1;
        }
        if (text[at] === BACKSLASH) at = this.#escapedString(start, at, isName);
        else {
          at += 1;
          if (isName) this.#name(start, at, hash);
        }
        isName = false;
      } else if (byte === 0x2c) {
        const top = frames[frames.length - 1];
        if (top !== undefined) {
          top.index += 1;
          isName = !top.isArray;
        }
        at += 1;
      } else if (byte === 0x7b || byte === 0x5b) {
        frames.push(this.#open(byte === 0x5b));
        isName = byte === 0x7b;
        at += 1;
      } else if (byte === 0x7d || byte === 0x5d) {
        this.#close();
        isName = false;
        at += 1;
      } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) at = this.#number(at);
      else at += 1;
    }
  }

  #open(isArray: boolean): Frame {
    const frame = (isArray ? spare.arrays : spare.objects).pop();
    if (frame === undefined)
      return { isArray, index: 0, nameStart: 0, nameEnd: 0, name: undefined, few: [], fewCount: 0, many: undefined };
    frame.index = 0;
    return frame;
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const frames = frame.isArray ? spare.arrays : spare.objects;
    if (frames.length === mostSpare) return;
    frame.fewCount = 0;
    frame.many = undefined;
    frames.push(frame);
  }

  /** Index after the closing quote of the string at `start`, whose first escape stands at `firstEscape`. Says what is wrong with it. */
  #escapedString(start: number, firstEscape: number, isName: boolean): number {
    const text = this.#text;
    this.#control = -1;
    this.#lone = -1;
    this.#hasNul = false;
    let at = firstEscape;
    while (at < text.length && text[at] !== QUOTE) at = text[at] === BACKSLASH ? this.#escape(at) : at + 1;
    const end = at + 1;
    if (isName) this.#name(start, end, this.#hashOfEscaped(start, end));
    this.#escapes(end, isName);
    return end;
  }

  /** Index after the escape at `at`; after both where two make a pair. */
  #escape(at: number): number {
    const kind = this.#text[at + 1];
    if (kind === 0x62 || kind === 0x66) {
      if (this.#control < 0) this.#control = at;
      return at + 2;
    }
    if (kind !== 0x75) return at + 2;
    const unit = this.#unit(at);
    if (unit < 0x20) {
      if (unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) {
        if (this.#control < 0) this.#control = at;
        this.#hasNul ||= unit === 0;
      }
      return at + 6;
    }
    if (unit < 0xd800 || unit > 0xdfff) return at + 6;
    if (unit < 0xdc00 && this.#text[at + 6] === BACKSLASH && this.#text[at + 7] === 0x75) {
      const next = this.#unit(at + 6);
      if (next >= 0xdc00 && next <= 0xdfff) return at + 12;
    }
    if (this.#lone < 0) this.#lone = at;
    return at + 6;
  }

  /** The code unit of the escape at `at`. */
  #unit(at: number): number {
    let unit = 0;
    for (let digit = at + 2; digit < at + 6; digit += 1) {
      const byte = this.#text[digit] as number;
      unit = unit * 16 + (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57);
    }
    return unit;
  }

  #escapes(end: number, inName: boolean): void {
    if (this.#control < 0 && this.#lone < 0) return;
    const hasNul = this.#hasNul;
    const defects = [
      { code: 'SF-P111', index: this.#control } as const,
      { code: 'SF-P112', index: this.#lone } as const,
    ].filter(({ index }) => index >= 0);
    for (const { code, index } of defects.sort((one, other) => one.index - other.index)) {
      const length = this.#text[index + 1] === 0x75 ? 6 : 2;
      const found = decoder.decode(this.#text.subarray(index, Math.min(index + length, end)));
      this.#found({ code, index, inName, found, hasNul: code === 'SF-P111' && hasNul });
    }
  }

  /** Notes the name of a member, and whether its object has it already. */
  #name(start: number, end: number, hash: number): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    frame.nameStart = start;
    frame.nameEnd = end;
    frame.name = undefined;
    if (frame.many !== undefined) {
      const before = frame.many.size;
      frame.many.add(this.#textOf(start, end));
      if (frame.many.size === before) this.#repeated(start, end);
      return;
    }
    const { few } = frame;
    const count = frame.fewCount;
    for (let at = 0; at < count; at += 3) {
      if (few[at + 2] === hash && this.#textOf(few[at] as number, few[at + 1] as number) === this.#textOf(start, end)) {
        this.#repeated(start, end);
        return;
      }
    }
    few[count] = start;
    few[count + 1] = end;
    few[count + 2] = hash;
    frame.fewCount = count + 3;
    if (count < fewNames * 3) return;
    frame.many = new Set();
    for (let at = 0; at <= count; at += 3) frame.many.add(this.#textOf(few[at] as number, few[at + 1] as number));
  }

  #repeated(start: number, end: number): void {
    const found = this.#textOf(start, end).slice(0, longestFound);
    this.#found({ code: 'SF-P108', index: start, inName: true, found, hasNul: false });
  }

  /** The same as for a name that is written without escapes. */
  #hashOfEscaped(start: number, end: number): number {
    let hash = 0;
    for (const byte of encoder.encode(this.#textOf(start, end))) hash = (Math.imul(hash, 31) + byte) | 0;
    return hash;
  }

  #textOf(start: number, end: number): string {
    const bytes = this.#text.subarray(start, end);
    return bytes.includes(BACKSLASH)
      ? (JSON.parse(decoder.decode(bytes)) as string)
      : decoder.decode(bytes.subarray(1, -1));
  }

  /** Index after the number at `start`. */
  #number(start: number): number {
    const text = this.#text;
    let at = start + 1;
    let isFloat = false;
    for (; at < text.length; at += 1) {
      const byte = text[at] as number;
      if (byte >= 0x30 && byte <= 0x39) continue;
      if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45 && byte !== 0x2b && byte !== 0x2d) break;
      isFloat = true;
    }
    if (!isFloat && at - start <= safeDigits) return at;
    const written = decoder.decode(text.subarray(start, at));
    const value = Math.abs(Number(written));
    if (value <= Number.MAX_SAFE_INTEGER) return at;
    if (isFloat && value >= exponentFrom && Number.isFinite(value) && this.#isFreeForm(this.#path())) return at;
    const found = written.length <= longestFound ? written : `${written.slice(0, longestFound)}…`;
    this.#found({ code: 'SF-P110', index: start, inName: false, found, hasNul: false });
    return at;
  }

  #found(defect: Omit<TextDefect, 'path'>): void {
    this.#report({ ...defect, path: this.#path() });
  }

  #path(): PathSegment[] {
    return this.#frames.map((frame) => {
      if (frame.isArray) return frame.index;
      // Kept, because one long name may stand above many defects.
      frame.name ??= this.#textOf(frame.nameStart, frame.nameEnd);
      return frame.name;
    });
  }
}
