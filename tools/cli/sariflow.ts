import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../process/project-root.ts';
import { runProgram } from '../process/run-program.ts';

/** The command line as it is published. */
const entry = join(projectRoot, 'packages', 'collector', 'dist', 'cli', 'main.js');

/**
 * Brings the build up to date and becomes the `sariflow` command, in the folder that the user called from. Prints
 * nothing of its own on stdout. Exit code 70 when the build fails.
 */
async function main(args: readonly string[]): Promise<void> {
  const build = await runProgram('turbo', ['run', 'build', '--output-logs=errors-only', '--log-prefix=none'], {
    output: 'collect',
  });
  if (build.code !== 0) {
    process.stderr.write(
      `${build.text}\nsariflow: the build failed, so there is nothing to run. See the errors above.\n`,
    );
    process.exitCode = 70;
    return;
  }

  // pnpm runs scripts in the project's root and keeps the caller's folder here.
  process.chdir(process.env['INIT_CWD'] ?? process.cwd());
  become(process.execPath, [entry, ...args]);
}

/**
 * Replaces this process by another program, so that signals, the terminal, standard input and the exit code are that
 * program's own and nothing in between can count a signal twice. Windows cannot do that: there it runs as a child.
 */
function become(file: string, args: readonly string[]): void {
  if (process.platform !== 'win32' && process.execve !== undefined) {
    process.execve(file, [file, ...args], process.env as Record<string, string>);
  }
  const { status, signal, error } = spawnSync(file, args, { stdio: 'inherit' });
  if (error !== undefined) throw error;
  process.exitCode = status ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

await main(process.argv.slice(2));
