import type { Place } from '../diagnostics/diagnostic.ts';
import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import { LineTracker } from './line-tracker.ts';
import type { ByteSource, Source } from './source.ts';
import { findInvalidUtf8 } from './syntax.ts';

const replacement = new Uint8Array([0xef, 0xbf, 0xbd]);

/**
 * The same bytes with U+FFFD in place of each sequence that is no UTF-8, as decoders of the web do it. `found` is told of each the
 * first time that the bytes are asked for, with its first byte and where the replacement stands. Memory: one chunk.
 */
export function wellFormedUtf8(source: Source, found: (byte: number, place: Place) => void): ByteSource {
  let isFirst = true;
  return {
    stream: () => {
      const tell = isFirst ? found : undefined;
      isFirst = false;
      return wellFormed(source, tell);
    },
  };
}

async function* wellFormed(source: Source, found?: (byte: number, place: Place) => void): AsyncGenerator<Uint8Array> {
  const lines = new LineTracker();
  let cut: Uint8Array = new Uint8Array(0);
  const replaced = (bytes: Uint8Array): Uint8Array => {
    const parts = partsOf(bytes);
    if (parts.length === 1) {
      lines.advance(bytes);
      return bytes;
    }
    for (const part of parts) {
      if (part instanceof Uint8Array) lines.advance(part);
      else {
        found?.(part.byte, lines.place);
        lines.advance(replacement);
      }
    }
    return concatenate(parts.map((part) => (part instanceof Uint8Array ? part : replacement)));
  };
  for await (const chunk of chunksOf(source)) {
    const bytes = cut.length === 0 ? chunk : concatenate([cut, chunk]);
    const end = bytes.length - unfinishedAtEnd(bytes);
    cut = copyOf(bytes.subarray(end));
    if (end > 0) yield replaced(bytes.subarray(0, end));
  }
  if (cut.length > 0) yield replaced(cut);
}

/** The same for bytes that are all there. `found` is told of each sequence by its first byte and where the replacement stands. */
export function wellFormedBytes(bytes: Uint8Array, found: (byte: number, index: number) => void): Uint8Array {
  let at = 0;
  const parts = partsOf(bytes).map((part) => {
    if (part instanceof Uint8Array) {
      at += part.length;
      return part;
    }
    found(part.byte, at);
    at += replacement.length;
    return replacement;
  });
  return concatenate(parts);
}

/** Bytes that are well formed, and between them the first byte of each sequence that is not. */
function partsOf(bytes: Uint8Array): (Uint8Array | IllFormed)[] {
  const parts: (Uint8Array | IllFormed)[] = [];
  for (let rest = bytes; ; ) {
    const at = findInvalidUtf8(rest);
    parts.push(rest.subarray(0, at));
    if (at === undefined) return parts;
    parts.push({ byte: rest[at] as number });
    rest = rest.subarray(at + illFormedLength(rest, at));
  }
}

/** A sequence that is no UTF-8, by its first byte. */
interface IllFormed {
  readonly byte: number;
}

/** How many bytes one U+FFFD stands for: the longest beginning of a sequence that could have become well formed. */
function illFormedLength(bytes: Uint8Array, at: number): number {
  let length = 1;
  while (at + length < bytes.length && couldGoOn(bytes, at, length)) length += 1;
  return length;
}

/** How many bytes at the end begin a sequence that the next chunk may complete. */
function unfinishedAtEnd(bytes: Uint8Array): number {
  for (let length = 1; length <= Math.min(3, bytes.length); length += 1) {
    const at = bytes.length - length;
    const lead = bytes[at] as number;
    if (lead < 0x80) return 0;
    if (lead < 0xc0) continue;
    let seen = 1;
    while (seen < length && couldGoOn(bytes, at, seen)) seen += 1;
    return seen === length && length < lengthOf(lead) ? length : 0;
  }
  return 0;
}

/** Whether the byte at `at + position` goes on with the sequence that begins at `at` (Unicode, table 3-7). */
function couldGoOn(bytes: Uint8Array, at: number, position: number): boolean {
  const lead = bytes[at] as number;
  if (position >= lengthOf(lead)) return false;
  const byte = bytes[at + position] as number;
  if (position > 1) return (byte & 0xc0) === 0x80;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return byte >= low && byte <= high;
}

function lengthOf(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
}
