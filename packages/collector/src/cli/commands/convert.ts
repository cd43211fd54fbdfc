import { type Command, Option } from 'commander';
import { fromChoices } from '../from-choices.ts';
import { addPullOptions } from '../pull/pull-options.ts';
import type { StartCommand } from '../start-command.ts';
import { maxDroppedOption } from './max-dropped-option.ts';

/** Declares `sariflow convert`. */
export function defineConvert(program: Command, start: StartCommand): Command {
  const command = program
    .command('convert')
    .description("Convert scanners' reports to SARIF: files, or what a server is asked for.")
    .argument('[paths...]', 'files, folders, patterns, archives, or - for standard input')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .option('-o, --output <file>', 'a file, a folder for several reports, or - for standard output (default)')
    .option(
      '--loss-report [file]',
      'what SARIF has no place for, documented and counted; to a file (.json or .md), which is best given as --loss-report=FILE',
    )
    .addOption(maxDroppedOption());
  return addPullOptions(command).action(start(async () => (await import('./run-convert.ts')).runConvert));
}
