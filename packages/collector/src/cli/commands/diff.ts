import { type Command, Option } from 'commander';
import { parseGate } from '../diff-gate.ts';
import { fromChoices } from '../from-choices.ts';
import { wholeNumber } from '../option-values.ts';
import type { StartCommand } from '../start-command.ts';
import { maxDroppedOption } from './max-dropped-option.ts';

/** Declares `sariflow diff`. */
export function defineDiff(program: Command, start: StartCommand): Command {
  const run = start(async () => (await import('./run-diff.ts')).runDiff);
  return program
    .command('diff')
    .description('Compare two scans: which findings are new, updated, unchanged or gone.')
    .argument('<before>', 'the earlier report; a folder or pattern stands for all of its reports')
    .argument('<after>', 'the later report')
    .addOption(new Option('--from <format>', 'what the reports are').choices([...fromChoices]).default('auto'))
    .addOption(
      new Option(
        '--fail-on <state:level>',
        'end with exit code 9 when there are such results that nobody suppressed, such as new:error; can be given more than once',
      ).argParser(parseGate),
    )
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json', 'sarif']).default('text'))
    .option(
      '-o, --output <file>',
      'also write the later log with the state of each result; with --format sarif, instead of printing it',
    )
    .option('--only-new', 'write the new results alone, without those that are unchanged, updated or gone')
    .addOption(
      new Option(
        '--line-window <n>',
        'how many lines apart results of one rule may be to be taken for the same when nothing else tells',
      )
        .argParser(wholeNumber(0, 10_000))
        .default(10),
    )
    .addOption(maxDroppedOption())
    .action((before, after, options, command) => run([before, after], options, command));
}
