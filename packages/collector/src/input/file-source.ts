import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from '@sariflow/sarif';
import { InputError, inputErrorFrom } from './input-error.ts';
import { giveBack, takeBuffer } from './read-buffers.ts';

/** A file that can be read from the start as often as needed, and at any place. */
export interface FileSource extends ByteSource {
  /**
   * The bytes from the start. A chunk stays unchanged until the next one is asked for. Throws `InputError`: `SF-I101` or `SF-I102` when
   * the file cannot be opened or read, `SF-I104` when it is not the file of an earlier pass any more.
   */
  stream(): AsyncGenerator<Uint8Array, void, undefined>;
  /** The same from a place on. Chunks end where those of `stream` do. */
  streamFrom(byteOffset: number): AsyncGenerator<Uint8Array, void, undefined>;
  /** Bytes `[byteOffset, byteOffset + length)`, fewer at the end of the file, in a buffer of their own. */
  readAt(byteOffset: number, length: number): Promise<Uint8Array>;
  /** Bytes in the file when it was last looked at. */
  readonly size: number | undefined;
}

/** A file up to this size is read once and kept: opening it for each pass takes longer than what is done with it. In bytes. */
const maxKeptBytes = 256 * 1024;

/** What must stay the same between two passes for them to have read one document. */
interface Identity {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/**
 * A source over the file at `path`, which is opened when it is read and closed afterwards. Reading goes through two reused buffers of
 * 1 MB: one is filled while the other is being consumed. What a small file held when it was read first is what it holds in every pass.
 *
 * @param path where the file is; a `Buffer` for names that are not valid UTF-8
 * @param displayName how errors call the file
 */
export function fileSource(path: string | Buffer, displayName: string = path.toString()): FileSource {
  let identity: Identity | undefined;
  let kept: Uint8Array | undefined;

  async function checkIdentity(handle: FileHandle): Promise<void> {
    const now = await handle.stat({ bigint: true });
    if (identity === undefined) {
      identity = { ino: now.ino, size: now.size, mtimeNs: now.mtimeNs };
      return;
    }
    if (now.ino === identity.ino && now.size === identity.size && now.mtimeNs === identity.mtimeNs) return;
    throw new InputError(
      'SF-I104',
      displayName,
      'The file changed while it was being read. Wait until the scanner has finished writing, then run again.',
    );
  }

  async function* streamFrom(byteOffset: number): AsyncGenerator<Uint8Array, void, undefined> {
    kept ??= await readSmall();
    if (kept !== undefined) {
      if (byteOffset < kept.length) yield kept.subarray(byteOffset);
      return;
    }
    const handle = await openFile(path, displayName);
    let filling = takeBuffer();
    let spare = takeBuffer();
    let reading: Promise<number> | undefined;
    try {
      await checkIdentity(handle);
      let position = byteOffset;
      reading = readInto(handle, filling, position);
      for (;;) {
        const bytes = await reading;
        if (bytes === 0) break;
        position += bytes;
        const full = filling;
        filling = spare;
        spare = full;
        reading = readInto(handle, filling, position);
        yield full.subarray(0, bytes);
      }
      await checkIdentity(handle);
    } catch (error) {
      throw inputErrorFrom(error, displayName);
    } finally {
      // A read that is still under way writes into its buffer: wait for it before the buffer serves another file.
      // Its failure is of no interest to a consumer that has stopped reading.
      await reading?.catch(() => undefined);
      giveBack(filling);
      giveBack(spare);
      await handle.close();
    }
  }

  /** The whole of a small file; undefined when it is not small, or of a kind that does not tell its size. */
  async function readSmall(): Promise<Uint8Array | undefined> {
    if (identity !== undefined) return undefined;
    const handle = await openFile(path, displayName);
    try {
      await checkIdentity(handle);
      const size = Number((identity as unknown as Identity).size);
      if (size === 0 || size > maxKeptBytes) return undefined;
      const bytes = await readFrom(handle, 0, size);
      await checkIdentity(handle);
      return bytes;
    } catch (error) {
      throw inputErrorFrom(error, displayName);
    } finally {
      await handle.close();
    }
  }

  return {
    get size() {
      if (identity !== undefined) return Number(identity.size);
      return statSync(path, { throwIfNoEntry: false })?.size;
    },

    stream: () => streamFrom(0),

    streamFrom,

    async readAt(byteOffset, length) {
      if (kept !== undefined) return Uint8Array.from(kept.subarray(byteOffset, byteOffset + length));
      const handle = await openFile(path, displayName);
      try {
        return await readFrom(handle, byteOffset, length);
      } catch (error) {
        throw inputErrorFrom(error, displayName);
      } finally {
        await handle.close();
      }
    },
  };
}

async function openFile(path: string | Buffer, displayName: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw inputErrorFrom(error, displayName);
  }
}

/** Bytes in a buffer of their own, fewer at the end of the file. */
async function readFrom(handle: FileHandle, byteOffset: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, byteOffset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Fills the buffer from a place on, at most to the end of its stretch of the file, so that chunks end in the same places. */
function readInto(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  const length = buffer.length - (position % buffer.length);
  const reading = handle.read(buffer, 0, length, position).then(({ bytesRead }) => bytesRead);
  // The consumer may take its time before it awaits this; a failure must not count as unhandled meanwhile.
  reading.catch(() => undefined);
  return reading;
}
