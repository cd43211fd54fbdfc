import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { isSystemError } from '../input/input-error.ts';
import { UsageError } from './usage-error.ts';

/** Larger files are left alone, in bytes. */
const maxBytes = 40_000_000;

/** Gives the text of a source file by its path from the root; `undefined` when there is none, or none that may be read. */
export type SourceText = (path: string) => string | undefined;

/**
 * Reads source files below a folder, wherever links lead, and no others. Throws `UsageError` when there is no such folder.
 *
 * @param root absolute
 * @param displayName how the user calls the folder
 */
export function sourceFiles(root: string, displayName: string): SourceText {
  const folder = folderAt(root, displayName);
  return (path) => {
    try {
      const location = realpathSync(resolve(folder, path));
      if (!location.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return undefined;
      const { size, isFile } = statusOf(location);
      return isFile && size <= maxBytes ? readFileSync(location, 'utf8') : undefined;
    } catch (error) {
      // A finding may well be about a file that is not there any more, or that somebody else may read.
      if (isSystemError(error)) return undefined;
      throw error;
    }
  };
}

function statusOf(location: string): { readonly size: number; readonly isFile: boolean } {
  const stats = statSync(location);
  return { size: stats.size, isFile: stats.isFile() };
}

function folderAt(root: string, displayName: string): string {
  try {
    const folder = realpathSync(root);
    if (statSync(folder).isDirectory()) return folder;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(
      `--source-root ${displayName} cannot be read (${error.code}). Name the folder with the sources.`,
      {
        cause: error,
      },
    );
  }
  throw new UsageError(`--source-root ${displayName} is not a folder. Name the folder with the sources.`);
}
