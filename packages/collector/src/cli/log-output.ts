import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError } from '../input/input-error.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';
import { writeWholeFile } from './write-file.ts';

/** Where the one log of a command goes. */
export interface LogOutput {
  /** As the user would write it; `-` is standard output. */
  readonly name: string;
  /** Throws `UsageError` when writing would overwrite one of these inputs, which are display names. */
  protect(inputs: readonly string[]): Promise<void>;
  /** Writes the log as a whole or not at all, so far as the output allows. */
  write(chunks: AsyncIterable<Uint8Array | string>): Promise<void>;
}

/**
 * @param target what `-o` says
 * @param cwd where relative paths start
 */
export function openLogOutput(target: string, cwd: string, standardOutput: Output): LogOutput {
  if (target === '-') {
    return {
      name: target,
      async protect() {},
      async write(chunks) {
        for await (const chunk of chunks) await standardOutput.write(chunk);
      },
    };
  }
  const location = resolve(cwd, target);
  return {
    name: target,
    async protect(inputs) {
      const same = await inputAt(location, inputs, cwd);
      if (same === undefined) return;
      throw new UsageError(`-o ${target} is the report ${same}. Choose another name, so that the report is kept.`);
    },
    async write(chunks) {
      await writeWholeFile(location, bytesOf(chunks));
    },
  };
}

/** A log with the end of a line behind it, as text files have it. */
export async function* withLineEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | string> {
  yield* chunks;
  yield '\n';
}

/** The input that is the file at a location, under whatever name; `undefined` for none. */
export async function inputAt(location: string, inputs: readonly string[], cwd: string): Promise<string | undefined> {
  const there = await fileAt(location);
  if (there === undefined) return undefined;
  for (const input of inputs) {
    // What stands in an archive is overwritten with the archive.
    const [file = ''] = input.split('!/');
    const own = input === '-' ? undefined : await fileAt(resolve(cwd, file));
    if (own !== undefined && own.dev === there.dev && own.ino === there.ino) return input;
  }
  return undefined;
}

async function fileAt(location: string) {
  try {
    return await stat(location, { bigint: true });
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    if (isSystemError(error)) throw new UsageError(`${location} cannot be used (${error.code}).`, { cause: error });
    throw error;
  }
}

const encoder = new TextEncoder();

async function* bytesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
}
