import { type Command, Option } from 'commander';
import { fromChoices } from '../from-choices.ts';
import type { StartCommand } from '../start-command.ts';

/** Declares `sariflow inspect`. */
export function defineInspect(program: Command, start: StartCommand): Command {
  return program
    .command('inspect')
    .description('Say what reports hold: tools, runs, levels, sizes, and which limits of destinations they go beyond.')
    .argument('<paths...>', 'files, folders, patterns, archives, or - for standard input')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .action(start(async () => (await import('./run-inspect.ts')).runInspect));
}
