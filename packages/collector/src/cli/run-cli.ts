import { type Command, CommanderError } from 'commander';
import { createSpool } from '../input/spool.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { CredentialError } from '../secrets/secret.ts';
import { TargetError } from '../targets/target-error.ts';
import { applyConfigFile, configSource } from './config-file.ts';
import { createConversation, type Verbosity } from './conversation.ts';
import { type FailureDocument, printDocument, schemaVersion } from './documents/document.ts';
import type { Environment } from './environment.ts';
import { type Exit, exitFor } from './exit-code.ts';
import type { Output } from './output.ts';
import { createProgram } from './program.ts';
import { type ColorChoice, createPaint, wantsColor } from './render/paint.ts';
import { text } from './render/text.ts';
import type { Services } from './services.ts';
import { createSettings } from './settings.ts';
import type { StartCommand } from './start-command.ts';
import { createStreamOutput } from './stream-output.ts';
import { UsageError } from './usage-error.ts';

/** Where defects are to be reported. */
const reportTo = 'the issue tracker of Sariflow';

/**
 * Runs the command line from its arguments to its exit code. Writes the result to standard output and everything else to standard error;
 * throws nothing.
 */
export async function runCli(environment: Environment): Promise<number> {
  const args = environment.args.map(plainColorFlag);
  const isJson = beforeDoubleDash(args).includes('--json');
  let exit: Exit = exitFor([]);
  let started: Command | undefined;

  const start: StartCommand = (load) => async (paths, _own, command) => {
    started = command;
    const config = command.optsWithGlobals<CommonOptions>().config;
    if (config !== undefined) await applyConfigFile(command, config, environment.cwd);
    const options = command.optsWithGlobals<CommonOptions>();

    await using spool = createSpool();
    const forget = environment.onExit(() => spool.removeNow());
    try {
      const run = await load();
      exit = await run(paths, options as never, createServices(command, options, environment, spool));
    } finally {
      forget();
    }
  };

  try {
    await createProgram(environment, start).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    exit = failureOf(error, environment);
    const commandName = started?.name() ?? beforeDoubleDash(args).find((arg) => !arg.startsWith('-')) ?? 'sariflow';
    const err = outputTo(environment, 'standardError', 'auto');
    const message = messageOf(error);
    err.line(
      text`${err.paint.red('error:')} ${message}${exit.name === 'usage' ? helpHint(started ?? commandName) : ''}`,
    );
    if (exit.name === 'internal') {
      err.line(text`  This is a defect of Sariflow. Please report it to ${reportTo}, with the command and this:`);
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      for (const line of stack.split('\n').slice(0, 20)) err.line(text`    ${line.trim()}`);
    }
    if (isJson) {
      const document: FailureDocument = {
        schemaVersion,
        command: commandName,
        exit,
        files: [],
        error: { message },
        next: [],
      };
      await outputTo(environment, 'standardOutput', 'auto').write(printDocument(document));
    }
  }
  return exit.code;
}

interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly config?: string;
}

function createServices(
  command: Command,
  options: CommonOptions,
  environment: Environment,
  spool: Services['spool'],
): Services {
  const given = command.getOptionValueSourceWithGlobals('color') === 'default' ? undefined : options.color;
  const color: ColorChoice = given === undefined ? 'auto' : given ? 'always' : 'never';
  const verbosity: Verbosity = options.quiet === true ? 'quiet' : options.verbose === true ? 'verbose' : 'normal';
  return {
    environment,
    spool,
    isJson: options.json === true,
    result: outputTo(environment, 'standardOutput', color),
    conversation: createConversation(outputTo(environment, 'standardError', color), verbosity, environment.clock),
    settings: createSettings((name) => {
      const source = command.getOptionValueSourceWithGlobals(name);
      return {
        value: (options as Readonly<Record<string, unknown>>)[name],
        source: source === 'cli' ? 'flag' : source === configSource ? 'config' : undefined,
      };
    }, environment.env),
  };
}

function outputTo(environment: Environment, name: 'standardOutput' | 'standardError', color: ColorChoice): Output {
  const stream = environment[name];
  return createStreamOutput(stream, createPaint(wantsColor(color, environment.env, stream.isTerminal)));
}

/** What kind of end an error is. What the user must repair is an error class of its own; everything else is a defect of ours. */
function failureOf(error: unknown, { stoppedBy }: Environment): Exit {
  if (error instanceof CommanderError || error instanceof UsageError) return exitFor(['usage']);
  if (error instanceof CredentialError || error instanceof TargetError) return exitFor(['usage']);
  if (error instanceof LedgerError && error.code !== 'ledger-defect') return exitFor(['usage']);
  if (error instanceof Error && error.name === 'AbortError' && stoppedBy() !== undefined) {
    return exitFor([], { stoppedBy: stoppedBy() });
  }
  return exitFor(['internal']);
}

/** One line. Commander writes suggestions on a line of their own. */
function messageOf(error: unknown): string {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.help') return 'There is no command.';
    return error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  }
  return error instanceof Error ? error.message : String(error);
}

function helpHint(command: Command | string): string {
  const name = typeof command === 'string' ? command : command.name();
  return ` See: sariflow ${name === 'sariflow' ? '' : `${name} `}--help`;
}

/** `--color=always`, as other programs spell it, in the words of ours. */
function plainColorFlag(arg: string): string {
  if (arg === '--color=always' || arg === '--color=true') return '--color';
  return arg === '--color=never' || arg === '--color=false' ? '--no-color' : arg;
}

function beforeDoubleDash(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end === -1 ? args : args.slice(0, end);
}
