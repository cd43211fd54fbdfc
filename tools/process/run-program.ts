import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectRoot } from './project-root.ts';

export interface ProgramOptions {
  /** Working directory; default: the project's root. */
  readonly cwd?: string;
  /** `show`: what it prints goes to our stdout as it comes. `collect`: it is only kept. */
  readonly output: 'show' | 'collect';
}

export interface ProgramResult {
  /** Exit code; 1 when a signal ended the program or it could not be started. */
  readonly code: number;
  /** What it printed on both streams, without colours. */
  readonly text: string;
}

/** Runs a program, never through a shell, and resolves when it has ended. A program that cannot start is a failed one. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd = projectRoot, output }: ProgramOptions,
): Promise<ProgramResult> {
  const pieces: string[] = [];
  const take = (piece: string): void => {
    pieces.push(piece);
    if (output === 'show') process.stdout.write(piece);
  };

  const child = spawn(command, args, { cwd, env: programEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);

  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      take(`Cannot start '${command}': ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, text: stripVTControlCharacters(pieces.join('')) };
}

/** The path of the pnpm that runs us, so that the same version is used throughout. */
export function pnpmPath(): string {
  return process.env['npm_execpath'] ?? 'pnpm';
}

/**
 * Our environment. The project's programs are found also when no package manager started us, and so is the running
 * pnpm, which turbo looks for.
 */
function programEnvironment(): NodeJS.ProcessEnv {
  const pnpm = process.env['npm_execpath'];
  const folders = [join(projectRoot, 'node_modules', '.bin'), process.env['PATH'] ?? ''];
  if (pnpm !== undefined) folders.push(dirname(pnpm));
  return {
    ...process.env,
    PATH: folders.join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
  };
}
