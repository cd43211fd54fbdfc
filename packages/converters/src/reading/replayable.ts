import { type ByteSource, defaultLimits, type Limits, ReadError, type Source } from '@sariflow/sarif';

/**
 * A source that gives its bytes each time it is asked. A conversion reads a report several times, so a stream that can be
 * read once is kept in memory.
 * @throws {ReadError} `SF-P113` when such a stream is longer than `maxSpoolBytes`
 */
export async function replayable(
  source: Source,
  options: { limits?: Partial<Limits> | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array | Blob | ByteSource> {
  if (source instanceof Uint8Array) return source;
  if (typeof Blob === 'function' && source instanceof Blob) return source;
  if ('stream' in source) return source;

  const maxBytes = options.limits?.maxSpoolBytes ?? defaultLimits.maxSpoolBytes;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of iterate(source)) {
    options.signal?.throwIfAborted();
    size += chunk.length;
    if (size > maxBytes) {
      const message = `The report comes from a stream that can be read only once and is longer than ${maxBytes} bytes. Save it to a file and convert that.`;
      throw new ReadError('SF-P113', message, { place: { byteOffset: maxBytes, line: 1, column: 1 }, pointer: '' });
    }
    // A copy, because the sender may fill the same memory again; `slice` of Node's buffers would share it.
    chunks.push(new Uint8Array(chunk));
  }
  return new Blob(chunks as Uint8Array<ArrayBuffer>[]);
}

async function* iterate(source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in source) {
    yield* source;
    return;
  }
  // Not every browser's streams can be iterated.
  const reader = (source as ReadableStream<Uint8Array>).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
