import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import type { Source } from './source.ts';

/** The bytes of a source from one offset to another, fewer where it ends before: a copy. What lies behind them is not read. */
export async function bytesBetween(source: Source, start: number, end: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for await (const chunk of chunksOf(source)) {
    const part = chunk.subarray(Math.max(0, start - offset), Math.max(0, end - offset));
    // A copy, because the source may fill the same memory again.
    if (part.length > 0) parts.push(copyOf(part));
    offset += chunk.length;
    if (offset >= end) break;
  }
  return concatenate(parts);
}
