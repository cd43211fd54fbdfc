/*
 * What the recogniser needs of the machine it runs on, for JavaScript. `assembly/machine.ts` says the same for WebAssembly.
 */
import { MEMORY_PAGES } from './layout.ts';

export const memory: ArrayBuffer = new ArrayBuffer(MEMORY_PAGES * 0x1_0000);

const bytes = new Uint8Array(memory);
const words = new Int32Array(memory);

/** 1 for bytes that may not stand in a string as they are: quotes, backslashes, control characters, and all that is not ASCII. */
const special = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  special[byte] = byte < 0x20 || byte === 0x22 || byte === 0x5c || byte >= 0x80 ? 1 : 0;
}

/** The byte at an address. */
export function byteAt(p: i32): i32 {
  return bytes[p] as number;
}

export function setByte(p: i32, value: i32): void {
  bytes[p] = value;
}

/** The number at an address that four divides. */
export function i32At(p: i32): i32 {
  return words[p >> 2] as number;
}

export function setI32(p: i32, value: i32): void {
  words[p >> 2] = value;
}

/** Whether two bytes, the first in the lower half of `word`, stand here. */
export function is2(p: i32, word: i32): boolean {
  return ((bytes[p] as number) | ((bytes[p + 1] as number) << 8)) === word;
}

/** The same for four bytes. */
export function is4(p: i32, word: i32): boolean {
  return (
    ((bytes[p] as number) |
      ((bytes[p + 1] as number) << 8) |
      ((bytes[p + 2] as number) << 16) |
      ((bytes[p + 3] as number) << 24)) ===
    word
  );
}

/** Four bytes at any address. */
export function wordAt(p: i32): i32 {
  return (
    (bytes[p] as number) |
    ((bytes[p + 1] as number) << 8) |
    ((bytes[p + 2] as number) << 16) |
    ((bytes[p + 3] as number) << 24)
  );
}

export function mul(a: i32, b: i32): i32 {
  return Math.imul(a, b);
}

/** The first address from `p` on whose byte may not stand in a string as it is. */
export function pastPlain(p: i32): i32 {
  while (special[bytes[p] as number] === 0) p = p + 1;
  return p;
}

/** The first address from `p` on, before `end`, with this byte; `end` when there is none. */
export function find(byte: i32, p: i32, end: i32): i32 {
  while (p < end && bytes[p] !== byte) p = p + 1;
  return p;
}

export function copy(to: i32, from: i32, length: i32): void {
  bytes.copyWithin(to, from, from + length);
}

export function fill(p: i32, length: i32): void {
  bytes.fill(0, p, p + length);
}

export function isSame(a: i32, b: i32, length: i32): boolean {
  for (let at = 0; at < length; at = at + 1) {
    if (bytes[a + at] !== bytes[b + at]) return false;
  }
  return true;
}

/** How many of these bytes are this one. */
export function countOf(byte: i32, p: i32, end: i32): i32 {
  let count = 0;
  for (; p < end; p = p + 1) {
    if (bytes[p] === byte) count = count + 1;
  }
  return count;
}

/** UTF-16 code units of the text that these bytes are in UTF-8, well formed or not: one for each character, two beyond U+FFFF. */
export function utf16Length(p: i32, end: i32): i32 {
  let length = 0;
  for (; p < end; p = p + 1) {
    const byte = bytes[p] as number;
    if ((byte & 0xc0) !== 0x80) length = length + (byte >= 0xf0 ? 2 : 1);
  }
  return length;
}

/** The first address from `p` on, before `end`, with a quote, a bracket or a brace; `end` when there is none. */
export function nextToken(p: i32, end: i32): i32 {
  while (p < end) {
    const byte = bytes[p] as number;
    if (byte === 0x22 || (byte | 0x20) === 0x7b || (byte | 0x20) === 0x7d) return p;
    p = p + 1;
  }
  return end;
}

/** The first address from `p` on, before `end`, with a quote or a backslash; `end` when there is none. */
export function nextQuote(p: i32, end: i32): i32 {
  while (p < end) {
    const byte = bytes[p] as number;
    if (byte === 0x22 || byte === 0x5c) return p;
    p = p + 1;
  }
  return end;
}

let blockDepth = 0;
let blockString = 0;
let blockStart = 0;

/**
 * Passes over as many whole blocks of bytes as can be told at a glance: not the one with the bracket that closes the last but `floor` of those
 * that are `open`, nor one in which more than `deepest` may be open. Inside a string `string` is not 0, and `start` is where that began. Returns
 * where it came to; what is open there, the three functions below say.
 */
export function skimBlocks(p: i32, _end: i32, open: i32, _floor: i32, _deepest: i32, string: i32, start: i32): i32 {
  // Byte by byte is as fast here.
  blockDepth = open;
  blockString = string;
  blockStart = start;
  return p;
}

export function skimmedDepth(): i32 {
  return blockDepth;
}

/** 1 inside a string, 2 after a backslash in one. */
export function skimmedString(): i32 {
  return blockString;
}

/** Where the last string starts. */
export function skimmedStart(): i32 {
  return blockStart;
}

let hashed = 0;

/** One half of a hash of bytes; `longHash2` gives the other. Machines need not agree on it. */
export function longHash(p: i32, length: i32): i32 {
  let one = Math.imul(length, 0x9e3779b1);
  let two = Math.imul(length ^ 0x5bd1e995, 0x27d4eb2f);
  const end = p + (length & -4);
  for (; p < end; p = p + 4) {
    const four = wordAt(p);
    one = Math.imul(one ^ four, 0x85ebca6b);
    one ^= one >>> 13;
    two = Math.imul(two ^ four, 0x165667b1);
    two ^= two >>> 15;
  }
  const count = length & 3;
  for (let at = 0; at < count; at = at + 1) {
    one = Math.imul(one ^ byteAt(p + at), 0xc2b2ae35);
    two = Math.imul(two ^ byteAt(p + at), 0x2c1b3c6d);
  }
  hashed = two ^ (two >>> 13);
  return one ^ (one >>> 16);
}

export function longHash2(): i32 {
  return hashed;
}
