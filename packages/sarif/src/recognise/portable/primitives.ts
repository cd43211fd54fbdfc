/*
 * The JSON values of RFC 8259, the forms of SARIF's strings, and what is noted on the way. Each function gets the address of a
 * value's first byte and gives the address after its last, or -1 when it cannot prove the value. What is right but unusual may be
 * refused or put in doubt; what is wrong never passes without either.
 */
import {
  ADDED_LEVEL,
  ARTIFACTS,
  BASES,
  CONTENT_HASH,
  CONTENT_HASH_2,
  DIGESTS,
  DOUBT,
  END,
  FINGERPRINT_DOUBT,
  FIRST_LOCATION,
  FIRST_NEW_URI,
  FIRST_PLACE,
  FIRST_SITE,
  FIRST_URI,
  FLAGS,
  HAS_COLUMNS,
  HAS_FINGERPRINT,
  HAS_REFERENCE,
  HAS_RELATIVE_URI,
  INPUT,
  KEY,
  KEY_NUMBERS,
  KEY_SLOT_COUNT,
  KEY_SLOTS,
  KEYS,
  LEVEL,
  MARKS,
  MAX_DIGESTS,
  MAX_KEYS,
  MAX_NAMES,
  MAX_NEW_URIS,
  MAX_PLACES,
  MAX_RECORDS,
  MAX_SITES,
  MAX_STRINGS,
  NAMES,
  NEW_URI,
  NEW_URI_COUNT,
  NEW_URIS,
  NO_FINGERPRINT,
  NO_REGION,
  OTHER_LOCATION,
  PATH_CLASS,
  PLACE_COUNT,
  PLACE_DOUBT,
  PLACES,
  PROPERTIES_END,
  PROPERTIES_START,
  RECORD_NUMBERS,
  RECORDS,
  REFERENCE_INDEX_END,
  REFERENCE_INDEX_START,
  REGION_DOUBT,
  RULE_INDEX_END,
  RULE_INDEX_START,
  SCRATCH,
  SCRATCH_BYTES,
  SITE_COUNT,
  SITES,
  SPACED,
  START,
  STRING_BYTES,
  STRING_BYTES_END,
  STRING_SLOT_COUNT,
  STRING_SLOTS,
  STRINGS,
  TEXT_DOUBT,
  TEXT_HASH,
  TEXT_HASH_2,
  UNDECLARED_BASES,
  USED_BASES,
  WHOLE_FILES,
} from './layout.ts';
import {
  byteAt,
  copy,
  fill,
  find,
  i32At,
  is2,
  is4,
  isSame,
  longHash,
  longHash2,
  mul,
  pastPlain,
  setByte,
  setI32,
  wordAt,
} from './machine.ts';

/* What is noted of the result that is being looked at. */

export let flags: i32 = 0;
export let level: i32 = 0;
let ruleId: i32 = -1;
let ruleIndex: i32 = -1;
let ruleIndexStart: i32 = 0;
let ruleIndexEnd: i32 = 0;
let referenceId: i32 = -1;
let referenceIndex: i32 = -1;
let referenceIndexStart: i32 = 0;
let referenceIndexEnd: i32 = 0;
let component: i32 = -1;
let componentName: i32 = -1;
let usedBases: i32 = 0;
/** Locations of the result that name a file and no region. */
let wholeFiles: i32 = 0;
let undeclaredBases: i32 = 0;
/** 1 while the artifact location that is being looked at is in doubt, and what was noted before it began. */
let isPlaceInDoubt: i32 = 0;
let basesBefore: i32 = 0;
let undeclaredBefore: i32 = 0;
let textStart: i32 = 0;
let textEnd: i32 = 0;
/** The string of the first location's `uri`, -1 for none. */
let firstUri: i32 = -1;
let isFirstInDoubt: i32 = 0;
let messageStart: i32 = 0;
let messageEnd: i32 = 0;
let locationsStart: i32 = 0;
let locationsEnd: i32 = 0;
let hasPartialFingerprints: i32 = 0;
let propertiesStart: i32 = 0;
let propertiesEnd: i32 = 0;
/** Bits for the location ids of the result from 0 to 31 and from 32 to 63, and for those that links name. */
let ids: i32 = 0;
let ids2: i32 = 0;
let links: i32 = 0;
let links2: i32 = 0;
/** Line breaks in the last `artifactContent.text`. */
let breaks: i32 = 0;

/** Value of the last integer. */
export let iv: f64 = 0;

/* What holds for the run. */

let stringCount: i32 = 0;
let stringBytes: i32 = STRING_BYTES;
let keyCount: i32 = 0;
let baseCount: i32 = 0;
let declaredBases: i32 = 0;
let artifactCount: i32 = 0;

/* What holds for the bytes that were loaded. */

let recordCount: i32 = 0;
let siteCount: i32 = 0;
let placeCount: i32 = 0;
let newUriCount: i32 = 0;
let firstNewUri: i32 = 0;
let firstPlace: i32 = 0;
/** 1 while a result is looked at whose URIs are noted without being remembered. */
let isAside: i32 = 0;

export function addFlags(more: i32): void {
  flags = flags | more;
}

export function setLevel(word: i32): void {
  level = word;
}

/** Must be called once before anything else. */
export function prepare(): void {
  for (let c = 0x21; c < 0x7f; c = c + 1) {
    const isLetter = (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a);
    const isDigit = c >= 0x30 && c <= 0x39;
    // ._~!$&'()*+,;=@-
    const isMark =
      c === 0x2e || c === 0x5f || c === 0x7e || c === 0x21 || c === 0x24 || (c >= 0x26 && c <= 0x2d) || c === 0x3b;
    setByte(PATH_CLASS + c, isLetter || isDigit || isMark || c === 0x3d || c === 0x40 ? 1 : 0);
  }
}

/** Forgets everything about the run before. */
export function startRun(): void {
  forgetStrings();
  fill(MARKS, stringCount * 4);
  forgetKeys();
  stringCount = 0;
  stringBytes = STRING_BYTES;
  keyCount = 0;
  baseCount = 0;
  declaredBases = 0;
  artifactCount = 0;
}

/**
 * Small runs have few strings and the table is large: they are taken out one by one, the last first, because the way to its slot may
 * lead past those of earlier ones.
 */
function forgetStrings(): void {
  if (stringCount > STRING_SLOT_COUNT / 128) {
    fill(STRING_SLOTS, STRING_SLOT_COUNT * 4);
    return;
  }
  for (let id = stringCount - 1; id >= 0; id = id - 1) {
    let slot = i32At(STRINGS + id * 12 + 8) & (STRING_SLOT_COUNT - 1);
    while (i32At(STRING_SLOTS + slot * 4) !== id + 1) slot = (slot + 1) & (STRING_SLOT_COUNT - 1);
    setI32(STRING_SLOTS + slot * 4, 0);
  }
}

/** The same for the ways of naming a rule, which know their slots. */
function forgetKeys(): void {
  if (keyCount > KEY_SLOT_COUNT / 128) {
    fill(KEY_SLOTS, KEY_SLOT_COUNT * 4);
    return;
  }
  for (let id = 0; id < keyCount; id = id + 1) {
    setI32(KEY_SLOTS + i32At(KEYS + id * KEY_NUMBERS * 4 + 28) * 4, 0);
  }
}

/** Makes the string of these bytes, as they stand in JSON, a known base id. */
export function addBase(p: i32, length: i32, isDeclared: i32): void {
  setI32(BASES + baseCount * 4, intern(p, length));
  baseCount = baseCount + 1;
  if (isDeclared !== 0) declaredBases = baseCount;
}

/** The next artifact of the run. Lengths are -1 for what it lacks. */
export function addArtifact(uri: i32, uriLength: i32, base: i32, baseLength: i32): void {
  const at = ARTIFACTS + artifactCount * 8;
  setI32(at, uriLength < 0 ? -1 : intern(uri, uriLength));
  setI32(at + 4, baseLength < 0 ? -1 : intern(base, baseLength));
  artifactCount = artifactCount + 1;
}

export function countOfKeys(): i32 {
  return keyCount;
}

export function countOfStrings(): i32 {
  return stringCount;
}

/* Strings and keys that repeat get a number. */

export function hashOf(p: i32, length: i32): i32 {
  let hash = mul(length, 0x9e3779b1);
  const words = p + (length & -4);
  for (; p < words; p = p + 4) {
    hash = mul(hash ^ wordAt(p), 0x85ebca6b);
    hash = hash ^ (hash >>> 13);
  }
  const rest = length & 3;
  for (let at = 0; at < rest; at = at + 1) hash = mul(hash ^ byteAt(p + at), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The number of a string, -1 when there are too many. */
function intern(p: i32, length: i32): i32 {
  const hash = hashOf(p, length);
  let slot = hash & (STRING_SLOT_COUNT - 1);
  for (;;) {
    const id = i32At(STRING_SLOTS + slot * 4) - 1;
    if (id < 0) break;
    const entry = STRINGS + id * 12;
    if (i32At(entry + 8) === hash && i32At(entry + 4) === length && isSame(i32At(entry), p, length)) return id;
    slot = (slot + 1) & (STRING_SLOT_COUNT - 1);
  }
  if (stringCount === MAX_STRINGS || stringBytes + length > STRING_BYTES_END - 16) return -1;
  const id = stringCount;
  stringCount = stringCount + 1;
  copy(stringBytes, p, length);
  const entry = STRINGS + id * 12;
  setI32(entry, stringBytes);
  setI32(entry + 4, length);
  setI32(entry + 8, hash);
  stringBytes = stringBytes + length;
  setI32(STRING_SLOTS + slot * 4, id + 1);
  return id;
}

/** The number of the string that is the JSON string from `start` to `end`, quotes included. */
function internJson(start: i32, end: i32): i32 {
  return intern(start + 1, end - start - 2);
}

/** The number of the way in which the result names its rule, -1 when there are too many. */
function internKey(): i32 {
  let hash = mul(ruleId, 0x9e3779b1) ^ mul(ruleIndex, 0x85ebca6b) ^ mul(referenceIndex, 0xc2b2ae35);
  hash = mul(hash ^ (hash >>> 15), 0x27d4eb2f) ^ mul(referenceId, 0x165667b1) ^ mul(component, 0x2c1b3c6d);
  hash = mul(hash ^ (hash >>> 13), 0x5bd1e995) ^ componentName;
  hash = hash ^ (hash >>> 15);
  const hasReference = flags & HAS_REFERENCE;
  let slot = hash & (KEY_SLOT_COUNT - 1);
  for (;;) {
    const id = i32At(KEY_SLOTS + slot * 4) - 1;
    if (id < 0) break;
    const at = KEYS + id * KEY_NUMBERS * 4;
    if (
      i32At(at) === ruleId &&
      i32At(at + 4) === ruleIndex &&
      i32At(at + 8) === referenceId &&
      i32At(at + 12) === referenceIndex &&
      i32At(at + 16) === component &&
      i32At(at + 20) === componentName &&
      i32At(at + 24) === hasReference
    )
      return id;
    slot = (slot + 1) & (KEY_SLOT_COUNT - 1);
  }
  if (keyCount === MAX_KEYS) return -1;
  const id = keyCount;
  keyCount = keyCount + 1;
  const at = KEYS + id * KEY_NUMBERS * 4;
  setI32(at, ruleId);
  setI32(at + 4, ruleIndex);
  setI32(at + 8, referenceId);
  setI32(at + 12, referenceIndex);
  setI32(at + 16, component);
  setI32(at + 20, componentName);
  setI32(at + 24, hasReference);
  setI32(at + 28, slot);
  setI32(KEY_SLOTS + slot * 4, id + 1);
  return id;
}

/* JSON. */

export function space(p: i32): i32 {
  flags = flags | SPACED;
  let c = byteAt(p);
  while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
    p = p + 1;
    c = byteAt(p);
  }
  return p;
}

/** Past the colon after a member name, and to the value. */
export function colon(p: i32): i32 {
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) !== 0x3a) return -1;
  p = p + 1;
  return byteAt(p) <= 0x20 ? space(p) : p;
}

export function string(p: i32): i32 {
  if (byteAt(p) !== 0x22) return -1;
  p = pastPlain(p + 1);
  if (byteAt(p) === 0x22) return p + 1;
  return specialString(p);
}

/** The rest of a string in which something stands that is no plain ASCII. */
function specialString(p: i32): i32 {
  for (;;) {
    const c = byteAt(p);
    if (c === 0x22) return p + 1;
    p = c === 0x5c ? escaped(p) : c >= 0x80 ? utf8(p) : -1;
    if (p < 0) return -1;
    if (byteAt(p) < 0x80) p = pastPlain(p);
  }
}

function escaped(p: i32): i32 {
  const c = byteAt(p + 1);
  if (c === 0x22 || c === 0x5c || c === 0x2f || c === 0x6e || c === 0x72 || c === 0x74) return p + 2;
  // The other control characters have a rule of their own.
  if (c !== 0x75) return -1;
  let unit = 0;
  for (let at = p + 2; at < p + 6; at = at + 1) {
    const digit = hexDigit(byteAt(at));
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  // So have surrogates that stand alone.
  if (unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) return -1;
  return p + 6;
}

export function hexDigit(c: i32): i32 {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const letter = c | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Past one sequence of more than one byte that is well formed (Unicode, table 3-7). */
function utf8(p: i32): i32 {
  const lead = byteAt(p);
  const second = byteAt(p + 1);
  if (lead >= 0xc2 && lead <= 0xdf) return isContinuation(second) ? p + 2 : -1;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isContinuation(byteAt(p + 2)) ? p + 3 : -1;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && isContinuation(byteAt(p + 2)) && isContinuation(byteAt(p + 3))
      ? p + 4
      : -1;
  }
  return -1;
}

function isContinuation(c: i32): boolean {
  return (c & 0xc0) === 0x80;
}

export function integer(p: i32, min: f64, max: f64): i32 {
  const negative = byteAt(p) === 0x2d;
  if (negative) p = p + 1;
  const first = p;
  let small = 0;
  let c = byteAt(p);
  while (c >= 0x30 && c <= 0x39 && p - first < 9) {
    small = small * 10 + c - 0x30;
    p = p + 1;
    c = byteAt(p);
  }
  let value: f64 = small;
  while (c >= 0x30 && c <= 0x39) {
    value = value * 10 + c - 0x30;
    p = p + 1;
    c = byteAt(p);
  }
  if (p === first || p - first > 15 || (byteAt(first) === 0x30 && p - first > 1) || (negative && value === 0))
    return -1;
  if (c === 0x2e || c === 0x65 || c === 0x45) return -1;
  if (negative) value = -value;
  iv = value;
  return value < min || value > max ? -1 : p;
}

/** A number without an exponent. */
export function number(p: i32, min: f64, max: f64): i32 {
  const fraction = decimals(p);
  if (fraction < 0) return -1;
  if (byteAt(fraction) !== 0x2e) return integer(p, min, max);
  if (byteAt(p) === 0x2d || fraction - p > 15) return -1;
  let whole: f64 = 0;
  for (let at = p; at < fraction; at = at + 1) whole = whole * 10 + byteAt(at) - 0x30;
  if (whole < min || whole >= max) return -1;
  const end = pastNumber(p);
  for (let at = fraction; at < end; at = at + 1) {
    if ((byteAt(at) | 0x20) === 0x65) return -1;
  }
  return end;
}

/** Address after the digits before the point. */
function decimals(p: i32): i32 {
  if (byteAt(p) === 0x2d) p = p + 1;
  const first = p;
  while (byteAt(p) >= 0x30 && byteAt(p) <= 0x39) p = p + 1;
  return p === first || (byteAt(first) === 0x30 && p - first > 1) ? -1 : p;
}

/** Any JSON number whose value a double holds as it stands. Integers beyond 15 digits are for the object's checks. */
function pastNumber(p: i32): i32 {
  const start = p;
  p = decimals(p);
  if (p < 0 || p - start > 15) return -1;
  if (byteAt(p) === 0x2e) {
    const first = p + 1;
    p = first;
    while (byteAt(p) >= 0x30 && byteAt(p) <= 0x39) p = p + 1;
    if (p === first) return -1;
  }
  return (byteAt(p) | 0x20) === 0x65 ? -1 : p;
}

export function booleanValue(p: i32): i32 {
  if (is4(p, 0x65757274)) return p + 4;
  return byteAt(p) === 0x66 && is4(p + 1, 0x65736c61) ? p + 5 : -1;
}

/** Any JSON value. Whoever loads bytes has limited their depth. */
export function anyValue(p: i32): i32 {
  const c = byteAt(p);
  if (c === 0x22) return string(p);
  if (c === 0x7b) return members(p, false);
  if (c === 0x5b) return elements(p);
  if (c === 0x74 || c === 0x66) return booleanValue(p);
  if (c === 0x6e) return is4(p, 0x6c6c756e) ? p + 4 : -1;
  return pastNumber(p);
}

function elements(p: i32): i32 {
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) === 0x5d) return p + 1;
  for (;;) {
    p = anyValue(p);
    if (p < 0) return -1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x5d) return p + 1;
    if (byteAt(p) !== 0x2c) return -1;
    p = p + 1;
    if (byteAt(p) <= 0x20) p = space(p);
  }
}

/** A property bag: any members, of which `tags` is an array of strings that differ (section 3.8). */
export function bag(p: i32): i32 {
  return byteAt(p) === 0x7b ? members(p, true) : -1;
}

let openNames: i32 = 0;

/** Members of an object whose names are free, each of which may stand there once. */
function members(p: i32, isBag: boolean): i32 {
  const firstName = openNames;
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) === 0x7d) return p + 1;
  for (;;) {
    const name = p;
    p = string(p);
    if (p < 0) return -1;
    if (!isNewName(name, p, firstName)) return -1;
    let isTags = false;
    if (isBag) {
      isTags = p === name + 6 && is4(name + 1, 0x73676174);
      // Names that rules look at: cwe…, CWE…, security-severity.
      const letter = byteAt(name + 1) | 0x20;
      if (letter === 0x63 || letter === 0x73) {
        if (
          (byteAt(name + 2) | 0x20) === 0x77 ||
          ((byteAt(name + 2) | 0x20) === 0x65 && (byteAt(name + 3) | 0x20) === 0x63)
        ) {
          flags = flags | DOUBT;
        }
      }
    }
    p = colon(p);
    if (p < 0) return -1;
    p = isTags ? tags(p) : anyValue(p);
    if (p < 0) return -1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x7d) {
      openNames = firstName;
      return p + 1;
    }
    if (byteAt(p) !== 0x2c) return -1;
    p = p + 1;
    if (byteAt(p) <= 0x20) p = space(p);
  }
}

/** Whether the name from `start` to `end` is none of those since `first`. An escape may hide that it is. */
function isNewName(start: i32, end: i32, first: i32): boolean {
  if (find(0x5c, start, end) !== end || openNames === MAX_NAMES) return false;
  const hash = hashOf(start, end - start);
  for (let at = first; at < openNames; at = at + 1) {
    if (i32At(NAMES + at * 4) === hash) return false;
  }
  setI32(NAMES + openNames * 4, hash);
  openNames = openNames + 1;
  return true;
}

function tags(p: i32): i32 {
  if (byteAt(p) !== 0x5b) return -1;
  const start = p;
  let count = 0;
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) === 0x5d) return p + 1;
  for (;;) {
    const tag = p;
    p = string(p);
    if (p < 0) return -1;
    if (mentionsCwe(tag, p)) flags = flags | DOUBT;
    count = count + 1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x5d) return count === 1 || areDistinct(start, count) ? p + 1 : -1;
    if (byteAt(p) !== 0x2c) return -1;
    p = p + 1;
    if (byteAt(p) <= 0x20) p = space(p);
  }
}

function mentionsCwe(start: i32, end: i32): boolean {
  for (let at = start; at < end; at = at + 1) {
    const c = byteAt(at);
    if (c === 0x5c) return true;
    if ((c | 0x20) === 0x63 && (byteAt(at + 1) | 0x20) === 0x77 && (byteAt(at + 2) | 0x20) === 0x65) return true;
  }
  return false;
}

/** A map from names to values begins: names are compared from here on. */
export function openMap(): i32 {
  return openNames;
}

/** A name in a map whose names began at `first`. Past it, or -1. */
export function mapName(p: i32, first: i32): i32 {
  const end = string(p);
  return end < 0 || !isNewName(p, end, first) ? -1 : end;
}

export function closeMap(first: i32): void {
  openNames = first;
}

/** Whether the array or object that starts here is empty. */
export function isEmpty(p: i32): boolean {
  let c = byteAt(p + 1);
  while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
    p = p + 1;
    c = byteAt(p + 1);
  }
  return c === 0x5d || c === 0x7d;
}

export function hasBackslash(start: i32, end: i32): boolean {
  return find(0x5c, start, end) !== end;
}

/** Whether a text that starts here may be white space alone: it is empty, or its first character may be a kind of space. */
export function mayBeBlank(p: i32): boolean {
  const c = byteAt(p);
  if (c <= 0x20 || c === 0x22 || c === 0x5c) return true;
  if (c < 0xc2) return false;
  const second = byteAt(p + 1);
  if (c === 0xc2) return second === 0xa0;
  if (c === 0xe1) return second === 0x9a;
  if (c === 0xe2) return second === 0x81 || (second === 0x80 && (byteAt(p + 2) <= 0x8f || byteAt(p + 2) >= 0xa8));
  return (c === 0xe3 && second === 0x80) || c === 0xef;
}

/* Forms of strings. */

/** An RFC 9562 UUID in its usual form. */
export function guid(p: i32): i32 {
  if (byteAt(p) !== 0x22) return -1;
  for (let at = 0; at < 36; at = at + 1) {
    const c = byteAt(p + 1 + at);
    const isDash = at === 8 || at === 13 || at === 18 || at === 23;
    if (isDash ? c !== 0x2d : hexDigit(c) < 0) return -1;
  }
  return byteAt(p + 37) === 0x22 ? p + 38 : -1;
}

/** `2016-02-08T16:08:25Z`, with or without decimals: the form that tools write. Days beyond the 28th are for the object's checks. */
export function dateTime(p: i32): i32 {
  if (byteAt(p) !== 0x22 || !isTwoDigits(p + 1, 0, 99) || !isTwoDigits(p + 3, 0, 99)) return -1;
  if (byteAt(p + 5) !== 0x2d || !isTwoDigits(p + 6, 1, 12) || byteAt(p + 8) !== 0x2d || !isTwoDigits(p + 9, 1, 28))
    return -1;
  if (byteAt(p + 11) !== 0x54 || !isTwoDigits(p + 12, 0, 23)) return -1;
  if (byteAt(p + 14) !== 0x3a || !isTwoDigits(p + 15, 0, 59)) return -1;
  if (byteAt(p + 17) !== 0x3a || !isTwoDigits(p + 18, 0, 59)) return -1;
  p = p + 20;
  if (byteAt(p) === 0x2e) {
    const first = p + 1;
    p = first;
    while (byteAt(p) >= 0x30 && byteAt(p) <= 0x39) p = p + 1;
    if (p === first) return -1;
  }
  return byteAt(p) === 0x5a && byteAt(p + 1) === 0x22 ? p + 2 : -1;
}

function isTwoDigits(p: i32, min: i32, max: i32): boolean {
  const tens = byteAt(p) - 0x30;
  const ones = byteAt(p + 1) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return false;
  const value = tens * 10 + ones;
  return value >= min && value <= max;
}

/* SARIF. */

/** What the URI is that was looked at last. */
let uriId: i32 = -1;

/** The URI of an artifact: a plain relative path, or in doubt. */
export function uri(p: i32): i32 {
  if (byteAt(p) !== 0x22) return -1;
  let at = p + 1;
  let segment = at;
  for (;;) {
    let c = byteAt(at);
    while (byteAt(PATH_CLASS + c) === 1) {
      at = at + 1;
      c = byteAt(at);
    }
    if (c === 0x25) {
      if (hexDigit(byteAt(at + 1)) < 0 || hexDigit(byteAt(at + 2)) < 0 || isOddlyEncoded(at)) break;
      at = at + 3;
    } else if (c === 0x2f || c === 0x22) {
      const length = at - segment;
      const isDots = byteAt(segment) === 0x2e && (length === 1 || (length === 2 && byteAt(segment + 1) === 0x2e));
      if (length === 0 || isDots) break;
      at = at + 1;
      if (c === 0x22) {
        uriId = internJson(p, at);
        // Placeholders such as 'unknown' are no paths: a name without a dot or a slash is looked at.
        if (!isLikePath(p + 1, at - 1)) isPlaceInDoubt = 1;
        return at;
      }
      segment = at;
    } else {
      break;
    }
  }
  isPlaceInDoubt = 1;
  const end = string(p);
  if (end > 0) uriId = internJson(p, end);
  return end;
}

/** Whether the percent sign at `p` encodes a letter, a digit or `-._~`, or in lower-case digits: two URIs may then be one. */
function isOddlyEncoded(p: i32): boolean {
  const a = byteAt(p + 1);
  const b = byteAt(p + 2);
  if (a >= 0x61 || b >= 0x61) return true;
  const c = hexDigit(a) * 16 + hexDigit(b);
  if (c < 0x30) return c === 0x2d || c === 0x2e;
  if (c < 0x41) return c <= 0x39;
  return c <= 0x5a || c === 0x5f || (c >= 0x61 && c <= 0x7a) || c === 0x7e;
}

/** Whether a name has a dot inside its last segment: then it is the name of a file. */
function isLikePath(start: i32, end: i32): boolean {
  for (let at = end - 1; at > start; at = at - 1) {
    const c = byteAt(at);
    if (c === 0x2e) return true;
    if (c === 0x2f) return false;
  }
  return false;
}

let baseString: i32 = -1;

/** A base id: one of those that are known, or in doubt. */
export function baseId(p: i32): i32 {
  const end = string(p);
  if (end < 0) return -1;
  baseString = internJson(p, end);
  for (let known = 0; known < baseCount; known = known + 1) {
    if (i32At(BASES + known * 4) === baseString) {
      usedBases = usedBases | (1 << known);
      if (known >= declaredBases) undeclaredBases = undeclaredBases + 1;
      return end;
    }
  }
  isPlaceInDoubt = 1;
  return end;
}

/** Notes the URI that was looked at last if it is the first time that it is seen below this base. */
function seeUri(base: i32): void {
  if (uriId < 0) {
    flags = flags | DOUBT;
    return;
  }
  if (isAside === 0) {
    const mark = MARKS + uriId * 4;
    if (i32At(mark) === base + 2) return;
    setI32(mark, base + 2);
  }
  if (newUriCount === MAX_NEW_URIS) {
    flags = flags | DOUBT;
    return;
  }
  const at = NEW_URIS + newUriCount * 8;
  setI32(at, uriId);
  setI32(at + 4, base);
  newUriCount = newUriCount + 1;
  flags = flags | NEW_URI;
}

/** An object `artifactLocation` begins. */
export function startPlace(): void {
  isPlaceInDoubt = 0;
  basesBefore = usedBases;
  undeclaredBefore = undeclaredBases;
}

/**
 * It ends, from `start` to `end`, and has some of these members: 1 for `uri`, 2 for `uriBaseId`, 4 for `index`.
 *
 * @param where 0, or one of the places that `layout.ts` names
 */
export function artifactLocationDone(
  has: i32,
  index: i32,
  indexStart: i32,
  indexEnd: i32,
  start: i32,
  end: i32,
  where: i32,
): boolean {
  const hasUri = (has & 1) !== 0;
  const base = (has & 2) === 0 ? -1 : baseString;
  // -1 stands for none, and need not be written.
  const hasIndex = (has & 4) !== 0 && index >= 0;
  if ((has & 4) !== 0 && !hasIndex) isPlaceInDoubt = 1;
  if (!hasUri && ((has & 2) !== 0 || !hasIndex)) flags = flags | DOUBT;
  if (hasIndex) {
    if (siteCount === MAX_SITES) return false;
    const site = SITES + siteCount * 12;
    setI32(site, indexStart - INPUT);
    setI32(site + 4, indexEnd - INPUT);
    setI32(site + 8, index);
    siteCount = siteCount + 1;
    const at = ARTIFACTS + index * 8;
    const known = index < artifactCount ? i32At(at) : -1;
    if (known < 0 || (hasUri && (uriId !== known || i32At(at + 4) !== base))) isPlaceInDoubt = 1;
  }
  // How an artifact is named that only an index leads to, the recogniser does not know.
  if (!hasUri && isInLocations(where)) isPlaceInDoubt = 1;
  if (isPlaceInDoubt !== 0) {
    usedBases = basesBefore;
    undeclaredBases = undeclaredBefore;
    notePlace(start, end, hasUri && uriId < 0 ? 0 : where);
  } else if (hasUri) {
    if (isInLocations(where)) flags = flags | HAS_RELATIVE_URI;
    seeUri(base);
  }
  return true;
}

function isInLocations(where: i32): boolean {
  return where === FIRST_LOCATION || where === OTHER_LOCATION;
}

function notePlace(start: i32, end: i32, where: i32): void {
  const text = where === 0 || placeCount === MAX_PLACES ? -1 : intern(start, end - start);
  if (text < 0) {
    flags = flags | DOUBT;
    return;
  }
  const place = PLACES + placeCount * 16;
  setI32(place, start - INPUT);
  setI32(place + 4, end - INPUT);
  setI32(place + 8, text);
  setI32(place + 12, where);
  placeCount = placeCount + 1;
  flags = flags | PLACE_DOUBT;
}

/** Two to the power of a location id, noted as one of the result's. */
export function locationId(value: f64): void {
  // What is below zero stands for none.
  if (value < 0) return;
  if (value > 63) {
    flags = flags | DOUBT;
    return;
  }
  const id: i32 = value as i32;
  if (id < 32) {
    if ((ids & (1 << id)) !== 0) flags = flags | DOUBT;
    ids = ids | (1 << id);
  } else {
    if ((ids2 & (1 << (id - 32))) !== 0) flags = flags | DOUBT;
    ids2 = ids2 | (1 << (id - 32));
  }
}

/** Looks through the text of a message, from its opening quote, for links: those with a number name a location of the result. */
export function messageText(start: i32, end: i32): void {
  if (mayBeBlank(start + 1)) flags = flags | DOUBT;
  let p = find(0x5d, start, end);
  if (p === end) return;
  if (hasBackslash(start, end)) {
    flags = flags | (mayNameSarif(start, end) ? DOUBT : TEXT_DOUBT);
    return;
  }
  while (p < end) {
    if (byteAt(p + 1) === 0x28) link(p + 2);
    p = find(0x5d, p + 1, end);
  }
}

/** What a message has beside its text: its Markdown, the id of its text, arguments. */
export function moreText(start: i32, end: i32): void {
  flags = flags | (mayNameSarif(start, end) ? DOUBT : TEXT_DOUBT);
}

/** Whether a text may have a URI with the scheme `sarif` in it, which a part of a log has another of. */
function mayNameSarif(start: i32, end: i32): boolean {
  let p = find(0x3a, start, end);
  while (p < end) {
    if ((byteAt(p - 1) | 0x20) === 0x66 && (byteAt(p - 2) | 0x20) === 0x69) return true;
    p = find(0x3a, p + 1, end);
  }
  return hasOddEscape(start, end);
}

/** The destination of a link. */
function link(p: i32): void {
  let c = byteAt(p);
  if (c < 0x30 || c > 0x39) {
    // What begins like `sarif:` may be a reference into the log.
    if ((c | 0x20) === 0x73 || c === 0x25) flags = flags | DOUBT;
    return;
  }
  let id = 0;
  const first = p;
  while (c >= 0x30 && c <= 0x39) {
    id = id * 10 + c - 0x30;
    p = p + 1;
    c = byteAt(p);
    if (p - first > 2) break;
  }
  if (c !== 0x29 || id > 63) flags = flags | TEXT_DOUBT;
  else if (id < 32) links = links | (1 << id);
  else links2 = links2 | (1 << (id - 32));
}

/** Counts the line breaks in the text of a snippet: `\n`, `\r` and `\r\n`, all of them escapes in JSON. */
export function snippetText(start: i32, end: i32): void {
  breaks = 0;
  let p = find(0x5c, start, end);
  while (p < end) {
    const c = byteAt(p + 1);
    if (c === 0x6e) breaks = breaks + 1;
    else if (c === 0x72 && !is2(p + 2, 0x6e5c)) breaks = breaks + 1;
    p = find(0x5c, p + 2, end);
  }
}

/* The region that was looked at last: what it has, as bits of `regionHas`, and its numbers. */

export const HAS_START_LINE: i32 = 1;
export const HAS_START_COLUMN: i32 = 2;
export const HAS_END_LINE: i32 = 4;
export const HAS_END_COLUMN: i32 = 8;
export const HAS_CHAR_OFFSET: i32 = 16;
export const HAS_CHAR_LENGTH: i32 = 32;
export const HAS_BYTE_OFFSET: i32 = 64;
export const HAS_BYTE_LENGTH: i32 = 128;
export const HAS_SNIPPET: i32 = 256;
const COLUMNS: i32 = HAS_START_COLUMN | HAS_END_COLUMN;

let regionHas: i32 = 0;
let regionStart: f64 = 0;
let regionEnd: f64 = 0;

/** An object `region` ends. Lines and columns that it lacks are 0. */
export function regionDone(
  has: i32,
  startLine: f64,
  startColumn: f64,
  endLine: f64,
  endColumn: f64,
  length: f64,
): void {
  const hasLine = (has & HAS_START_LINE) !== 0;
  if (!hasLine && (has & (COLUMNS | HAS_END_LINE)) !== 0) flags = flags | REGION_DOUBT;
  if ((has & HAS_CHAR_LENGTH) !== 0 && (has & HAS_CHAR_OFFSET) === 0) flags = flags | REGION_DOUBT;
  if ((has & HAS_BYTE_LENGTH) !== 0 && (has & HAS_BYTE_OFFSET) === 0) flags = flags | REGION_DOUBT;
  const last: f64 = (has & HAS_END_LINE) === 0 ? startLine : endLine;
  if (hasLine) {
    if (last < startLine) flags = flags | REGION_DOUBT;
    if (last === startLine && (has & HAS_END_COLUMN) !== 0) {
      const first: f64 = (has & HAS_START_COLUMN) === 0 ? 1 : startColumn;
      if (endColumn < first) flags = flags | REGION_DOUBT;
      if ((has & HAS_CHAR_LENGTH) !== 0 && length !== endColumn - first) flags = flags | REGION_DOUBT;
    }
    if ((has & HAS_SNIPPET) !== 0 && breaks !== last - startLine) flags = flags | REGION_DOUBT;
  } else if ((has & HAS_SNIPPET) !== 0) flags = flags | REGION_DOUBT;
  if ((has & COLUMNS) !== 0) flags = flags | HAS_COLUMNS;
  regionHas = has;
  regionStart = startLine;
  regionEnd = last;
}

let outerHas: i32 = 0;
let outerStart: f64 = 0;
let outerEnd: f64 = 0;

/** The region that was looked at last is a context region, or is the region of a context that was. */
export function keepRegion(): void {
  outerHas = regionHas;
  outerStart = regionStart;
  outerEnd = regionEnd;
}

/** An object `physicalLocation` ends. Of its regions the one that came last is in `region…`, the other in `outer…`. */
export function contextRegion(isContextLast: boolean): void {
  const contextStart: f64 = isContextLast ? regionStart : outerStart;
  const contextEnd: f64 = isContextLast ? regionEnd : outerEnd;
  const start: f64 = isContextLast ? outerStart : regionStart;
  const end: f64 = isContextLast ? outerEnd : regionEnd;
  const contextHas = isContextLast ? regionHas : outerHas;
  const lines = HAS_START_LINE | HAS_END_LINE | HAS_SNIPPET;
  // Whole lines around it, and more of them.
  const isLarger = contextStart <= start && contextEnd >= end && (contextStart < start || contextEnd > end);
  if (!isLarger || (contextHas & ~lines) !== 0 || (regionHas & outerHas & HAS_START_LINE) === 0) {
    flags = flags | REGION_DOUBT;
  }
}

/** The partial fingerprints of the result are there; an empty object says no more than none. */
export function notePartialFingerprints(start: i32): void {
  if (!isEmpty(start)) hasPartialFingerprints = 1;
}

/** Whether the result has partial fingerprints, as a trait. */
export function fingerprintTrait(): i32 {
  return hasPartialFingerprints !== 0 ? HAS_FINGERPRINT : NO_FINGERPRINT;
}

/** A value of `partialFingerprints`: letters, digits and marks of which no path and no line number is made. */
export function fingerprint(p: i32): i32 {
  const end = string(p);
  if (end < 0) return -1;
  if (end === p + 2) flags = flags | FINGERPRINT_DOUBT;
  let at = p + 1;
  let c = byteAt(at);
  let digits = 0;
  while (
    (c >= 0x30 && c <= 0x39) ||
    (c >= 0x41 && c <= 0x5a) ||
    (c >= 0x61 && c <= 0x7a) ||
    c === 0x5f ||
    c === 0x2d ||
    c === 0x2b ||
    c === 0x3d
  ) {
    if (c >= 0x30 && c <= 0x39) digits = digits + 1;
    at = at + 1;
    c = byteAt(at);
  }
  // Words such as 'undefined' are no identity.
  if (digits === 0) flags = flags | FINGERPRINT_DOUBT;
  if (c === 0x3a) {
    at = at + 1;
    while (byteAt(at) >= 0x30 && byteAt(at) <= 0x39) at = at + 1;
  }
  if (at !== end - 1) flags = flags | FINGERPRINT_DOUBT;
  return end;
}

/** Its name: without a version, or with one in the form `v1`. */
export function fingerprintName(start: i32, end: i32): void {
  let slash = end - 2;
  while (slash > start && byteAt(slash) !== 0x2f) slash = slash - 1;
  if (slash === start) return;
  let at = slash + 1;
  if (byteAt(at) !== 0x76) {
    flags = flags | FINGERPRINT_DOUBT;
    return;
  }
  at = at + 1;
  const first = at;
  while (byteAt(at) >= 0x30 && byteAt(at) <= 0x39) at = at + 1;
  if (at === first || at !== end - 1) flags = flags | FINGERPRINT_DOUBT;
}

/* How the result names its rule. */

export function noteRuleId(start: i32, end: i32): boolean {
  ruleId = internJson(start, end);
  return ruleId >= 0 && !hasBackslash(start, end);
}

export function noteRuleIndex(start: i32, end: i32): void {
  ruleIndexStart = start - INPUT;
  ruleIndexEnd = end - INPUT;
  ruleIndex = iv as i32;
  if (ruleIndex < 0) flags = flags | DOUBT;
}

export function noteReferenceId(start: i32, end: i32): boolean {
  referenceId = internJson(start, end);
  return referenceId >= 0 && !hasBackslash(start, end);
}

export function noteReferenceIndex(start: i32, end: i32): void {
  referenceIndexStart = start - INPUT;
  referenceIndexEnd = end - INPUT;
  referenceIndex = iv as i32;
  if (referenceIndex < 0) flags = flags | DOUBT;
}

export function noteComponent(): void {
  component = iv as i32;
}

export function noteComponentName(start: i32, end: i32): boolean {
  componentName = internJson(start, end);
  return componentName >= 0 && !hasBackslash(start, end);
}

/** The reference to a component ends. Without an index its name or GUID counts, which only the object's lookup knows. */
export function componentDone(): void {
  if (component < 0) flags = flags | DOUBT;
}

/** A location of the result is a whole file. */
export function noteWholeFile(): void {
  wholeFiles = wholeFiles + 1;
  flags = flags | NO_REGION;
}

/** The `artifactLocation` of the first location ends. */
export function noteFirstUri(): void {
  firstUri = uriId;
  isFirstInDoubt = isPlaceInDoubt;
  flags = flags | FIRST_URI;
}

export function noteText(start: i32, end: i32): void {
  textStart = start;
  textEnd = end;
}

export function noteMessage(start: i32, end: i32): void {
  messageStart = start;
  messageEnd = end;
}

export function noteLocations(start: i32, end: i32): void {
  locationsStart = start;
  locationsEnd = end;
}

export function noteProperties(start: i32, end: i32): void {
  propertiesStart = start;
  propertiesEnd = end;
}

/* Records. */

/** A result begins. */
export function startResult(): void {
  flags = 0;
  level = 0;
  ruleId = -1;
  ruleIndex = -1;
  ruleIndexStart = 0;
  ruleIndexEnd = 0;
  referenceId = -1;
  referenceIndex = -1;
  referenceIndexStart = 0;
  referenceIndexEnd = 0;
  component = -1;
  componentName = -1;
  usedBases = 0;
  wholeFiles = 0;
  undeclaredBases = 0;
  textStart = 0;
  textEnd = 0;
  firstUri = -1;
  messageStart = 0;
  messageEnd = 0;
  locationsStart = 0;
  locationsEnd = 0;
  isFirstInDoubt = 0;
  hasPartialFingerprints = 0;
  propertiesStart = 0;
  propertiesEnd = 0;
  firstPlace = placeCount;
  ids = 0;
  ids2 = 0;
  links = 0;
  links2 = 0;
  openNames = 0;
  firstNewUri = newUriCount;
}

/** A result was proven that stands between these addresses. Returns whether there was room to note it. */
export function endResult(start: i32, end: i32, firstSite: i32): boolean {
  if (textEnd > 0 && tellsPlace()) flags = flags | TEXT_DOUBT;
  if ((links & ~ids) !== 0 || (links2 & ~ids2) !== 0) flags = flags | TEXT_DOUBT;
  if (ruleId < 0) flags = flags | DOUBT;
  const key = internKey();
  if (key < 0) return false;
  const record = RECORDS + recordCount * RECORD_NUMBERS * 4;
  if ((flags & DOUBT) === 0 && !noteHashes(record)) flags = flags | DOUBT;
  setI32(record + START * 4, start - INPUT);
  setI32(record + END * 4, end - INPUT);
  setI32(record + FLAGS * 4, flags);
  setI32(record + LEVEL * 4, level);
  setI32(record + KEY * 4, key);
  setI32(record + RULE_INDEX_START * 4, ruleIndexStart);
  setI32(record + RULE_INDEX_END * 4, ruleIndexEnd);
  setI32(record + REFERENCE_INDEX_START * 4, referenceIndexStart);
  setI32(record + REFERENCE_INDEX_END * 4, referenceIndexEnd);
  setI32(record + USED_BASES * 4, usedBases);
  setI32(record + WHOLE_FILES * 4, wholeFiles);
  setI32(record + ADDED_LEVEL * 4, 0);
  setI32(record + FIRST_NEW_URI * 4, firstNewUri);
  setI32(record + NEW_URI_COUNT * 4, newUriCount - firstNewUri);
  setI32(record + UNDECLARED_BASES * 4, undeclaredBases);
  setI32(record + FIRST_SITE * 4, firstSite);
  setI32(record + SITE_COUNT * 4, siteCount - firstSite);
  setI32(record + PROPERTIES_START * 4, propertiesEnd === 0 ? 0 : propertiesStart - INPUT);
  setI32(record + PROPERTIES_END * 4, propertiesEnd === 0 ? 0 : propertiesEnd - INPUT);
  setI32(record + FIRST_PLACE * 4, firstPlace);
  setI32(record + PLACE_COUNT * 4, placeCount - firstPlace);
  recordCount = recordCount + 1;
  return true;
}

/** Whether the text may say where the result is: by its path, by a number after a colon, or by 'line' and a number. */
function tellsPlace(): boolean {
  let p = find(0x3a, textStart, textEnd);
  while (p < textEnd) {
    if (isDigit(byteAt(p + 1))) return true;
    p = find(0x3a, p + 1, textEnd);
  }
  p = find(0x20, textStart, textEnd);
  while (p < textEnd) {
    if (isDigit(byteAt(p + 1)) && is2(p - 2, 0x656e) && byteAt(p - 3) === 0x69) return true;
    p = find(0x20, p + 1, textEnd);
  }
  p = find(0x2f, textStart, textEnd);
  if (p === textEnd || firstUri < 0) return false;
  const entry = STRINGS + firstUri * 12;
  let uri = i32At(entry);
  let length = i32At(entry + 4);
  if (isFirstInDoubt !== 0) {
    // However the rest of it is repaired, the name of the file stays.
    const end = uri + length;
    uri = end;
    while (uri > end - length && byteAt(uri - 1) !== 0x2f && byteAt(uri - 1) !== 0x5c) uri = uri - 1;
    length = end - uri;
    if (length === 0) return false;
  }
  const first = byteAt(uri);
  const last = textEnd - length;
  p = find(first, textStart, last);
  while (p < last) {
    if (isSame(uri, p, length)) return true;
    p = find(first, p + 1, last);
  }
  return false;
}

function isDigit(c: i32): boolean {
  return c >= 0x30 && c <= 0x39;
}

function noteHashes(record: i32): boolean {
  const longest = SCRATCH_BYTES - 64;
  if (textEnd - textStart > longest || messageEnd - messageStart > longest) return false;
  if (locationsEnd - locationsStart > longest) return false;
  // Two ways of writing one character would give two hashes.
  if (hasOddEscape(textStart, textEnd) || hasOddEscape(locationsStart, locationsEnd)) return false;
  setI32(record + TEXT_HASH * 4, longHash(textStart, textEnd - textStart));
  setI32(record + TEXT_HASH_2 * 4, longHash2());
  let from = messageStart;
  let length = messageEnd - messageStart;
  if ((flags & SPACED) !== 0) {
    length = compact(messageStart, messageEnd);
    from = SCRATCH;
    if (length < 0) return false;
  }
  let hash = mul(longHash(from, length), 0x27d4eb2f);
  let hash2 = mul(longHash2(), 0x9e3779b1);
  from = locationsStart;
  length = locationsEnd - locationsStart;
  if ((flags & SPACED) !== 0) {
    length = compact(locationsStart, locationsEnd);
    from = SCRATCH;
    if (length < 0) return false;
  }
  hash = mul(hash, 0x165667b1) ^ longHash(from, length);
  hash2 = mul(hash2, 0x85ebca6b) ^ longHash2();
  setI32(record + CONTENT_HASH * 4, hash);
  setI32(record + CONTENT_HASH_2 * 4, hash2);
  return true;
}

/** Whether `\/` or `\u` stands here, neither of which a writer of JSON needs. */
function hasOddEscape(start: i32, end: i32): boolean {
  let p = find(0x5c, start, end);
  while (p < end) {
    const c = byteAt(p + 1);
    if (c === 0x2f || c === 0x75) return true;
    p = find(0x5c, p + 2, end);
  }
  return false;
}

/** Copies JSON to the scratch memory without the white space between its tokens. Gives its length, -1 when it is too long. */
function compact(start: i32, end: i32): i32 {
  if (end - start > SCRATCH_BYTES - 64) return -1;
  let to = SCRATCH;
  let p = start;
  while (p < end) {
    const c = byteAt(p);
    if (c === 0x22) {
      const from = p;
      p = pastPlain(p + 1);
      while (byteAt(p) !== 0x22) p = byteAt(p) === 0x5c ? p + 2 : p + 1;
      p = p + 1;
      copy(to, from, p - from);
      to = to + p - from;
    } else {
      if (c > 0x20) {
        setByte(to, c);
        to = to + 1;
      }
      p = p + 1;
    }
  }
  return to - SCRATCH;
}

/**
 * Whether the elements of the array at `p`, already known to be JSON, differ. Each is digested as the sum of its tokens, so
 * that the order of members does not count: equal elements have equal sums. Where equal tokens may be written in two ways,
 * where a member is repeated (the first has no say), and where sums are equal, the answer is no.
 */
export function areDistinct(p: i32, count: i32): boolean {
  if (count > MAX_DIGESTS) return false;
  p = p + 1;
  for (let element = 0; element < count; element = element + 1) {
    let sum = 0;
    let depth = 0;
    for (;;) {
      const c = byteAt(p);
      if (c === 0x22) {
        const start = p;
        p = pastPlain(p + 1);
        while (byteAt(p) !== 0x22) {
          if (byteAt(p) === 0x5c) {
            const e = byteAt(p + 1);
            if (e === 0x75 || e === 0x2f) return false;
            p = p + 2;
          } else p = p + 1;
        }
        const hash = hashOf(start, p - start);
        sum = (sum + mul(hash ^ (hash >>> 15), 0x2c1b3c6d)) | 0;
        p = p + 1;
      } else if (c === 0x7b || c === 0x5b) {
        depth = depth + 1;
        p = p + 1;
      } else if (c === 0x7d || c === 0x5d) {
        if (depth === 0) break;
        depth = depth - 1;
        p = p + 1;
      } else if (c === 0x2c) {
        if (depth === 0) break;
        p = p + 1;
      } else if (c <= 0x20 || c === 0x3a) {
        p = p + 1;
      } else {
        const start = p;
        if (c === 0x2d && byteAt(p + 1) === 0x30) return false;
        for (;;) {
          const d = byteAt(p);
          if (d === 0x2c || d === 0x7d || d === 0x5d || d <= 0x20) break;
          if (d === 0x2e || d === 0x45 || (d === 0x65 && c !== 0x74 && c !== 0x66)) return false;
          p = p + 1;
        }
        if (p - start > 15) return false;
        const hash = hashOf(start, p - start) ^ 0x1b873593;
        sum = (sum + mul(hash ^ (hash >>> 15), 0x297a2d39)) | 0;
      }
    }
    for (let other = 0; other < element; other = other + 1) {
      if (i32At(DIGESTS + other * 4) === sum) return false;
    }
    setI32(DIGESTS + element * 4, sum);
    p = p + 1;
  }
  return true;
}

/** Forgets the records and sites of the bytes before. */
export function clearRecords(): void {
  recordCount = 0;
  siteCount = 0;
  placeCount = 0;
  newUriCount = 0;
}

export function countOfPlaces(): i32 {
  return placeCount;
}

export function countOfRecords(): i32 {
  return recordCount;
}

export function countOfNewUris(): i32 {
  return newUriCount;
}

export function countOfSites(): i32 {
  return siteCount;
}

/** Takes back the sites of a result that was not proven after all, and its places. */
export function cutSites(count: i32): void {
  siteCount = count;
  placeCount = firstPlace;
}

/** From now on URIs are noted each time and not remembered, or once, as it was before. */
export function setAside(is: i32): void {
  isAside = is;
}

/** Takes back records, sites, places and URIs behind these. */
export function cutRecords(records: i32, sites: i32, places: i32, newUris: i32): void {
  recordCount = records;
  siteCount = sites;
  placeCount = places;
  newUriCount = newUris;
}

export function isFull(): boolean {
  return recordCount === MAX_RECORDS;
}
