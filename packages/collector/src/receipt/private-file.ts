import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that appears as a whole, or not at all. */
export interface PrivateFile {
  /** Writes the text, and gives the file its name once it is on the disk. What had the name before is replaced; a link is not followed. */
  complete(text: string): Promise<void>;
  /** Nothing is to appear. Does nothing after `complete`. */
  discard(): Promise<void>;
}

/**
 * Begins a file for the user alone (0600) beside where it will be, so that a place that cannot be written to is known before the work is done.
 * Rejects with the error of the system.
 */
export async function beginPrivateFile(path: string): Promise<PrivateFile> {
  const draft = join(dirname(path), `.${randomUUID()}.partial`);
  const handle = await open(draft, 'wx', 0o600);
  let isOpen = true;
  const end = async () => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  return {
    async complete(text) {
      try {
        await handle.writeFile(text);
        await sync(handle);
        await end();
        await rename(draft, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await end();
        await rm(draft, { force: true });
        throw error;
      }
    },
    async discard() {
      if (!isOpen) return;
      await end();
      await rm(draft, { force: true });
    },
  };
}

/** `node --permission` allows no fsync; what was written is then as durable as any other file. */
async function sync(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED')) throw error;
  }
}

/** A new name is durable when its folder is. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await sync(handle);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EINVAL') throw error;
  } finally {
    await handle?.close();
  }
}
