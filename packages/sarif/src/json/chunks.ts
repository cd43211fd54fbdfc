import type { Source } from './source.ts';

/** The bytes of a source, chunk by chunk, each a plain `Uint8Array`: views of those cost a third of a Node.js `Buffer`'s. */
export async function* chunksOf(source: Source): AsyncGenerator<Uint8Array> {
  for await (const chunk of givenChunks(source)) {
    const isPlain = Object.getPrototypeOf(chunk) === Uint8Array.prototype;
    yield isPlain ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

async function* givenChunks(source: Source): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    yield source;
    return;
  }
  if (typeof Blob === 'function' && source instanceof Blob) {
    yield* source.stream();
    return;
  }
  if ('stream' in source) {
    yield* givenChunks(source.stream());
    return;
  }
  if (Symbol.asyncIterator in source) {
    yield* source;
    return;
  }
  yield* fromReader((source as ReadableStream<Uint8Array>).getReader());
}

/** For browsers whose `ReadableStream` is not iterable. */
async function* fromReader(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
