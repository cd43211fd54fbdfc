import { chunksOf } from './chunks.ts';
import { copyOf } from './concatenate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { LineTracker } from './line-tracker.ts';
import { ReadError } from './read-error.ts';
import type { ByteSource, Source } from './source.ts';

/**
 * A source that gives its bytes each time it is asked: the one given, or what is kept in memory of a stream that can be read
 * only once.
 * @throws {ReadError} `SF-P113` when such a stream is longer than `limits.maxSpoolBytes`
 */
export async function rereadable(
  source: Source,
  options: { readonly limits?: Partial<Limits> | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array | Blob | ByteSource> {
  if (source instanceof Uint8Array || 'stream' in source) return source;
  const { maxSpoolBytes } = { ...defaultLimits, ...options.limits };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const lines = new LineTracker();
  for await (const chunk of chunksOf(source)) {
    options.signal?.throwIfAborted();
    const room = maxSpoolBytes - lines.place.byteOffset;
    if (chunk.length > room) {
      throw new ReadError(
        'SF-P113',
        `The input is a stream, which can be read only once, and is longer than the ${maxSpoolBytes} bytes that are kept of one. Give a file, a Blob or another source that can be read twice.`,
        { place: lines.placeIn(chunk, room), pointer: '' },
      );
    }
    lines.advance(chunk);
    // A copy, because the sender may fill the same memory again.
    parts.push(copyOf(chunk));
  }
  return new Blob(parts);
}
