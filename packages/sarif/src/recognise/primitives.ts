/**
 * What the recogniser's functions share: the bytes they look at, what they note, and the JSON values of RFC 8259. Each
 * function gets the index of a value's first byte and gives the index after its last, or -1 when it cannot prove the value.
 * One set of memory serves all streams: whoever uses it loads its bytes, looks, and reads the notes before anybody else can.
 */

/** The longest stretch of input that can be loaded, in bytes. */
export const maxLoad = 1 << 20;

/** The bytes being looked at. A zero stands after the last, which no value can pass. */
export const b = new Uint8Array(maxLoad + 64);

/** What was noted of the last result, at the positions below. */
export const o = new Int32Array(16);

export const FLAGS = 0;
export const RULE_ID_START = 1;
export const RULE_ID_END = 2;
export const RULE_INDEX = 3;
export const RULE_INDEX_START = 4;
export const RULE_INDEX_END = 5;
/** 0 when the result states no level, else 1 for none, 2 note, 3 warning, 4 error. */
export const LEVEL = 6;
export const REFERENCE_ID_START = 7;
export const REFERENCE_ID_END = 8;
export const REFERENCE_INDEX = 9;
export const REFERENCE_INDEX_START = 10;
export const REFERENCE_INDEX_END = 11;
/** Position of the extension that `rule.toolComponent` names, -1 for none. */
export const COMPONENT = 12;
/** One bit for each base id that an artifact location uses, by its position in `baseIds`. */
export const BASES = 13;
export const SITES = 14;

/** White space stands between tokens. */
export const SPACED = 1;
/** `message.text` is not empty. */
export const HAS_TEXT = 2;
/** The message has arguments or an id. */
export const HAS_ARGUMENTS = 4;
/** The first location names a file. */
export const FIRST_URI = 8;
/** The first location has a line. */
export const FIRST_LINE = 16;
/** Some file is not named by a plain relative path. */
export const FOREIGN_URI = 32;
/** Something points into the run that is not noted. */
export const OTHER_INDEX = 64;
/** The kind is given, and is not `fail`. */
export const OTHER_KIND = 128;
/** The rule is named in a way that is not noted. */
export const OTHER_RULE = 256;
/** The result has `rule`. */
export const HAS_REFERENCE = 512;

/** Start, end and value of each index into the run's artifacts. */
export const sites = new Int32Array(3 * 2048);

export const MIN = -9007199254740991;
export const MAX = 9007199254740991;
/** The largest index that can be noted. */
export const MAX_INDEX = 0x7fff_ffff;

/** Value of the last integer. */
export let iv = 0;

/** Base ids seen so far. Shared by all streams: they are few, and a bit only says which of these names it is. */
export const baseIds: string[] = [];
const baseIdBytes: Uint8Array[] = [];

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** 0 for bytes that may stand in a string as they are. */
const stringClass = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1)
  stringClass[byte] = byte < 0x20 || byte === 0x22 || byte === 0x5c || byte >= 0x80 ? 1 : 0;

/** 1 for bytes that may stand in a segment of a plain path. */
const pathClass = new Uint8Array(256);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~!$&'()*+,;=@-") {
  pathClass[letter.charCodeAt(0)] = 1;
}

/** Loads the bytes that the functions look at from now on. */
export function load(bytes: Uint8Array): void {
  b.set(bytes, 0);
  b[bytes.length] = 0;
}

/** Forgets what was noted. */
export function clearNotes(): void {
  o.fill(0);
  o[RULE_INDEX] = -1;
  o[REFERENCE_INDEX] = -1;
  o[COMPONENT] = -1;
}

export function space(p: number): number {
  o[FLAGS]! |= SPACED;
  while (b[p] === 0x20 || b[p] === 0x0a || b[p] === 0x0d || b[p] === 0x09) p = p + 1;
  return p;
}

/** Past the colon after a member name, and to the value. */
export function colon(p: number): number {
  if (b[p]! <= 0x20) p = space(p);
  if (b[p] !== 0x3a) return -1;
  p = p + 1;
  if (b[p]! <= 0x20) p = space(p);
  return p;
}

export function string(p: number): number {
  if (b[p] !== 0x22) return -1;
  p = p + 1;
  for (;;) {
    while (stringClass[b[p]!] === 0) p = p + 1;
    const c = b[p]!;
    if (c === 0x22) return p + 1;
    p = c === 0x5c ? escaped(p) : c >= 0x80 ? utf8(p) : -1;
    if (p < 0) return -1;
  }
}

function escaped(p: number): number {
  const c = b[p + 1]!;
  if (c === 0x22 || c === 0x5c || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74)
    return p + 2;
  if (c !== 0x75) return -1;
  let unit = 0;
  for (let at = p + 2; at < p + 6; at += 1) {
    const digit = hexDigit(b[at]!);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  // Surrogates may stand alone, and control characters have a rule of their own: both are for the object's checks.
  if (unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) return -1;
  return p + 6;
}

export function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const letter = c | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Past one sequence of more than one byte that is well formed (Unicode, table 3-7). */
function utf8(p: number): number {
  const lead = b[p]!;
  const second = b[p + 1]!;
  if (lead >= 0xc2 && lead <= 0xdf) return isContinuation(second) ? p + 2 : -1;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isContinuation(b[p + 2]!) ? p + 3 : -1;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && isContinuation(b[p + 2]!) && isContinuation(b[p + 3]!) ? p + 4 : -1;
  }
  return -1;
}

function isContinuation(c: number): boolean {
  return (c & 0xc0) === 0x80;
}

export function integer(p: number, min: number, max: number): number {
  const start = p;
  const negative = b[p] === 0x2d;
  if (negative) p = p + 1;
  const first = p;
  let value = 0;
  while (b[p]! >= 0x30 && b[p]! <= 0x39) {
    value = value * 10 + b[p]! - 0x30;
    p = p + 1;
  }
  if (p === first || p - first > 15 || (b[first] === 0x30 && p - first > 1) || (negative && value === 0)) return -1;
  if (b[p] === 0x2e || b[p] === 0x65 || b[p] === 0x45) return -1;
  iv = negative ? -value : value;
  return iv < min || iv > max || start === p ? -1 : p;
}

/** A number without an exponent. */
export function number(p: number, min: number, max: number): number {
  const fraction = decimals(p);
  if (fraction < 0) return -1;
  if (b[fraction] !== 0x2e) return integer(p, min, max);
  if (b[p] === 0x2d || fraction - p > 15) return -1;
  let whole = 0;
  for (let at = p; at < fraction; at += 1) whole = whole * 10 + b[at]! - 0x30;
  if (whole < min || whole >= max) return -1;
  const end = pastNumber(p);
  return hasExponent(fraction, end) ? -1 : end;
}

function hasExponent(start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (b[at] === 0x65 || b[at] === 0x45) return true;
  }
  return false;
}

/** Index after the digits before the point. */
function decimals(p: number): number {
  if (b[p] === 0x2d) p = p + 1;
  const first = p;
  while (b[p]! >= 0x30 && b[p]! <= 0x39) p = p + 1;
  return p === first || (b[first] === 0x30 && p - first > 1) ? -1 : p;
}

/** Any JSON number. */
function pastNumber(p: number): number {
  p = decimals(p);
  if (p < 0) return -1;
  if (b[p] === 0x2e) {
    const first = p + 1;
    p = first;
    while (b[p]! >= 0x30 && b[p]! <= 0x39) p = p + 1;
    if (p === first) return -1;
  }
  if (b[p] === 0x65 || b[p] === 0x45) {
    p = p + 1;
    if (b[p] === 0x2b || b[p] === 0x2d) p = p + 1;
    const first = p;
    while (b[p]! >= 0x30 && b[p]! <= 0x39) p = p + 1;
    if (p === first) return -1;
  }
  return p;
}

export function boolean(p: number): number {
  if (b[p] === 0x74) return b[p + 1] === 0x72 && b[p + 2] === 0x75 && b[p + 3] === 0x65 ? p + 4 : -1;
  if (b[p] !== 0x66) return -1;
  return b[p + 1] === 0x61 && b[p + 2] === 0x6c && b[p + 3] === 0x73 && b[p + 4] === 0x65 ? p + 5 : -1;
}

/** Any JSON value. Whoever loads bytes has limited their depth. */
export function anyValue(p: number): number {
  const c = b[p]!;
  if (c === 0x22) return string(p);
  if (c === 0x7b) return members(p, false);
  if (c === 0x5b) return elements(p);
  if (c === 0x74 || c === 0x66) return boolean(p);
  if (c === 0x6e) return b[p + 1] === 0x75 && b[p + 2] === 0x6c && b[p + 3] === 0x6c ? p + 4 : -1;
  return pastNumber(p);
}

function elements(p: number): number {
  p = p + 1;
  if (b[p]! <= 0x20) p = space(p);
  if (b[p] === 0x5d) return p + 1;
  for (;;) {
    p = anyValue(p);
    if (p < 0) return -1;
    if (b[p]! <= 0x20) p = space(p);
    if (b[p] === 0x5d) return p + 1;
    if (b[p] !== 0x2c) return -1;
    p = p + 1;
    if (b[p]! <= 0x20) p = space(p);
  }
}

/** A property bag: any members, of which `tags` is an array of strings that differ (section 3.8). */
export function bag(p: number): number {
  return b[p] === 0x7b ? members(p, true) : -1;
}

function members(p: number, isBag: boolean): number {
  p = p + 1;
  if (b[p]! <= 0x20) p = space(p);
  if (b[p] === 0x7d) return p + 1;
  for (;;) {
    const name = p;
    p = string(p);
    if (p < 0) return -1;
    const isTags =
      isBag &&
      b[name + 1] === 0x74 &&
      b[name + 2] === 0x61 &&
      b[name + 3] === 0x67 &&
      b[name + 4] === 0x73 &&
      p === name + 6;
    // An escape in the name may hide `tags`.
    if (isBag && !isTags && hasBackslash(name, p)) return -1;
    p = colon(p);
    if (p < 0) return -1;
    p = isTags ? tags(p) : anyValue(p);
    if (p < 0) return -1;
    if (b[p]! <= 0x20) p = space(p);
    if (b[p] === 0x7d) return p + 1;
    if (b[p] !== 0x2c) return -1;
    p = p + 1;
    if (b[p]! <= 0x20) p = space(p);
  }
}

function tags(p: number): number {
  if (b[p] !== 0x5b) return -1;
  const start = p;
  let count = 0;
  p = p + 1;
  if (b[p]! <= 0x20) p = space(p);
  if (b[p] === 0x5d) return p + 1;
  for (;;) {
    p = string(p);
    if (p < 0) return -1;
    count += 1;
    if (b[p]! <= 0x20) p = space(p);
    if (b[p] === 0x5d) return count === 1 || areDistinct(start, count) ? p + 1 : -1;
    if (b[p] !== 0x2c) return -1;
    p = p + 1;
    if (b[p]! <= 0x20) p = space(p);
  }
}

export function hasBackslash(start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (b[at] === 0x5c) return true;
  }
  return false;
}

/** Whether a text that starts here may be white space alone: it is empty, or its first character may be a kind of space. */
export function mayBeBlank(p: number): boolean {
  const c = b[p]!;
  if (c <= 0x20 || c === 0x22 || c === 0x5c) return true;
  return c === 0xc2 || c === 0xe1 || c === 0xe2 || c === 0xef || (c === 0xe3 && b[p + 1] === 0x80);
}

/** An RFC 9562 UUID in its usual form. */
export function guid(p: number): number {
  if (b[p] !== 0x22) return -1;
  for (let at = 0; at < 36; at += 1) {
    const c = b[p + 1 + at]!;
    const isDash = at === 8 || at === 13 || at === 18 || at === 23;
    if (isDash ? c !== 0x2d : hexDigit(c) < 0) return -1;
  }
  return b[p + 37] === 0x22 ? p + 38 : -1;
}

/** `2016-02-08T16:08:25Z`, with or without decimals: the form that tools write. Days beyond the 28th are for the object's checks. */
export function dateTime(p: number): number {
  if (b[p] !== 0x22 || !isTwoDigits(p + 1, 0, 99) || !isTwoDigits(p + 3, 0, 99)) return -1;
  if (b[p + 5] !== 0x2d || !isTwoDigits(p + 6, 1, 12) || b[p + 8] !== 0x2d || !isTwoDigits(p + 9, 1, 28)) return -1;
  if (b[p + 11] !== 0x54 || !isTwoDigits(p + 12, 0, 23) || b[p + 14] !== 0x3a || !isTwoDigits(p + 15, 0, 59)) return -1;
  if (b[p + 17] !== 0x3a || !isTwoDigits(p + 18, 0, 59)) return -1;
  p = p + 20;
  if (b[p] === 0x2e) {
    const first = p + 1;
    p = first;
    while (b[p]! >= 0x30 && b[p]! <= 0x39) p = p + 1;
    if (p === first) return -1;
  }
  return b[p] === 0x5a && b[p + 1] === 0x22 ? p + 2 : -1;
}

function isTwoDigits(p: number, min: number, max: number): boolean {
  const tens = b[p]! - 0x30;
  const ones = b[p + 1]! - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return false;
  const value = tens * 10 + ones;
  return value >= min && value <= max;
}

/** A URI of an artifact. One that is no plain relative path is a string all the same, and noted. */
export function uri(p: number): number {
  if (b[p] !== 0x22) return -1;
  let at = p + 1;
  let segment = at;
  for (;;) {
    const c = b[at]!;
    if (pathClass[c] === 1) {
      at += 1;
    } else if (c === 0x25) {
      if (hexDigit(b[at + 1]!) < 0 || hexDigit(b[at + 2]!) < 0) break;
      at += 3;
    } else if (c === 0x2f || c === 0x22) {
      const length = at - segment;
      const isDots = b[segment] === 0x2e && (length === 1 || (length === 2 && b[segment + 1] === 0x2e));
      if (length === 0 || isDots) break;
      at += 1;
      if (c === 0x22) return at;
      segment = at;
    } else {
      break;
    }
  }
  o[FLAGS]! |= FOREIGN_URI;
  return string(p);
}

/** A base id: noted by its position among those seen so far. */
export function baseId(p: number): number {
  const end = string(p);
  if (end < 0) return -1;
  for (let known = 0; known < baseIdBytes.length; known += 1) {
    if (isSame(baseIdBytes[known]!, p + 1, end - 1)) {
      o[BASES]! |= 1 << known;
      return end;
    }
  }
  if (baseIdBytes.length < 30 && !hasBackslash(p, end)) {
    o[BASES]! |= 1 << baseIdBytes.length;
    const bytes = b.slice(p + 1, end - 1);
    baseIdBytes.push(bytes);
    baseIds.push(decoder.decode(bytes));
  } else {
    o[FLAGS]! |= FOREIGN_URI;
  }
  return end;
}

function isSame(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== b[start + at]) return false;
  }
  return true;
}

/** Notes an index into the artifacts, whose digits stand between these places. */
export function site(start: number, end: number): number {
  const at = o[SITES]! * 3;
  if (at === sites.length || iv < 0) return -1;
  sites[at] = start;
  sites[at + 1] = end;
  sites[at + 2] = iv;
  o[SITES]! += 1;
  return end;
}

const digests = new Int32Array(64);

/** Digests of the member names of the objects that are open, and where those of each object start. */
const names = new Int32Array(256);
const nameStarts = new Int32Array(64);

/**
 * Whether the elements of the array at `p`, already known to be JSON, differ. Each is digested as the sum of its tokens, so
 * that the order of members does not count: equal elements have equal sums. Where equal tokens may be written in two ways,
 * where a member is repeated (the first has no say), and where sums are equal, the answer is no.
 */
export function areDistinct(p: number, count: number): boolean {
  if (count > digests.length) return false;
  p = p + 1;
  for (let element = 0; element < count; element += 1) {
    let sum = 0;
    let depth = 0;
    let nameCount = 0;
    for (;;) {
      const c = b[p]!;
      if (c === 0x22) {
        let hash = 0x811c9dc5 | 0;
        p = p + 1;
        while (b[p] !== 0x22) {
          if (b[p] === 0x5c) {
            if (b[p + 1] === 0x75 || b[p + 1] === 0x2f) return false;
            hash = Math.imul(hash ^ b[p]!, 0x01000193);
            p = p + 1;
          }
          hash = Math.imul(hash ^ b[p]!, 0x01000193);
          p = p + 1;
        }
        sum = (sum + Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)) | 0;
        p = p + 1;
        while (b[p]! <= 0x20) p = p + 1;
        if (b[p] === 0x3a) {
          if (nameCount === names.length) return false;
          for (let other = nameStarts[depth - 1]!; other < nameCount; other += 1) {
            if (names[other] === hash) return false;
          }
          names[nameCount] = hash;
          nameCount += 1;
        }
      } else if (c === 0x7b || c === 0x5b) {
        if (depth === nameStarts.length) return false;
        nameStarts[depth] = nameCount;
        depth += 1;
        p = p + 1;
      } else if (c === 0x7d || c === 0x5d) {
        if (depth === 0) break;
        depth -= 1;
        nameCount = nameStarts[depth]!;
        p = p + 1;
      } else if (c === 0x2c) {
        if (depth === 0) break;
        p = p + 1;
      } else if (c <= 0x20 || c === 0x3a) {
        p = p + 1;
      } else {
        let hash = 0x1b873593 | 0;
        const start = p;
        if (c === 0x2d && b[p + 1] === 0x30) return false;
        for (;;) {
          const d = b[p]!;
          if (d === 0x2c || d === 0x7d || d === 0x5d || d <= 0x20) break;
          if (d === 0x2e || d === 0x45 || (d === 0x65 && c !== 0x74 && c !== 0x66)) return false;
          hash = Math.imul(hash ^ d, 0x01000193);
          p = p + 1;
        }
        if (p - start > 15) return false;
        sum = (sum + Math.imul(hash ^ (hash >>> 15), 0x297a2d39)) | 0;
      }
    }
    for (let other = 0; other < element; other += 1) {
      if (digests[other] === sum) return false;
    }
    digests[element] = sum;
    p = p + 1;
  }
  return true;
}
