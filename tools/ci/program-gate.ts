import { runProgram } from '../process/run-program.ts';
import { type Gate, oneCheck } from './gate.ts';

export interface ProgramGateOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** How many things the program says it looked at; `undefined` when it does not say. */
  readonly countSeen: (output: string) => number | undefined;
  /** Fewer than this means that the gate looked past what it should have seen. */
  readonly atLeast: number;
  /** What is counted, such as `files`. */
  readonly unit: string;
  /** `collect` keeps what the program prints away from our stdout. Default: `show`. */
  readonly output?: 'show' | 'collect';
}

/** A gate that is one program: it passes when the program exits with 0 and has looked at enough. */
export function programGate(options: ProgramGateOptions): Gate {
  return {
    name: options.name,
    async run() {
      const { code, text } = await runProgram(options.command, options.args, { output: options.output ?? 'show' });
      const seen = options.countSeen(text) ?? 0;
      if (code !== 0) return oneCheck(false, `${options.command} ended with exit code ${code}`);
      if (seen < options.atLeast) {
        return oneCheck(false, `looked at ${seen} ${options.unit}; at least ${options.atLeast} were expected`);
      }
      return oneCheck(true, `${seen} ${options.unit}`);
    },
  };
}

/** Reads the number that a pattern's first group captures. */
export function firstNumber(pattern: RegExp): (output: string) => number | undefined {
  return (output) => {
    const digits = pattern.exec(output)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
}
