import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant } from './contestant.ts';
import type { ContestantReport } from './contestants/report-measurement.mjs';

/** The yardstick, which is also what converters that do not stream do first. */
export const parseReport: Contestant = {
  id: 'json-parse',
  title: 'JSON.parse(readFileSync)',
  maxBytes: 500e6,
  maxRepeats: Number.POSITIVE_INFINITY,
  reportsItself: true,
  command: (input) => ({
    file: process.execPath,
    args: [fileURLToPath(new URL('contestants/json-parse-report.mjs', import.meta.url)), input],
  }),
};

/** The command as users run it: recognised, converted, written to a file. */
export const convertReport: Contestant = {
  id: 'sariflow',
  title: 'sariflow convert',
  maxBytes: Number.POSITIVE_INFINITY,
  maxRepeats: Number.POSITIVE_INFINITY,
  reportsItself: true,
  command(input, scratchFile) {
    const main = fileURLToPath(new URL('cli/main.js', import.meta.resolve('@sariflow/collector')));
    const sayPeakMemory = new URL('contestants/say-peak-memory.mjs', import.meta.url).href;
    return {
      file: process.execPath,
      args: ['--import', sayPeakMemory, main, 'convert', '--json', '-o', scratchFile, input],
      cwd: dirname(input),
    };
  },
  readReport,
};

function readReport(output: string, errors: string): ContestantReport {
  // Of the end of the document, which is all that is kept: findings that came in, whatever became of them.
  const findings = /"account": \{\s*"in": (\d+)/.exec(output)?.[1];
  const peak = /peak memory (\d+)/.exec(errors)?.[1];
  if (findings === undefined || peak === undefined)
    throw new Error(`The conversion says no result.\n${output}${errors}`);
  return { results: Number(findings), peakBytes: Number(peak) };
}
