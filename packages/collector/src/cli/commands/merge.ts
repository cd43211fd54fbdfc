import { type Command, Option } from 'commander';
import { fromChoices } from '../from-choices.ts';
import type { StartCommand } from '../start-command.ts';
import { maxDroppedOption } from './max-dropped-option.ts';

/** Declares `sariflow merge`. */
export function defineMerge(program: Command, start: StartCommand): Command {
  return program
    .command('merge')
    .description('Make one SARIF log of several: one run for each tool, version and category, equal results once.')
    .argument('<paths...>', 'files, folders, patterns, archives, or - for standard input')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .option('-o, --output <file>', 'a file, or - for standard output', '-')
    .addOption(maxDroppedOption())
    .action(start(async () => (await import('./run-merge.ts')).runMerge));
}
