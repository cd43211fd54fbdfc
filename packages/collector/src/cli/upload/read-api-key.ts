import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError } from '../../input/input-error.ts';
import { Secret } from '../../secrets/secret.ts';
import type { Environment } from '../environment.ts';
import { UsageError } from '../usage-error.ts';

/** Longer than any key, in bytes: what is longer is the wrong file. */
const longestKeyFile = 65_536;

/**
 * The API key, from `--api-key-file` (`-` for standard input) or `SARIFLOW_API_KEY`; undefined when there is none. Throws `UsageError` for a file
 * that cannot be read and `CredentialError` for one that holds no key. Neither shows what was read.
 */
export async function readApiKey(
  file: string | undefined,
  { cwd, env, standardInput }: Pick<Environment, 'cwd' | 'env' | 'standardInput'>,
): Promise<Secret | undefined> {
  if (file === '-') return new Secret(await readAll(standardInput.read()), 'the API key on standard input');
  if (file !== undefined) return new Secret(await readKeyFile(resolve(cwd, file), file), `the API key in ${file}`);
  const key = env['SARIFLOW_API_KEY'];
  return key === undefined || key === '' ? undefined : new Secret(key, 'SARIFLOW_API_KEY');
}

/**
 * The key that scans are signed with, from `--signing-key-file` or `SARIFLOW_SIGNING_KEY`; undefined when there is none. Throws as `readApiKey`.
 */
export async function readSigningKey(
  file: string | undefined,
  { cwd, env }: Pick<Environment, 'cwd' | 'env'>,
): Promise<Secret | undefined> {
  if (file !== undefined) return new Secret(await readKeyFile(resolve(cwd, file), file), `the signing key in ${file}`);
  const key = env['SARIFLOW_SIGNING_KEY'];
  return key === undefined || key === '' ? undefined : new Secret(key, 'SARIFLOW_SIGNING_KEY');
}

async function readKeyFile(location: string, file: string): Promise<string> {
  try {
    const bytes = await readFile(location);
    if (bytes.length > longestKeyFile)
      throw new UsageError(`${file} is too long for an API key. Name the file that holds nothing but the key.`);
    return bytes.toString('utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`The key file ${file} cannot be read (${error.code}). Check its name and permissions.`, {
      cause: error,
    });
  }
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > longestKeyFile) throw new UsageError('What comes through standard input is too long for an API key.');
    kept.push(chunk);
  }
  return Buffer.concat(kept).toString('utf8');
}
