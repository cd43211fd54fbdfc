import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { SkipReason } from './input.ts';
import { type InputError, inputErrorFrom } from './input-error.ts';
import { looksLikeReport, skippedFolders } from './report-names.ts';

/** What a walk comes across, apart from the folders it goes into. */
export type Walked =
  | { readonly type: 'file'; readonly displayName: string; readonly location: Buffer; readonly stats: BigIntStats }
  | { readonly type: 'skipped'; readonly displayName: string; readonly reason: SkipReason; readonly message: string }
  | { readonly type: 'failed'; readonly displayName: string; readonly error: InputError };

/**
 * Files below a folder whose endings are those of reports, sorted by the bytes of their names, folder by folder. Symbolic links are followed
 * as long as they stay inside the folder and do not lead in circles. Names need not be valid UTF-8.
 *
 * @param location where the folder is
 * @param displayName how the user calls it
 */
export async function* walkFolder(location: string, displayName: string): AsyncGenerator<Walked> {
  try {
    const root = await realpath(location, 'buffer');
    yield* walk(Buffer.from(location), displayName.replace(/(?<=.)[/\\]+$/, ''), { root, visited: new Set() });
  } catch (error) {
    yield { type: 'failed', displayName, error: inputErrorFrom(error, displayName) };
  }
}

interface Walk {
  /** The folder that was named, without symbolic links. */
  readonly root: Buffer;
  readonly visited: Set<string>;
}

const separator = Buffer.from(sep);

async function* walk(folder: Buffer, displayName: string, context: Walk): AsyncGenerator<Walked> {
  let entries: Dirent<Buffer>[];
  try {
    const key = fileKey(await stat(folder, { bigint: true }));
    if (context.visited.has(key)) {
      yield {
        type: 'skipped',
        displayName,
        reason: 'same-file',
        message: 'this folder was already searched under another name',
      };
      return;
    }
    context.visited.add(key);
    entries = await readdir(folder, { encoding: 'buffer', withFileTypes: true });
  } catch (error) {
    yield { type: 'failed', displayName, error: inputErrorFrom(error, displayName) };
    return;
  }

  entries.sort((left, right) => Buffer.compare(left.name, right.name));
  for (const entry of entries) {
    const name = entry.name.toString();
    yield* walkEntry(Buffer.concat([folder, separator, entry.name]), `${displayName}/${name}`, name, entry, context);
  }
}

async function* walkEntry(
  location: Buffer,
  displayName: string,
  name: string,
  entry: Dirent<Buffer>,
  context: Walk,
): AsyncGenerator<Walked> {
  try {
    if (entry.isSymbolicLink() && !isInside(await realpath(location, 'buffer'), context.root)) {
      yield {
        type: 'skipped',
        displayName,
        reason: 'link-outside',
        message: 'the link leads out of the folder; name its target if you want it',
      };
      return;
    }
    // Only what may matter is looked at: a source tree has many files and few reports.
    if (entry.isFile() && !looksLikeReport(name)) {
      yield otherEnding(displayName);
      return;
    }
    const stats = await stat(location, { bigint: true });
    if (stats.isDirectory()) {
      if (!skippedFolders.has(name)) yield* walk(location, displayName, context);
      else
        yield {
          type: 'skipped',
          displayName,
          reason: 'skipped-folder',
          message: 'folders of this name are not searched',
        };
    } else if (!looksLikeReport(name)) {
      yield otherEnding(displayName);
    } else if (stats.isFile()) {
      yield { type: 'file', displayName, location, stats };
    } else {
      yield { type: 'skipped', displayName, reason: 'not-a-file', message: 'a pipe, socket or device' };
    }
  } catch (error) {
    yield { type: 'failed', displayName, error: inputErrorFrom(error, displayName) };
  }
}

function otherEnding(displayName: string): Walked {
  return { type: 'skipped', displayName, reason: 'other-ending', message: 'not a report, judged by its ending' };
}

function isInside(path: Buffer, folder: Buffer): boolean {
  if (path.equals(folder)) return true;
  const prefix = folder.at(-1) === separator[0] ? folder : Buffer.concat([folder, separator]);
  return path.subarray(0, prefix.length).equals(prefix);
}

/** What tells one file from another, whatever its names: device and file number. */
export function fileKey(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}
