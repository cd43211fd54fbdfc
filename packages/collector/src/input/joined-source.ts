import { pagesOf } from '@sariflow/converters';
import type { FileSource } from './file-source.ts';

/** Pages that were saved one by one, as one document: an array of them. Reads them as their own sources do. */
export function joinedSource(pages: readonly FileSource[]): FileSource {
  const joined = pagesOf(pages);
  const streamFrom = (byteOffset: number) => chunksOf(joined.streamFrom?.(byteOffset) ?? joined.stream());
  return {
    stream: () => streamFrom(0),
    streamFrom,
    get size() {
      let size = pages.length + 1;
      for (const page of pages) {
        if (page.size === undefined) return undefined;
        size += page.size;
      }
      return size;
    },
    async readAt(byteOffset, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      for await (const chunk of streamFrom(byteOffset)) {
        const part = chunk.subarray(0, length - filled);
        bytes.set(part, filled);
        filled += part.length;
        if (filled === length) break;
      }
      return bytes.subarray(0, filled);
    },
  };
}

async function* chunksOf(
  stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* stream as AsyncIterable<Uint8Array>;
}
