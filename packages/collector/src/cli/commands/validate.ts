import { type Command, Option } from 'commander';
import type { StartCommand } from '../start-command.ts';

/** Declares `sariflow validate`. */
export function defineValidate(program: Command, start: StartCommand): Command {
  return program
    .command('validate')
    .description('Check SARIF logs against the standard and the rules of a destination.')
    .argument('<paths...>', 'files, folders, patterns, archives, or - for standard input')
    .addOption(new Option('--profile <name>', 'also check the rules of a destination').choices(['cortex', 'github']))
    .option('--authoring', 'also check advice to authors of tools')
    .addOption(
      new Option('--fail-on <level>', 'the lowest level that makes the command fail')
        .choices(['note', 'warning', 'error'])
        .default('error'),
    )
    .addOption(
      new Option('--format <format>', 'how to print the diagnostics')
        .choices(['pretty', 'json', 'sarif'])
        .default('pretty'),
    )
    .action(start(async () => (await import('./run-validate.ts')).runValidate));
}
