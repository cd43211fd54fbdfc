import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContestantReport } from './contestants/report-measurement.mjs';

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
  /** Reads what it reports, where that is not a line of JSON at the end of its output. */
  readonly readReport?: (output: string, errors: string) => ContestantReport;
  command(input: string, scratchFile: string): Command;
}

/** How a program is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
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
    title: 'sariflow upload --dry-run',
    maxBytes: Number.POSITIVE_INFINITY,
    maxRepeats: Number.POSITIVE_INFINITY,
    reportsItself: true,
    command: dryRun,
    readReport: readDryRun,
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

/** The command as users run it: every rule, every repair, complete logs below the size that is sent. */
function dryRun(input: string): Command {
  const main = fileURLToPath(new URL('cli/main.js', import.meta.resolve('@sariflow/collector')));
  const sayPeakMemory = new URL('contestants/say-peak-memory.mjs', import.meta.url).href;
  return {
    file: process.execPath,
    args: [
      '--import',
      sayPeakMemory,
      main,
      'upload',
      '--dry-run',
      '--target',
      'local',
      '--redact-secrets',
      'off',
      input,
    ],
    cwd: dirname(input),
  };
}

function readDryRun(output: string, errors: string): ContestantReport {
  const sent = /would be sent ([\d,]+)/.exec(`${output}${errors}`)?.[1];
  const peak = /peak memory (\d+)/.exec(errors)?.[1];
  if (sent === undefined || peak === undefined) throw new Error(`The dry run says no result.\n${output}${errors}`);
  return { results: Number(sent.replaceAll(',', '')), peakBytes: Number(peak) };
}

function ownProgram(name: string, input: string): Command {
  return {
    file: process.execPath,
    args: [fileURLToPath(new URL(`contestants/${name}.mjs`, import.meta.url)), input],
  };
}
