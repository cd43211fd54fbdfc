/**
 * Something that gives the same bytes each time it is asked. A `Blob` is one; so is a file that can be opened twice.
 * Chunks may be of any size; a chunk need only stay unchanged until the next one is asked for.
 */
export interface ByteSource {
  stream(): ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  /** The bytes from this offset on, where the source can get there without reading what stands before. */
  streamFrom?(byteOffset: number): ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Total length in bytes, where it is known: used for progress only. */
  readonly size?: number | undefined;
}

/** Everything the readers accept. Streams can be read once, so they are spooled in memory up to `maxSpoolBytes`. */
export type Source = Uint8Array | Blob | ByteSource | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
