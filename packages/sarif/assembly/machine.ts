/* What the recogniser needs of the machine it runs on, for WebAssembly. `src/recognise/portable/machine.ts` says the same for JavaScript. */

// @ts-ignore: decorator
@inline export function byteAt(p: i32): i32 { return load<u8>(p); }
// @ts-ignore: decorator
@inline export function setByte(p: i32, value: i32): void { store<u8>(p, value); }
// @ts-ignore: decorator
@inline export function i32At(p: i32): i32 { return load<i32>(p); }
// @ts-ignore: decorator
@inline export function setI32(p: i32, value: i32): void { store<i32>(p, value); }
// @ts-ignore: decorator
@inline export function is2(p: i32, word: i32): boolean { return load<u16>(p) == word; }
// @ts-ignore: decorator
@inline export function is4(p: i32, word: i32): boolean { return load<i32>(p) == word; }
// @ts-ignore: decorator
@inline export function wordAt(p: i32): i32 { return load<i32>(p); }
// @ts-ignore: decorator
@inline export function mul(a: i32, b: i32): i32 { return a * b; }

// @ts-ignore: decorator
@inline export function pastPlain(p: i32): i32 {
  for (;;) {
    const bytes = v128.load(p);
    // Compared as signed numbers, bytes beyond ASCII are below the control characters.
    const special = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
      i8x16.lt_s(bytes, i8x16.splat(0x20)),
    );
    const mask = i8x16.bitmask(special);
    if (mask != 0) return p + ctz(mask);
    p += 16;
  }
}

export function find(byte: i32, p: i32, end: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  while (p < end) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p), wanted));
    if (mask != 0) {
      p += ctz(mask);
      return p < end ? p : end;
    }
    p += 16;
  }
  return end;
}

// @ts-ignore: decorator
@inline export function copy(to: i32, from: i32, length: i32): void { memory.copy(to, from, length); }
// @ts-ignore: decorator
@inline export function fill(p: i32, length: i32): void { memory.fill(p, 0, length); }

export function isSame(a: i32, b: i32, length: i32): boolean {
  while (length >= 8) {
    if (load<u64>(a) != load<u64>(b)) return false;
    a += 8;
    b += 8;
    length -= 8;
  }
  while (length > 0) {
    if (load<u8>(a) != load<u8>(b)) return false;
    a += 1;
    b += 1;
    length -= 1;
  }
  return true;
}

export function countOf(byte: i32, p: i32, end: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  let count = 0;
  while (p + 16 <= end) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(p), wanted)));
    p += 16;
  }
  while (p < end) {
    if (load<u8>(p) == byte) count += 1;
    p += 1;
  }
  return count;
}

export function utf16Length(p: i32, end: i32): i32 {
  let length = 0;
  while (p + 16 <= end) {
    const bytes = v128.load(p);
    // Continuation bytes are those from -128 to -65, bytes that begin four those from -16 to -1.
    const continuations = popcnt(i8x16.bitmask(i8x16.lt_s(bytes, i8x16.splat(-64))));
    const fours = popcnt(i8x16.bitmask(v128.and(i8x16.ge_s(bytes, i8x16.splat(-16)), i8x16.lt_s(bytes, i8x16.splat(0)))));
    length += 16 - continuations + fours;
    p += 16;
  }
  while (p < end) {
    const byte = <i32>load<u8>(p);
    if ((byte & 0xc0) != 0x80) length += byte >= 0xf0 ? 2 : 1;
    p += 1;
  }
  return length;
}

// @ts-ignore: decorator
@inline export function nextToken(p: i32, end: i32): i32 {
  while (p < end) {
    const bytes = v128.load(p);
    const folded = v128.or(bytes, i8x16.splat(0x20));
    const found = v128.or(
      i8x16.eq(bytes, i8x16.splat(0x22)),
      v128.or(i8x16.eq(folded, i8x16.splat(0x7b)), i8x16.eq(folded, i8x16.splat(0x7d))),
    );
    const mask = i8x16.bitmask(found);
    if (mask != 0) {
      p += ctz(mask);
      return p < end ? p : end;
    }
    p += 16;
  }
  return end;
}

// @ts-ignore: decorator
@inline export function nextQuote(p: i32, end: i32): i32 {
  while (p < end) {
    const bytes = v128.load(p);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))));
    if (mask != 0) {
      p += ctz(mask);
      return p < end ? p : end;
    }
    p += 16;
  }
  return end;
}

let blockDepth: i32 = 0;
let blockString: i32 = 0;
let blockStart: i32 = 0;

/** One bit for each of 64 bytes: whether it is the wanted one. */
// @ts-ignore: decorator
@inline function bitsOf(a: v128, b: v128, c: v128, d: v128, wanted: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.eq(a, wanted)) | (<u64>i8x16.bitmask(i8x16.eq(b, wanted)) << 16) |
    (<u64>i8x16.bitmask(i8x16.eq(c, wanted)) << 32) | (<u64>i8x16.bitmask(i8x16.eq(d, wanted)) << 48);
}

/*
 * Bytes are bits of 64-bit words. A quote that no backslash escapes turns "in a string" on or off for all bits after it, which is what a sum
 * without carries does; backslashes escape in pairs, which a sum with carries finds out.
 *
 *     {"a":"x\\\"{","b":[1]}
 *     .^.^.^....^^.^.^......    quotes that count
 *     .##..######..##.......    in a string
 *     ^................^..^^    brackets that count
 */
export function skimBlocks(p: i32, end: i32, open: i32, floor: i32, deepest: i32, string: i32, start: i32): i32 {
  let depth = open;
  let inside: u64 = string != 0 ? ~(<u64>0) : 0;
  let pending: u64 = 0;
  while (p + 64 <= end) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    let slashes = bitsOf(a, b, c, d, i8x16.splat(0x5c));
    let escaped = pending;
    let next: u64 = 0;
    if (slashes != 0) {
      slashes &= ~pending;
      const follows = (slashes << 1) | pending;
      const oddStarts = slashes & ~(<u64>0x5555555555555555) & ~follows;
      const evenSequences = oddStarts + slashes;
      next = evenSequences < slashes ? 1 : 0;
      escaped = (0x5555555555555555 ^ (evenSequences << 1)) & follows;
    }
    const quotes = bitsOf(a, b, c, d, i8x16.splat(0x22)) & ~escaped;
    let within = quotes;
    within ^= within << 1;
    within ^= within << 2;
    within ^= within << 4;
    within ^= within << 8;
    within ^= within << 16;
    within ^= within << 32;
    within ^= inside;
    // A backslash outside of strings is no JSON, and nothing that this can tell of: byte by byte it escapes nothing.
    if ((slashes & ~within) != 0) break;
    const fold = i8x16.splat(0x20);
    const e = v128.or(a, fold);
    const f = v128.or(b, fold);
    const g = v128.or(c, fold);
    const h = v128.or(d, fold);
    const opened = <i32>popcnt(bitsOf(e, f, g, h, i8x16.splat(0x7b)) & ~within);
    const closed = <i32>popcnt(bitsOf(e, f, g, h, i8x16.splat(0x7d)) & ~within);
    if (depth - closed <= floor || depth + opened > deepest) break;
    depth += opened - closed;
    inside = <u64>(<i64>within >> 63);
    pending = next;
    if (quotes != 0) start = p + 63 - <i32>clz(quotes);
    p += 64;
  }
  blockDepth = depth;
  blockString = inside == 0 ? 0 : pending == 0 ? 1 : 2;
  blockStart = start;
  return p;
}

// @ts-ignore: decorator
@inline export function skimmedDepth(): i32 { return blockDepth; }
// @ts-ignore: decorator
@inline export function skimmedString(): i32 { return blockString; }
// @ts-ignore: decorator
@inline export function skimmedStart(): i32 { return blockStart; }

let hashed: u64 = 0;

/** One half of a hash of bytes; `longHash2` gives the other. */
export function longHash(p: i32, length: i32): i32 {
  let hash: u64 = 0x9e3779b97f4a7c15 ^ <u64>length;
  const end = p + (length & -8);
  for (; p < end; p += 8) {
    hash = (hash ^ load<u64>(p)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  let rest: u64 = 0;
  const count = length & 7;
  for (let at = 0; at < count; at += 1) rest = (rest << 8) | load<u8>(p + at);
  hash = (hash ^ rest) * 0xc4ceb9fe1a85ec53;
  hash ^= hash >> 29;
  hashed = hash;
  return <i32>hash;
}

export function longHash2(): i32 { return <i32>(hashed >> 32); }
