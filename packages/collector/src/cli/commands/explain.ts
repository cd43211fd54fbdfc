import type { Command } from 'commander';
import type { StartCommand } from '../start-command.ts';

/** Declares `sariflow explain`. */
export function defineExplain(program: Command, start: StartCommand): Command {
  return program
    .command('explain')
    .description('Say what a code means, such as SF-S205, SF-K101 or the name of an exit code.')
    .argument('[codes...]', 'the codes, in any letter case and with or without SF-; without any, all are listed')
    .action(start(async () => (await import('./run-explain.ts')).runExplain));
}
