import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, isSystemError } from './input-error.ts';

/** Bytes that were unpacked or came through standard input, kept in a file of our own. */
export interface SpooledFile {
  readonly path: string;
  readonly bytes: number;
  /** Deletes the file. Deleting twice is fine. */
  remove(): Promise<void>;
}

/** A private temporary folder (mode 0700) with private files (mode 0600) under random names. */
export interface Spool extends AsyncDisposable {
  /**
   * Writes all chunks to a new file. A failing input is passed on as it is, after the half-written file has been deleted.
   * Throws `InputError` `SF-I109` when the temporary folder cannot take the bytes.
   */
  keep(chunks: AsyncIterable<Uint8Array>, displayName: string): Promise<SpooledFile>;
  /** Deletes everything at once, for use while the process exits. */
  removeNow(): void;
}

/**
 * A spool whose folder is made when the first file needs it.
 *
 * @param parent the folder to make it in; the system's temporary folder by default
 */
export function createSpool(parent: string = tmpdir()): Spool {
  let folder: Promise<string> | undefined;
  let madeFolder: string | undefined;

  function folderPath(): Promise<string> {
    folder ??= mkdtemp(join(parent, 'sariflow-')).then((made) => {
      madeFolder = made;
      return made;
    });
    return folder;
  }

  return {
    async keep(chunks, displayName) {
      const path = join(await onDisk(folderPath(), displayName, parent), randomUUID());
      const handle = await onDisk(open(path, 'wx', 0o600), displayName, parent);
      let bytes = 0;
      try {
        for await (const chunk of chunks) {
          await onDisk(handle.appendFile(chunk), displayName, parent);
          bytes += chunk.length;
        }
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await handle.close();
      }
      return { path, bytes, remove: () => rm(path, { force: true }) };
    },

    removeNow() {
      if (madeFolder !== undefined) rmSync(madeFolder, { recursive: true, force: true });
    },

    async [Symbol.asyncDispose]() {
      if (madeFolder !== undefined) await rm(madeFolder, { recursive: true, force: true });
    },
  };
}

/** Tells a failure of the temporary folder from a failure of the input that is being spooled. */
async function onDisk<Value>(work: Promise<Value>, displayName: string, parent: string): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const cause = error.code === 'ENOSPC' ? 'is full' : `cannot be written (${error.code})`;
    throw new InputError(
      'SF-I109',
      displayName,
      `The temporary folder ${parent} ${cause}. Make room there, or point TMPDIR to a folder with more room.`,
      { cause: error },
    );
  }
}
