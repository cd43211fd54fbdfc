import { type Command, Option } from 'commander';
import { fromChoices } from '../from-choices.ts';
import { wholeNumber } from '../option-values.ts';
import type { StartCommand } from '../start-command.ts';
import { maxDroppedOption } from './max-dropped-option.ts';

/** Declares `sariflow split`. */
export function defineSplit(program: Command, start: StartCommand): Command {
  const run = start(async () => (await import('./run-split.ts')).runSplit);
  return program
    .command('split')
    .description('Split a SARIF log into several, each complete, valid alone and below a size.')
    .argument('<path>', 'a file, a folder, a pattern, an archive, or - for standard input')
    .addOption(new Option('--from <format>', 'what the report is').choices([...fromChoices]).default('auto'))
    .requiredOption('-o, --output <folder>', 'where the parts go, as NAME.part-001.sarif and so on')
    .addOption(
      new Option('--max-bytes <n>', 'no part is longer, in bytes').argParser(wholeNumber(1000)).default(9_500_000),
    )
    .addOption(new Option('--max-results <n>', 'no part has more results').argParser(wholeNumber(1)))
    .option(
      '--same-category',
      'leave all parts in the category of their run; without it, each has its own, for receivers that replace a category',
    )
    .addOption(maxDroppedOption())
    .action((path, options, command) => run([path], options, command));
}
