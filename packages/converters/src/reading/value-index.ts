import type { PathSegment } from '@sariflow/sarif';

const decoder = new TextDecoder();

/**
 * Index of the byte at which the value that a path leads to starts, in the bytes of a valid JSON value. Where the path
 * leads nowhere, of the innermost value that exists: a missing member is reported at the object that lacks it.
 */
export function valueIndex(bytes: Uint8Array, path: readonly PathSegment[]): number {
  let at = skipSpace(bytes, 0);
  for (const segment of path) {
    const next = memberIndex(bytes, at, segment);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function memberIndex(bytes: Uint8Array, container: number, segment: PathSegment): number | undefined {
  const isArray = bytes[container] === 0x5b;
  if (!isArray && bytes[container] !== 0x7b) return undefined;
  let found: number | undefined;
  let at = skipSpace(bytes, container + 1);
  for (let index = 0; bytes[at] !== 0x5d && bytes[at] !== 0x7d; index += 1) {
    let name: unknown = index;
    if (!isArray) {
      const end = skipValue(bytes, at);
      name = JSON.parse(decoder.decode(bytes.subarray(at, end)));
      at = skipSpace(bytes, skipSpace(bytes, end) + 1);
    }
    // The last of two members with one name counts, as it does for the parser.
    if (name === segment) found = at;
    at = skipSpace(bytes, skipValue(bytes, at));
    if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1);
  }
  return found;
}

function skipValue(bytes: Uint8Array, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const byte = bytes[at] as number;
    if (byte === 0x22) at = skipString(bytes, at);
    else {
      if (byte === 0x7b || byte === 0x5b) depth += 1;
      if (byte === 0x7d || byte === 0x5d) depth -= 1;
      at += 1;
      if (depth === 0 && byte !== 0x7d && byte !== 0x5d) while (isInWord(bytes[at])) at += 1;
    }
  } while (depth > 0);
  return at;
}

function skipString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return at + 1;
}

function skipSpace(bytes: Uint8Array, at: number): number {
  while ((bytes[at] as number) <= 0x20) at += 1;
  return at;
}

function isInWord(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte !== 0x2c && byte !== 0x5d && byte !== 0x7d;
}
