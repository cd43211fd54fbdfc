import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect } from 'vitest';

/** The built command, as users get it. */
export const builtCommand: string = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

const sourceCommand = [
  '--import',
  fileURLToPath(new URL('./from-source.ts', import.meta.url)),
  fileURLToPath(new URL('../main.ts', import.meta.url)),
];

/** What Node.js is given to run the command: the built one, or with `SARIFLOW_FROM_SOURCE=1` its sources, as they are now. */
const commandArgs: readonly string[] =
  process.env['SARIFLOW_FROM_SOURCE'] === undefined ? [builtCommand] : sourceCommand;

/** Whether there is one; scenarios are skipped otherwise, and a test of its own says so. */
export const isBuilt: boolean = commandArgs === sourceCommand || existsSync(builtCommand);

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Record<string, string>;
  /** Flags of Node.js. */
  readonly nodeArgs?: readonly string[];
  /** A program, with its arguments, that starts the command. */
  readonly wrapper?: readonly string[];
  /** The user to run as. */
  readonly uid?: number;
  readonly onStart?: (child: ChildProcess) => void;
}

/** A folder of its own for each test, with a name that wants to be quoted. */
export interface Scenario {
  /** A path in the folder; that of the folder itself without names. */
  path(...names: readonly string[]): string;
  /** Runs the command in the folder, with an environment that has nothing of the machine's. */
  sariflow(args: readonly string[], options?: RunOptions): Promise<Ended>;
  write(name: string, content: string | Uint8Array): Promise<void>;
}

/** To be called once in a file of tests. */
export function scenario(): Scenario {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sariflow scenario $(touch x);'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return {
    path: (...names) => join(folder, ...names),
    sariflow: (args, options) => run(folder, args, options),
    write: (name, content) => writeFile(join(folder, name), content),
  };
}

function run(
  folder: string,
  args: readonly string[],
  { input, env = {}, nodeArgs = [], wrapper = [], uid, onStart }: RunOptions = {},
): Promise<Ended> {
  const [program = '', ...all] = [...wrapper, process.execPath, ...nodeArgs, ...commandArgs, ...args];
  const child = spawn(program, all, {
    cwd: folder,
    ...(uid !== undefined && { uid }),
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, GIT_CEILING_DIRECTORIES: tmpdir(), ...env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  onStart?.(child);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** Parses standard output alone and checks it against the published schema. */
export async function documentOf({ out }: Ended, schema: string) {
  const document = JSON.parse(out);
  const published = JSON.parse(await readFile(new URL(`../../../schemas/${schema}.json`, import.meta.url), 'utf8'));
  const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(published);
  check(document);
  expect(check.errors ?? []).toEqual([]);
  return document;
}
