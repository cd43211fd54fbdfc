import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExternalReference, OpenExternal } from '@sariflow/sarif';
import { type FileSource, fileSource } from './file-source.ts';
import { InputError, inputErrorFrom, isSystemError } from './input-error.ts';

/** How many external property files one log may have opened, and how large they may be together. */
export interface ExternalFileLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
}

const defaultExternalFileLimits: ExternalFileLimits = { maxFiles: 1000, maxBytes: 64 * 2 ** 30 };

/**
 * Opens the external property files of one log: files in its folder or below, wherever links lead, and no others. Each is opened
 * once, under whatever names it is asked for.
 *
 * @param logPath where the log is on disk: not the place where it was unpacked to, which has no such files beside it
 * @returns a function that gives `undefined` for a file that is not there, and throws `InputError`: `SF-I102` for one outside the
 *   folder or one that may not be read, `SF-I103` for what is no file, `SF-I107` and `SF-I108` past the limits
 */
export function externalFiles(logPath: string, limits: ExternalFileLimits = defaultExternalFileLimits): OpenExternal {
  const opened = new Map<string, FileSource>();
  let bytes = 0;

  return async (reference) => {
    const shown = join(dirname(logPath), reference.uri);
    const folder = await realpath(dirname(logPath));
    const path = await existingPath(join(folderOf(reference, folder, shown), ...namesIn(reference.uri, shown)), shown);
    if (path === undefined) return undefined;
    if (!isWithin(path, folder)) {
      throw new InputError('SF-I102', shown, 'It lies outside the folder of the log. Put it beside the log.');
    }
    const known = opened.get(path);
    if (known !== undefined) return known;
    const { size, isFile } = await fileStatus(path, shown);
    if (!isFile) throw new InputError('SF-I103', shown, 'It is not a file.');
    if (opened.size >= limits.maxFiles) {
      throw new InputError('SF-I108', shown, `The log refers to more than ${limits.maxFiles} files.`);
    }
    bytes += size;
    if (bytes > limits.maxBytes) {
      throw new InputError('SF-I107', shown, `The files of the log are longer than ${limits.maxBytes} bytes together.`);
    }
    const source = fileSource(path, shown);
    opened.set(path, source);
    return source;
  };
}

function folderOf({ baseUri }: ExternalReference, folder: string, shown: string): string {
  if (baseUri === undefined) return folder;
  try {
    return fileURLToPath(baseUri);
  } catch (cause) {
    throw new InputError('SF-I102', shown, `'${baseUri}' is no folder of this computer.`, { cause });
  }
}

/** The names on the way to the file, decoded. */
function namesIn(uri: string, shown: string): string[] {
  const [path = ''] = uri.split(/[?#]/, 1);
  const names = path.split('/').map((name) => decodeURIComponent(name));
  if (names.some((name) => name === '..' || name.includes('/') || name.includes(sep) || name.includes('\0'))) {
    throw new InputError('SF-I102', shown, 'Its name leads out of the folder of the log.');
  }
  return names;
}

/** Where a path leads when links are followed; `undefined` when nothing is there. */
async function existingPath(path: string, shown: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw inputErrorFrom(error, shown);
  }
}

async function fileStatus(path: string, shown: string): Promise<{ size: number; isFile: boolean }> {
  try {
    const status = await stat(path);
    return { size: status.size, isFile: status.isFile() };
  } catch (error) {
    throw inputErrorFrom(error, shown);
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  // On Windows, the way to another drive is an absolute path.
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
