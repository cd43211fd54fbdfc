import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export type ContestantId = 'json-parse' | 'stream-json' | 'sarif-multitool' | 'sariflow';

/** One program that is measured: how to start it on a file, and on which files. */
export interface Contestant {
  readonly id: ContestantId;
  readonly title: string;
  /** Files above this are not given to it. */
  readonly maxBytes: number;
  /** How often it is measured at most; the median counts. */
  readonly maxRepeats: number;
  /** It prints its own peak memory at the end; otherwise its memory is watched from outside. */
  readonly reportsItself: boolean;
  command(input: string, scratchFile: string): { readonly file: string; readonly args: readonly string[] };
}

/** The longest text that one JavaScript string can hold is about 512 MB. */
const longestStringBytes = 500e6;

export const contestants: readonly Contestant[] = [
  {
    id: 'json-parse',
    title: 'JSON.parse(readFileSync)',
    maxBytes: longestStringBytes,
    maxRepeats: Number.POSITIVE_INFINITY,
    reportsItself: true,
    command: (input) => ownProgram('json-parse', input),
  },
  {
    id: 'sariflow',
    title: 'sariflow: read, validate, normalize, split',
    maxBytes: Number.POSITIVE_INFINITY,
    maxRepeats: Number.POSITIVE_INFINITY,
    reportsItself: true,
    command: (input) => ownProgram('split-pipeline', input),
  },
  {
    id: 'stream-json',
    title: 'stream-json, tuned (no validation)',
    maxBytes: 200e6,
    maxRepeats: Number.POSITIVE_INFINITY,
    reportsItself: true,
    command: (input) => ownProgram('stream-json', input),
  },
  {
    id: 'sarif-multitool',
    title: 'sarif-multitool validate',
    maxBytes: 20e6,
    maxRepeats: 1,
    reportsItself: false,
    command: (input, scratchFile) => ({
      // The package's own launcher goes through a shell; the program behind it does not need one.
      file: createRequire(import.meta.url)('@microsoft/sarif-multitool') as string,
      args: ['validate', input, '--output', scratchFile, '--log', 'ForceOverwrite'],
    }),
  },
];

function ownProgram(name: string, input: string): { file: string; args: readonly string[] } {
  return {
    file: process.execPath,
    args: [fileURLToPath(new URL(`contestants/${name}.mjs`, import.meta.url)), input],
  };
}
