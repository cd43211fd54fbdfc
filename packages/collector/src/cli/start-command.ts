import type { Command } from 'commander';
import type { Exit } from './exit-code.ts';
import type { Services } from './services.ts';

/** What a command does: takes the paths and options that were given, and says how it ended. */
export type RunCommand<Options extends object> = (
  paths: readonly string[],
  options: Options,
  services: Services,
) => Promise<Exit>;

/**
 * Makes the action of a commander command out of what it does. The code is loaded when the command runs, so that no command waits for the
 * libraries of another.
 */
export type StartCommand = <Options extends object>(
  load: () => Promise<RunCommand<Options>>,
) => (paths: string[], options: object, command: Command) => Promise<void>;
