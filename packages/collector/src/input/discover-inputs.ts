import type { BigIntStats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expandInput, type FoundFile } from './expand-input.ts';
import type { Discovery, InputOrigin, SkipReason } from './input.ts';
import { InputError, inputErrorFrom, isSystemError } from './input-error.ts';
import type { Spool } from './spool.ts';
import { fileKey, walkFolder } from './walk-folder.ts';

/** Where discovery looks, and where it keeps what it unpacks. */
export interface DiscoverOptions {
  /** The folder that relative paths and patterns start from. */
  readonly cwd: string;
  /** Called when `-` is among the arguments, once. */
  readonly standardInput: () => AsyncIterable<Uint8Array>;
  readonly spool: Spool;
}

/** What `-` is called. */
const standardInputName = '-';

/**
 * Finds the inputs that the arguments stand for: files, folders (searched for reports), patterns such as `reports/**\/*.sarif`, archives, and `-` for
 * standard input. Nothing is thrown: what cannot be used is said and the rest goes on. The same file is given once, however often it was named.
 *
 * @param args the arguments as the user wrote them; a file of that very name wins over reading it as a pattern
 */
export async function* discoverInputs(args: readonly string[], options: DiscoverOptions): AsyncGenerator<Discovery> {
  const seen = new Map<string, string>();
  for (const argument of args) {
    try {
      yield* discoverArgument(argument, seen, options);
    } catch (error) {
      yield { type: 'failed', path: argument, error: inputErrorFrom(error, argument) };
    }
  }
}

/** Display names by `fileKey`, for telling the same file again. */
type Seen = Map<string, string>;

async function* discoverArgument(argument: string, seen: Seen, options: DiscoverOptions): AsyncGenerator<Discovery> {
  if (argument === standardInputName) {
    yield* discoverStandardInput(seen, options);
    return;
  }
  if (argument === '')
    throw new InputError(
      'SF-I101',
      argument,
      'The argument is empty. Give a file, a folder, a pattern, or - for standard input.',
    );

  const location = resolve(options.cwd, argument);
  const stats = await statOrAbsent(location);
  if (stats === undefined) {
    if (!hasPattern(argument))
      throw new InputError('SF-I101', argument, 'There is no such file. Check the name and the working directory.');
    yield* discoverPattern(argument, seen, options);
  } else if (stats.isDirectory()) {
    yield* discoverFolder(location, argument, seen, options);
  } else if (stats.isFile()) {
    yield* discoverFile({ displayName: argument, location, origin: 'file', named: true, stats }, seen, options);
  } else if (isDescriptor(argument)) {
    yield* discoverStream(createReadStream(location), argument, 'file', options);
  } else {
    throw new InputError(
      'SF-I103',
      argument,
      'It is a pipe, socket or device, not a file. Feed it through standard input: name the input - and redirect it.',
    );
  }
}

async function* discoverStandardInput(seen: Seen, options: DiscoverOptions): AsyncGenerator<Discovery> {
  if (seen.has(standardInputName)) {
    yield sameFile(standardInputName, standardInputName);
    return;
  }
  seen.set(standardInputName, standardInputName);
  yield* discoverStream(options.standardInput(), standardInputName, 'standard-input', options);
}

/** What can be read once is kept, so that it can be read twice. */
async function* discoverStream(
  bytes: AsyncIterable<Uint8Array>,
  displayName: string,
  origin: InputOrigin,
  { spool }: DiscoverOptions,
): AsyncGenerator<Discovery> {
  const kept = await spool.keep(bytes, displayName);
  const file: FoundFile = { displayName, location: kept.path, origin, named: true, release: () => kept.remove() };
  yield* expandInput(file, spool);
}

async function* discoverFile(
  file: Omit<FoundFile, 'release'> & { readonly stats: BigIntStats },
  seen: Seen,
  { spool }: DiscoverOptions,
): AsyncGenerator<Discovery> {
  const key = fileKey(file.stats);
  const before = seen.get(key);
  if (before !== undefined) {
    yield sameFile(file.displayName, before);
    return;
  }
  seen.set(key, file.displayName);
  yield* expandInput({ ...file, release: async () => {} }, spool);
}

async function* discoverFolder(
  location: string,
  displayName: string,
  seen: Seen,
  options: DiscoverOptions,
): AsyncGenerator<Discovery> {
  let reports = 0;
  for await (const walked of walkFolder(location, displayName)) {
    switch (walked.type) {
      case 'file':
        reports += 1;
        yield* discoverFile({ ...walked, origin: 'folder', named: false }, seen, options);
        break;
      case 'skipped':
        yield { type: 'skipped', path: walked.displayName, reason: walked.reason, message: walked.message };
        break;
      case 'failed':
        reports += 1;
        yield { type: 'failed', path: walked.displayName, error: walked.error };
        break;
    }
  }
  // A scan that wrote nothing must not look like a scan that found nothing.
  if (reports === 0) {
    throw new InputError(
      'SF-I101',
      displayName,
      'The folder holds no report: no file in it ends in .sarif, .json or .xml, packed or not. Check that the scanner has written one.',
    );
  }
}

async function* discoverPattern(pattern: string, seen: Seen, options: DiscoverOptions): AsyncGenerator<Discovery> {
  const matches: string[] = [];
  for await (const match of glob(pattern, { cwd: options.cwd })) matches.push(match);
  if (matches.length === 0) {
    throw new InputError(
      'SF-I101',
      pattern,
      'No file matches this pattern. Check it and the working directory, and that the scanner has written its report.',
    );
  }
  for (const displayName of matches.sort(byCodeUnits)) {
    try {
      const location = resolve(options.cwd, displayName);
      const stats = await stat(location, { bigint: true });
      if (stats.isFile())
        yield* discoverFile({ displayName, location, origin: 'pattern', named: true, stats }, seen, options);
      else if (stats.isDirectory())
        yield skipped(
          displayName,
          'folder-by-pattern',
          'a folder; patterns choose files (end the pattern in /**/*.sarif to search folders)',
        );
      else yield skipped(displayName, 'not-a-file', 'a pipe, socket or device');
    } catch (error) {
      yield { type: 'failed', path: displayName, error: inputErrorFrom(error, displayName) };
    }
  }
}

function sameFile(path: string, before: string): Discovery {
  return skipped(
    path,
    'same-file',
    before === path ? 'given twice, used once' : `the same file as ${before}, used once`,
  );
}

function skipped(path: string, reason: SkipReason, message: string): Discovery {
  return { type: 'skipped', path, reason, message };
}

async function statOrAbsent(location: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(location, { bigint: true });
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

function hasPattern(argument: string): boolean {
  return /[*?[\]{}]/.test(argument);
}

/** Shells pass `<(command)` as a pipe under these names; its writer is there already, so reading it ends. */
function isDescriptor(argument: string): boolean {
  return /^(\/dev\/fd\/\d+|\/proc\/self\/fd\/\d+|\/dev\/stdin)$/.test(argument);
}

function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
