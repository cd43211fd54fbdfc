import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Contestant } from './contestant.ts';
import type { ContestantReport } from './contestants/report-measurement.mjs';

export interface Measurement {
  /** From the start of the process to its end. */
  readonly wallMs: number;
  /** Largest resident set; unknown where nobody says it. */
  readonly peakBytes?: number;
  readonly results?: number;
  /** Why there is no complete measurement. */
  readonly trouble?: string;
}

/** How often the memory of a program is read that does not report it itself. */
const watchEveryMs = 100;

/** Runs one contestant on one file in a process of its own, ended after `timeLimitMs`. */
export async function measure(
  contestant: Contestant,
  input: string,
  scratchFile: string,
  timeLimitMs: number,
): Promise<Measurement> {
  const { file, args, cwd } = contestant.command(input, scratchFile);
  const started = performance.now();
  const child = spawn(file, args, {
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeLimitMs,
    killSignal: 'SIGKILL',
  });

  let output = '';
  let errors = '';
  // Some programs print a line per finding: enough of it is kept to explain a failure.
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output = (output + piece).slice(-4_000);
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors = (errors + piece).slice(-4_000);
  });

  let watchedPeak: number | undefined;
  const watch = contestant.reportsItself
    ? undefined
    : setInterval(() => {
        watchedPeak = peakOfProcess(child.pid) ?? watchedPeak;
      }, watchEveryMs);

  const ending = await new Promise<{ code: number | null; signal: string | null; error?: Error }>((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, error }));
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  clearInterval(watch);
  const wallMs = performance.now() - started;

  if (ending.error !== undefined) return { wallMs, trouble: `cannot start: ${ending.error.message}` };
  if (ending.signal === 'SIGKILL' && wallMs >= timeLimitMs) {
    return {
      wallMs,
      ...(watchedPeak === undefined ? {} : { peakBytes: watchedPeak }),
      trouble: `not finished after ${Math.round(timeLimitMs / 1000)} s`,
    };
  }
  if (!contestant.reportsItself) {
    // A validator that finds something ends with a code of its own; one that crashes ends by a signal.
    if (ending.code === null) return { wallMs, trouble: `ended by ${ending.signal}` };
    return { wallMs, ...(watchedPeak === undefined ? {} : { peakBytes: watchedPeak }) };
  }
  if (ending.code !== 0) {
    return { wallMs, trouble: `exit code ${ending.code ?? ending.signal}: ${errorLine(errors)}` };
  }
  const report = contestant.readReport?.(output, errors) ?? (JSON.parse(lastLine(output)) as ContestantReport);
  return { wallMs, peakBytes: report.peakBytes, results: report.results };
}

/** The line that says what went wrong, among those around it that say where. */
function errorLine(text: string): string {
  return text.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? lastLine(text);
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** The largest resident set so far of another process, in bytes. Linux only; elsewhere nothing is known. */
function peakOfProcess(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch (error) {
    // The process ended between two looks.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') {
      return undefined;
    }
    throw error;
  }
}
