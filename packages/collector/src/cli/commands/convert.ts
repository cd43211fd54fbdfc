import { type Command, Option } from 'commander';
import { fromChoices } from '../from-choices.ts';
import type { StartCommand } from '../start-command.ts';
import { maxDroppedOption } from './max-dropped-option.ts';

/** Declares `sariflow convert`. */
export function defineConvert(program: Command, start: StartCommand): Command {
  return program
    .command('convert')
    .description("Convert scanners' reports to SARIF.")
    .argument('<paths...>', 'files, folders, patterns, archives, or - for standard input')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .option('-o, --output <file>', 'a file, a folder for several reports, or - for standard output (default)')
    .addOption(maxDroppedOption())
    .action(start(async () => (await import('./run-convert.ts')).runConvert));
}
