import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError } from '../input/input-error.ts';
import type { Environment } from './environment.ts';
import { UsageError } from './usage-error.ts';

/** The certificates of `--ca-file`, as PEM. Throws `UsageError` for a file that cannot be read. */
export async function readCertificates(file: string, { cwd }: Pick<Environment, 'cwd'>): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(
      `The file of certificates ${file} cannot be read (${error.code}). Check the path given with --ca-file.`,
      { cause: error },
    );
  }
}
