/*
 * Copies results that were noted as they stand in a part of a log: without the white space between their tokens, with the positions that rules and
 * artifacts have there, with the levels they were given.
 */
import {
  ADDED_LEVEL,
  ARTIFACT_POSITIONS,
  ASIDE,
  DOUBT,
  END,
  FIRST_SITE,
  FLAGS,
  INPUT,
  KEY,
  LEVEL,
  LEVEL_COUNTS,
  MAX_ARTIFACTS,
  MAX_KEYS,
  MAX_OUTPUT,
  OUTPUT,
  PARTIAL_DOUBT,
  PLACE_DOUBT,
  RECORD_NUMBERS,
  RECORDS,
  REFERENCE_INDEX_END,
  REFERENCE_INDEX_START,
  RULE_INDEX_END,
  RULE_INDEX_START,
  RULE_POSITIONS,
  SITE_COUNT,
  SITES,
  SPACED,
  START,
} from './layout.ts';
import { byteAt, copy, fill, i32At, pastPlain, setByte, setI32 } from './machine.ts';

/** Beyond every place of the input. */
const nowhere: i32 = 0x7fff_ffff;

/** A level, its quotes and its comma, with an opening brace. */
const maxPrefix: i32 = 20;
const maxDigits: i32 = 10;

/** Where the next byte goes. */
let out: i32 = OUTPUT;

/** Forgets all positions: another part begins. */
export function startPart(): void {
  fill(RULE_POSITIONS, MAX_KEYS * 4);
  fill(ARTIFACT_POSITIONS, MAX_ARTIFACTS * 4);
}

/** How many bytes were copied last. */
export function copiedBytes(): i32 {
  return out - OUTPUT;
}

/**
 * Copies results from a record on, a comma between them and, where one is asked for, in front. Stops before `count` are copied at one whose
 * rule or artifacts have no known position, that is in doubt, or with which there would be more than `room` bytes. Returns how many were copied.
 */
export function copyResults(first: i32, count: i32, comma: i32, room: i32): i32 {
  out = OUTPUT;
  fill(LEVEL_COUNTS, 20);
  const most = room < MAX_OUTPUT ? room : MAX_OUTPUT;
  for (let at = 0; at < count; at = at + 1) {
    const record = RECORDS + (first + at) * RECORD_NUMBERS * 4;
    const start = INPUT + i32At(record + START * 4);
    const end = INPUT + i32At(record + END * 4);
    const sites = i32At(record + SITE_COUNT * 4);
    const before = out;
    const longest = 1 + maxPrefix + end - start + (sites + 2) * maxDigits;
    if (before - OUTPUT + longest > MAX_OUTPUT || !isKnown(record, sites)) return at;
    if (comma !== 0 || at > 0) put(0x2c);
    copyResult(record, start, end, sites);
    if (out - OUTPUT > most) {
      out = before;
      return at;
    }
    const level = i32At(record + LEVEL * 4) | i32At(record + ADDED_LEVEL * 4);
    setI32(LEVEL_COUNTS + level * 4, i32At(LEVEL_COUNTS + level * 4) + 1);
  }
  return count;
}

/** Takes away the white space between the tokens of what stands aside. Returns how many bytes are left. */
export function compactAside(length: i32): i32 {
  out = ASIDE;
  putRange(ASIDE, ASIDE + length, true);
  return out - ASIDE;
}

function isKnown(record: i32, sites: i32): boolean {
  if ((i32At(record + FLAGS * 4) & (DOUBT | PARTIAL_DOUBT | PLACE_DOUBT)) !== 0) return false;
  if (i32At(RULE_POSITIONS + i32At(record + KEY * 4) * 4) === 0) return false;
  const last = i32At(record + FIRST_SITE * 4) + sites;
  for (let site = last - sites; site < last; site = site + 1) {
    const index = i32At(SITES + site * 12 + 8);
    if (index < 0 || index >= MAX_ARTIFACTS || i32At(ARTIFACT_POSITIONS + index * 4) === 0) return false;
  }
  return true;
}

/** At most two indices to rules stand anywhere between those to artifacts. */
function copyResult(record: i32, start: i32, end: i32, sites: i32): void {
  const isSpaced = (i32At(record + FLAGS * 4) & SPACED) !== 0;
  const position = i32At(RULE_POSITIONS + i32At(record + KEY * 4) * 4) - 1;
  let from = start;
  const added = i32At(record + ADDED_LEVEL * 4);
  if (added > 0) {
    putLevel(added);
    from = from + 1;
  }
  let ruleStart = placeOf(record, RULE_INDEX_START, RULE_INDEX_END);
  let ruleEnd = i32At(record + RULE_INDEX_END * 4);
  let otherStart = placeOf(record, REFERENCE_INDEX_START, REFERENCE_INDEX_END);
  let otherEnd = i32At(record + REFERENCE_INDEX_END * 4);
  if (otherStart < ruleStart) {
    const swappedStart = ruleStart;
    const swappedEnd = ruleEnd;
    ruleStart = otherStart;
    ruleEnd = otherEnd;
    otherStart = swappedStart;
    otherEnd = swappedEnd;
  }
  const first = i32At(record + FIRST_SITE * 4);
  for (let site = 0; site <= sites; site = site + 1) {
    const place = SITES + (first + site) * 12;
    const siteStart = site === sites ? end - INPUT : i32At(place);
    while (ruleStart < siteStart) {
      putRange(from, INPUT + ruleStart, isSpaced);
      putNumber(position);
      from = INPUT + ruleEnd;
      ruleStart = otherStart;
      ruleEnd = otherEnd;
      otherStart = nowhere;
    }
    putRange(from, INPUT + siteStart, isSpaced);
    if (site === sites) break;
    putNumber(i32At(ARTIFACT_POSITIONS + i32At(place + 8) * 4) - 1);
    from = INPUT + i32At(place + 4);
  }
}

function placeOf(record: i32, start: i32, end: i32): i32 {
  return i32At(record + end * 4) === 0 ? nowhere : i32At(record + start * 4);
}

function put(byte: i32): void {
  setByte(out, byte);
  out = out + 1;
}

/** `{"level":"…",` */
function putLevel(level: i32): void {
  put(0x7b);
  put(0x22);
  put(0x6c);
  put(0x65);
  put(0x76);
  put(0x65);
  put(0x6c);
  put(0x22);
  put(0x3a);
  put(0x22);
  if (level === 1) {
    put(0x6e);
    put(0x6f);
    put(0x6e);
    put(0x65);
  } else if (level === 2) {
    put(0x6e);
    put(0x6f);
    put(0x74);
    put(0x65);
  } else if (level === 3) {
    put(0x77);
    put(0x61);
    put(0x72);
    put(0x6e);
    put(0x69);
    put(0x6e);
    put(0x67);
  } else {
    put(0x65);
    put(0x72);
    put(0x72);
    put(0x6f);
    put(0x72);
  }
  put(0x22);
  put(0x2c);
}

/** A whole number that is not negative. */
function putNumber(value: i32): void {
  let digits = 1;
  let scale = 1;
  while (digits < maxDigits && value / 10 >= scale) {
    scale = scale * 10;
    digits = digits + 1;
  }
  let rest = value;
  for (; digits > 0; digits = digits - 1) {
    let digit = 0;
    while (rest >= scale) {
      rest = rest - scale;
      digit = digit + 1;
    }
    put(0x30 + digit);
    scale = scale / 10;
  }
}

/** Stretches begin and end between tokens. */
function putRange(from: i32, to: i32, isSpaced: boolean): void {
  if (!isSpaced) {
    copy(out, from, to - from);
    out = out + (to - from);
    return;
  }
  let p = from;
  while (p < to) {
    const c = byteAt(p);
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
      p = p + 1;
      continue;
    }
    if (c !== 0x22) {
      put(c);
      p = p + 1;
      continue;
    }
    const start = p;
    p = pastPlain(p + 1);
    while (byteAt(p) !== 0x22) p = pastPlain(p + (byteAt(p) === 0x5c ? 2 : 1));
    p = p + 1;
    copy(out, start, p - start);
    out = out + (p - start);
  }
}
