import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSystemError } from '../input/input-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * Writes a file as a whole or not at all: the bytes go to a neighbour first, which takes the name when it is complete. Throws `UsageError` when
 * the folder cannot be written to; errors of the chunks pass through.
 *
 * @param path where the file goes; one that is there is replaced
 * @param mode permissions before the umask
 * @returns the number of bytes
 */
export async function writeWholeFile(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mode = 0o666,
): Promise<number> {
  const neighbour = join(dirname(path), `.${randomUUID()}.partial`);
  const handle = await writing(path, () => open(neighbour, 'wx', mode));
  let bytes = 0;
  try {
    for await (const chunk of inLargePieces(chunks)) {
      await writing(path, () => handle.appendFile(chunk));
      bytes += chunk.length;
    }
    await handle.close();
    await writing(path, () => rename(neighbour, path));
    return bytes;
  } catch (error) {
    await handle.close();
    await rm(neighbour, { force: true });
    throw error;
  }
}

/** Each write is a journey of its own: short chunks travel together. */
const pieceBytes = 256 * 1024;

/** The same bytes in pieces that are worth a write. A piece is valid until the next one is asked for. */
export async function* inLargePieces(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const piece = Buffer.allocUnsafeSlow(pieceBytes);
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > pieceBytes) {
      if (length > 0) yield piece.subarray(0, length);
      length = 0;
    }
    if (chunk.length > pieceBytes / 2) {
      if (length > 0) yield piece.subarray(0, length);
      length = 0;
      yield chunk;
    } else {
      piece.set(chunk, length);
      length += chunk.length;
    }
  }
  if (length > 0) yield piece.subarray(0, length);
}

async function writing<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(
      `${path} cannot be written (${error.code}). Check the folder and its permissions, or choose another place.`,
      {
        cause: error,
      },
    );
  }
}
