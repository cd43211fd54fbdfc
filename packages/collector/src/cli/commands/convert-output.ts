import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Input } from '../../input/input.ts';
import { isSystemError } from '../../input/input-error.ts';
import type { Output } from '../output.ts';
import { freeName, outputName } from '../output-name.ts';
import { UsageError } from '../usage-error.ts';
import { writeWholeFile } from '../write-file.ts';

/** Where converted logs go. */
export interface ConvertOutput {
  /**
   * Writes one log, as a whole or not at all.
   * @returns where it went, as the user would write it
   */
  write(input: Pick<Input, 'path' | 'pages'>, chunks: AsyncIterable<Uint8Array>): Promise<string>;
}

/**
 * Chooses between standard output, one file, and a folder with a file per report. Throws `UsageError` when that cannot work.
 *
 * @param target what `-o` says; `-` is standard output
 * @param cwd where relative paths start
 * @param ending of the files in a folder
 */
export async function openConvertOutput(
  target: string,
  cwd: string,
  standardOutput: Output,
  ending = '.sarif',
): Promise<ConvertOutput> {
  if (target === '-') return toStandardOutput(standardOutput);
  const location = resolve(cwd, target);
  if (/[/\\]$/.test(target) || (await isFolder(location))) return toFolder(target, location, cwd, ending);
  return toFile(target, location, cwd);
}

function toStandardOutput(output: Output): ConvertOutput {
  const checkOnce = onlyOnce('Standard output takes one log');
  return {
    async write(input, chunks) {
      checkOnce(input);
      for await (const chunk of chunks) await output.write(chunk);
      await output.write('\n');
      return '-';
    },
  };
}

function toFile(target: string, location: string, cwd: string): ConvertOutput {
  const checkOnce = onlyOnce(`${target} takes one log`);
  return {
    async write(input, chunks) {
      checkOnce(input);
      if (pathsOf(input, cwd).has(location)) {
        throw new UsageError(`-o ${target} is the report itself. Choose another name, so that the report is kept.`);
      }
      await writeWholeFile(location, chunks);
      return target;
    },
  };
}

function toFolder(target: string, location: string, cwd: string, ending: string): ConvertOutput {
  const taken = new Set<string>();
  const prefix = target.replace(/(?<=.)[/\\]+$/, '');
  return {
    async write(input, chunks) {
      await makeFolder(location, target);
      const own = pathsOf(input, cwd);
      // On disks that ignore case, names that differ in nothing else would be one file.
      const isTaken = (name: string) =>
        taken.has(name.toLowerCase()) || own.has(join(location, withEnding(name, ending)));
      const free = freeName(outputName(input.path), isTaken);
      taken.add(free.toLowerCase());
      const name = withEnding(free, ending);
      await writeWholeFile(join(location, name), chunks);
      return prefix === '/' ? `/${name}` : `${prefix}/${name}`;
    },
  };
}

/** The files that an input is read from, as locations. */
function pathsOf({ path, pages = [] }: Pick<Input, 'path' | 'pages'>, cwd: string): ReadonlySet<string> {
  return new Set([path, ...pages.map((page) => page.path)].map((each) => resolve(cwd, each)));
}

function withEnding(name: string, ending: string): string {
  return name.replace(/\.sarif$/, ending);
}

function onlyOnce(what: string): (input: Pick<Input, 'path'>) => void {
  let first: string | undefined;
  return ({ path }) => {
    if (first !== undefined) {
      throw new UsageError(`${what}, but there are several reports (${first}, ${path}). Name a folder: -o DIR/`);
    }
    first = path;
  };
}

/** Whether there is a folder at a location. */
export async function isFolder(location: string): Promise<boolean> {
  const stats = await stat(location).catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    if (isSystemError(error)) throw new UsageError(`-o ${location} cannot be used (${error.code}).`, { cause: error });
    throw error;
  });
  return stats?.isDirectory() === true;
}

async function makeFolder(location: string, target: string): Promise<void> {
  try {
    await mkdir(location, { recursive: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`The folder ${target} cannot be made (${error.code}). Choose another place.`, {
      cause: error,
    });
  }
}
