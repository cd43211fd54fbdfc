import { type Command, Option } from 'commander';
import { localDatabase } from '../local-database.ts';
import { wholeNumber } from '../option-values.ts';
import type { StartCommand } from '../start-command.ts';

/** Declares `sariflow serve`. */
export function defineServe(program: Command, start: StartCommand): Command {
  const run = start(async () => (await import('./run-serve.ts')).runServe);
  return program
    .command('serve')
    .description('Run the local Collector: the upload API, and a page that shows what arrived.')
    .addOption(
      new Option('--port <n>', 'where to listen, on this machine only; 0 for any free port')
        .argParser(wholeNumber(0, 65_535))
        .default(8790),
    )
    .option('--database <file>', `where to keep what arrives (default: ${localDatabase}, where --target local puts it)`)
    .addOption(new Option('--demo', 'keep everything in memory, and forget it at the end').conflicts('database'))
    .addOption(
      new Option('--unknown-repository <mode>', 'what an upload to a repository nobody onboarded does')
        .choices(['onboard', 'reject', 'drop'])
        .default('onboard'),
    )
    .action((options, command) => run([], options, command));
}
