import type { ByteSource } from '@sariflow/sarif';

/** A source that gives the same bytes each time it is read. */
export type Rereadable = Uint8Array | Blob | ByteSource;

/** The bytes of a source from an offset on, chunk by chunk. A chunk stays unchanged until the next one is asked for. */
export async function* bytesFrom(source: Rereadable, offset = 0): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    if (offset < source.length) yield source.subarray(offset);
    return;
  }
  if (typeof Blob === 'function' && source instanceof Blob) {
    yield* chunksOf(source.slice(offset).stream());
    return;
  }
  const { streamFrom } = source as ByteSource;
  if (streamFrom !== undefined) {
    yield* chunksOf(streamFrom.call(source, offset));
    return;
  }
  let skip = offset;
  for await (const chunk of chunksOf((source as ByteSource).stream())) {
    if (skip < chunk.length) yield chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

/** Browsers differ in whether a `ReadableStream` can be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in stream) {
    yield* stream;
    return;
  }
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
