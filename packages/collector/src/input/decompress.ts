import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { InflateBudget } from './inflate-budget.ts';
import { InputError } from './input-error.ts';

/**
 * The unpacked bytes of a gzip or Zstandard stream, several members one after the other included. Throws `InputError`: `SF-I105` for damaged
 * or cut streams, `SF-I107` when the budget is used up.
 */
export async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  kind: 'gzip' | 'zstd',
  budget: InflateBudget,
  displayName: string,
): AsyncGenerator<Uint8Array> {
  const unpacker = kind === 'gzip' ? createGunzip() : createZstdDecompress();
  const packed = Readable.from(copied(chunks), { objectMode: false });
  // `pipe` does not carry errors; without this a failing file would end as a hanging unpacker.
  packed.on('error', (error) => unpacker.destroy(error));
  packed.pipe(unpacker);
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      budget.addBytes(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw isUnpackError(error) ? damaged(kind, displayName, error) : error;
  } finally {
    packed.destroy();
    unpacker.destroy();
  }
}

/** Streams keep chunks longer than a reused buffer stays unchanged. */
export async function* copied(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}

function isUnpackError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(Z_|ZSTD_)/.test(String(error.code));
}

function damaged(kind: 'gzip' | 'zstd', displayName: string, cause: Error): InputError {
  return new InputError(
    'SF-I105',
    displayName,
    `The ${kind === 'gzip' ? 'gzip' : 'Zstandard'} stream is damaged or ends early (${cause.message}). Fetch or pack it again.`,
    { cause },
  );
}
