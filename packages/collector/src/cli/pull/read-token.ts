import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError } from '../../input/input-error.ts';
import { Secret } from '../../secrets/secret.ts';
import type { Environment } from '../environment.ts';
import { UsageError } from '../usage-error.ts';

/** Longer than any token, in bytes: what is longer is the wrong file. */
const longestTokenFile = 65_536;

/**
 * The token of a scanner's server, from `--token-file` (`-` for standard input) or a variable. Throws `UsageError` when there is none or the file
 * cannot be read, and `CredentialError` for what cannot be a token. None of them shows what was read.
 */
export async function readToken(
  file: string | undefined,
  variable: string,
  { cwd, env, standardInput }: Pick<Environment, 'cwd' | 'env' | 'standardInput'>,
): Promise<Secret> {
  if (file === '-') return new Secret(await readInput(standardInput.read()), 'the token on standard input');
  if (file !== undefined) return new Secret(await readTokenFile(resolve(cwd, file), file), `the token in ${file}`);
  const token = env[variable];
  if (token !== undefined && token !== '') return new Secret(token, variable);
  throw new UsageError(`There is no token. Set ${variable}, or name a file that holds it with --token-file.`);
}

async function readTokenFile(location: string, file: string): Promise<string> {
  try {
    const bytes = await readFile(location);
    if (bytes.length > longestTokenFile)
      throw new UsageError(`${file} is too long for a token. Name the file that holds nothing but the token.`);
    return bytes.toString('utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`The token file ${file} cannot be read (${error.code}). Check its name and permissions.`, {
      cause: error,
    });
  }
}

async function readInput(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > longestTokenFile) throw new UsageError('What comes through standard input is too long for a token.');
    kept.push(chunk);
  }
  return Buffer.concat(kept).toString('utf8');
}
