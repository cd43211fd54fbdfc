import type { ByteSource } from '@sariflow/sarif';

/** At most the first `maxBytes` of a source that can be read again. The rest is not read. */
export async function readHead(source: Uint8Array | Blob | ByteSource, maxBytes: number): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source.subarray(0, maxBytes);
  if (typeof Blob === 'function' && source instanceof Blob) return source.slice(0, maxBytes).bytes();

  const head = new Uint8Array(maxBytes);
  let length = 0;
  const stream = (source as ByteSource).stream();
  const chunks = Symbol.asyncIterator in stream ? stream : readerOf(stream);
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, maxBytes - length);
    head.set(part, length);
    length += part.length;
    if (length === maxBytes) break;
  }
  return head.subarray(0, length);
}

async function* readerOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
