import type { ByteSource } from '@sariflow/sarif';
import { bytesFrom, type Rereadable } from './bytes-from.ts';
import type { Damage, Gap } from './find-damage.ts';

/**
 * The same bytes with what is not JSON blanked out, so that the rest can be read by the readers of whole documents. No byte
 * moves: offsets, lines and columns are those of the report as it is.
 */
export function mendedSource(source: Rereadable, { gaps, cut }: Damage): ByteSource {
  const end = cut?.byteOffset ?? Number.POSITIVE_INFINITY;
  async function* streamFrom(from: number): AsyncGenerator<Uint8Array> {
    let byteOffset = from;
    let next = firstBehind(gaps, from);
    for await (const chunk of bytesFrom(source, from)) {
      const kept = chunk.subarray(0, Math.max(0, end - byteOffset));
      const stop = byteOffset + kept.length;
      if (kept.length > 0) {
        const touched = (gaps[next]?.start ?? Number.POSITIVE_INFINITY) < stop;
        yield touched ? blank(kept, byteOffset, gaps, next) : kept;
      }
      byteOffset = stop;
      while ((gaps[next]?.end ?? Number.POSITIVE_INFINITY) <= byteOffset) next += 1;
      if (kept.length < chunk.length) return;
    }
  }
  return { stream: () => streamFrom(0), streamFrom };
}

function firstBehind(gaps: readonly Gap[], byteOffset: number): number {
  const index = gaps.findIndex(({ end }) => end > byteOffset);
  return index === -1 ? gaps.length : index;
}

function blank(chunk: Uint8Array, start: number, gaps: readonly Gap[], first: number): Uint8Array {
  const blanked = new Uint8Array(chunk);
  for (let index = first; index < gaps.length; index += 1) {
    const gap = gaps[index] as Gap;
    if (gap.start >= start + chunk.length) break;
    const from = Math.max(gap.start, start) - start;
    const to = Math.min(gap.end, start + chunk.length) - start;
    for (let at = from; at < to; at += 1) {
      const byte = blanked[at];
      if (byte !== 0x0a && byte !== 0x0d) blanked[at] = 0x20;
    }
    for (const { byteOffset, byte } of gap.puts) {
      const at = byteOffset - start;
      if (at >= 0 && at < chunk.length) blanked[at] = byte;
    }
  }
  return blanked;
}
