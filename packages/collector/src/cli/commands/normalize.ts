import { type Command, Option } from 'commander';
import { fromChoices } from '../from-choices.ts';
import type { StartCommand } from '../start-command.ts';
import { maxDroppedOption } from './max-dropped-option.ts';

/** Declares `sariflow normalize`. */
export function defineNormalize(program: Command, start: StartCommand): Command {
  return program
    .command('normalize')
    .description('Write reports as SARIF that is repaired, resolved and fingerprinted, and say what was repaired.')
    .argument('<paths...>', 'files, folders, patterns, archives, or - for standard input')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .option('-o, --output <file>', 'a file, a folder for several reports, or - for standard output', '-')
    .addOption(
      new Option('--format <format>', 'sarif, or ndjson: one flat finding per line, of all reports together')
        .choices(['sarif', 'ndjson'])
        .default('sarif'),
    )
    .addOption(
      new Option('--profile <name>', 'also make the repairs that a destination needs').choices(['cortex', 'github']),
    )
    .addOption(
      new Option(
        '--redact <what>',
        'take sensitive data out of runs and URIs: secrets, or all that names people and machines as well',
      ).choices(['secrets', 'all']),
    )
    .option(
      '--source-root <folder>',
      'the sources that were scanned: paths below become relative, and line hashes are made of them',
    )
    .addOption(maxDroppedOption())
    .action(start(async () => (await import('./run-normalize.ts')).runNormalize));
}
