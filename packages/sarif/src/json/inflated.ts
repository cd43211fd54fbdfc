import { chunksOf } from './chunks.ts';
import { copyOf } from './concatenate.ts';
import type { Limits } from './limits.ts';
import { ReadError } from './read-error.ts';
import type { ByteSource, Source } from './source.ts';

/** Small, very repetitive reports are no bombs. */
const freeBytes = 64 * 2 ** 20;

/**
 * What a gzip source holds, inflated each time it is asked for. How long it may become is `maxBytes`, which whoever reads it
 * checks, and `maxInflateRatio`.
 * @throws {ReadError} `SF-P116` while iterating, when the content is damaged or becomes too large for its size
 */
export function inflated(source: Source, { maxInflateRatio }: Limits): ByteSource {
  return { stream: () => inflate(source, maxInflateRatio) };
}

async function* inflate(source: Source, maxRatio: number): AsyncGenerator<Uint8Array> {
  const packed = new PackedChunks(source);
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(packed).pipeThrough(new DecompressionStream('gzip'));
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(stream)) {
      bytes += chunk.length;
      if (bytes > freeBytes && bytes > packed.bytes * maxRatio) {
        throw errorOf(
          `The content inflates to more than ${maxRatio} times its size, which looks like a decompression bomb. If it is genuine, decompress it first.`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ReadError) throw error;
    if (packed.failure !== undefined) throw packed.failure.cause;
    throw errorOf(
      'The content is compressed with gzip, and damaged or incomplete. Write the file again, or decompress what is left of it.',
    );
  }
}

/** Where the compressed bytes fail cannot be told. */
function errorOf(message: string): ReadError {
  return new ReadError('SF-P116', message, { place: { byteOffset: 0, line: 1, column: 1 }, pointer: '' });
}

/** The chunks of a source as a stream that remembers whether the source itself failed. */
class PackedChunks {
  bytes = 0;
  failure: { readonly cause: unknown } | undefined;
  readonly #chunks: AsyncGenerator<Uint8Array>;

  constructor(source: Source) {
    this.#chunks = chunksOf(source);
  }

  async pull(controller: { enqueue(chunk: Uint8Array<ArrayBuffer>): void; close(): void }): Promise<void> {
    try {
      const next = await this.#chunks.next();
      if (next.done) {
        controller.close();
        return;
      }
      this.bytes += next.value.length;
      // A copy, because the source may fill the same memory again before this chunk is inflated.
      controller.enqueue(copyOf(next.value));
    } catch (cause) {
      this.failure = { cause };
      throw cause;
    }
  }

  async cancel(): Promise<void> {
    await this.#chunks.return(undefined);
  }
}
