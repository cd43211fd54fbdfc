import { Command, Option } from 'commander';
import { defineConvert } from './commands/convert.ts';
import { defineDiff } from './commands/diff.ts';
import { defineExplain } from './commands/explain.ts';
import { defineInspect } from './commands/inspect.ts';
import { defineLedger } from './commands/ledger.ts';
import { defineMerge } from './commands/merge.ts';
import { defineNormalize } from './commands/normalize.ts';
import { defineServe } from './commands/serve.ts';
import { defineSplit } from './commands/split.ts';
import { defineUpload } from './commands/upload.ts';
import { defineValidate } from './commands/validate.ts';
import type { Environment } from './environment.ts';
import { packageVersion } from './package-version.ts';
import { wantsColor } from './render/paint.ts';
import type { StartCommand } from './start-command.ts';

/** The commands, in the order in which the help lists them. */
const commands: readonly ((program: Command, start: StartCommand) => Command)[] = [
  defineValidate,
  defineNormalize,
  defineConvert,
  defineUpload,
  defineDiff,
  defineMerge,
  defineSplit,
  defineInspect,
  defineServe,
  defineLedger,
  defineExplain,
];

/**
 * The command line as commander knows it. Nothing in it ends the process or writes anywhere but to the environment's streams: usage errors
 * come out of `parseAsync` as `CommanderError`.
 *
 * @param start runs a command once its arguments are parsed
 */
export function createProgram({ standardOutput, standardError, env }: Environment, start: StartCommand): Command {
  const program = new Command('sariflow')
    .description('From scanner report to platform, with nothing lost on the way.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .option('--json', 'print one JSON document on standard output instead of text')
    .option('-q, --quiet', 'say nothing but warnings and errors')
    .addOption(new Option('-v, --verbose', 'say more, such as where each value comes from').conflicts('quiet'))
    .option('--color', 'use colours even where the output is no terminal')
    .option('--no-color', 'use no colours')
    .option('--config <file>', 'take options from a JSON file; flags and variables win over it')
    .configureHelp({ showGlobalOptions: true });
  program.configureOutput({
    writeOut: (words) => standardOutput.stream.write(words),
    writeErr: (words) => standardError.stream.write(words),
    // `run-cli.ts` says what is wrong, in one line.
    outputError: () => {},
    getOutHelpWidth: () => standardOutput.columns ?? 100,
    getErrHelpWidth: () => standardError.columns ?? 100,
    getOutHasColors: () => wantsColor('auto', env, standardOutput.isTerminal),
    getErrHasColors: () => wantsColor('auto', env, standardError.isTerminal),
  });
  program.exitOverride();
  for (const define of commands) define(program, start).copyInheritedSettings(program);
  return program;
}
