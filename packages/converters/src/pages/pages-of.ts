import type { ByteSource } from '@sariflow/sarif';
import { bytesFrom, type Rereadable } from '../reading/bytes-from.ts';

const comma = 0x2c;
const opening = 0x5b;
const closing = 0x5d;
const space = 0x20;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Several documents as one, an array: for pages of one answer that were saved one by one, and are converted to one log. The
 * pointer of a diagnostic starts with the position of its page. Each page has to give the same bytes whenever it is read.
 */
export function pagesOf(pages: readonly Rereadable[]): ByteSource {
  /** Lengths of the pages that were read to their end: later readings jump over what stands before. */
  const lengths: number[] = [];

  async function* read(byteOffset: number): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (const [index, page] of pages.entries()) {
      if (at >= byteOffset) yield Uint8Array.of(index === 0 ? opening : comma);
      at += 1;
      const known = lengths[index];
      if (known !== undefined && at + known <= byteOffset) {
        at += known;
        continue;
      }
      const start = known === undefined ? 0 : Math.max(0, byteOffset - at);
      let length = start;
      for await (const chunk of bytesFrom(page, start)) {
        const written = withoutMark(chunk, length);
        const skipped = Math.max(0, byteOffset - at - length);
        if (skipped < written.length) yield written.subarray(skipped);
        length += chunk.length;
      }
      lengths[index] = length;
      at += length;
    }
    if (pages.length === 0 && byteOffset === 0) yield Uint8Array.of(opening);
    if (pages.length === 0) at = 1;
    if (at >= byteOffset) yield Uint8Array.of(closing);
  }
  return { stream: () => read(0), streamFrom: read };
}

/** A byte order mark is fine at the beginning of a page, and nothing but white space further down. */
function withoutMark(chunk: Uint8Array, from: number): Uint8Array {
  if (from >= byteOrderMark.length) return chunk;
  const end = Math.min(chunk.length, byteOrderMark.length - from);
  const isMark = Array.from({ length: end }, (_, at) => chunk[at] === byteOrderMark[from + at]).every(Boolean);
  if (!isMark) return chunk;
  const blank = new Uint8Array(chunk);
  return blank.fill(space, 0, end);
}
