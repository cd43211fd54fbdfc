import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command, Option } from 'commander';
import { nearestWord } from './nearest-word.ts';
import { UsageError } from './usage-error.ts';

/** How commander notes that a value comes from the configuration file. */
export const configSource = 'config';

/**
 * Takes the values of a configuration file for options that were not given as flags. The file is a JSON object whose members are named after the
 * options: `maxPartBytes` for `--max-part-bytes`. Members for other commands are passed over, so that one file can serve all. Throws
 * `UsageError` for a file that cannot be read, an unknown member or an unfit value.
 */
export async function applyConfigFile(command: Command, path: string, cwd: string): Promise<void> {
  const config = await readConfig(resolve(cwd, path), path);
  const own = optionsByName(withParents(command));
  const known = optionsByName(withChildren(withParents(command).at(-1) ?? command));
  for (const [name, value] of Object.entries(config)) {
    if (name === 'apiKey') {
      throw new UsageError(
        `${path}: a key does not belong into a configuration file. Set SARIFLOW_API_KEY, or name a file with "apiKeyFile".`,
      );
    }
    if (!known.has(name)) {
      const nearest = nearestWord(name, known.keys());
      throw new UsageError(
        `${path}: there is no option "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
      );
    }
    const found = own.get(name);
    if (found === undefined || found.owner.getOptionValueSource(name) === 'cli') continue;
    found.owner.setOptionValueWithSource(name, readValue(value, found.option, path), configSource);
  }
}

async function readConfig(location: string, path: string): Promise<object> {
  let config: unknown;
  try {
    config = JSON.parse(await readFile(location, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${path} is not JSON: ${error.message}`);
    if (error instanceof Error && 'syscall' in error) throw new UsageError(`${path} cannot be read: ${error.message}`);
    throw error;
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new UsageError(`${path} must hold one JSON object, such as { "concurrency": 4 }.`);
  }
  return config;
}

interface OwnedOption {
  readonly option: Option;
  readonly owner: Command;
}

function optionsByName(commands: readonly Command[]): Map<string, OwnedOption> {
  const options = new Map<string, OwnedOption>();
  for (const owner of commands) {
    for (const option of owner.options) {
      const name = option.attributeName();
      // `--ledger FILE` and `--no-ledger` share a name; the one that takes a value can take both.
      if (!options.has(name) || options.get(name)?.option.negate === true) options.set(name, { option, owner });
    }
  }
  return options;
}

function withParents(command: Command): Command[] {
  return command.parent === null ? [command] : [command, ...withParents(command.parent)];
}

function withChildren(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withChildren)];
}

function readValue(value: unknown, option: Option, path: string): unknown {
  const name = option.attributeName();
  if (typeof value === 'boolean') {
    const takesBoolean = option.isBoolean() || option.negate || (name === 'ledger' && value === false);
    if (takesBoolean) return value;
  }
  if (!option.isBoolean() && (typeof value === 'string' || typeof value === 'number')) {
    const written = String(value);
    try {
      return option.parseArg === undefined ? written : option.parseArg(written, undefined);
    } catch (error) {
      if (error instanceof Error) throw new UsageError(`${path}: "${name}": ${error.message}`);
      throw error;
    }
  }
  throw new UsageError(`${path}: "${name}" must be ${option.isBoolean() ? 'true or false' : 'a string or a number'}.`);
}
