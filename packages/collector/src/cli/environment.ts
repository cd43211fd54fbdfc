import type { Writable } from 'node:stream';
import type { StopSignal } from './exit-code.ts';

/** An output stream with what is known about its other end. */
export interface OutputStream {
  readonly stream: Writable;
  readonly isTerminal: boolean;
  /** Columns of the terminal, where there is one. */
  readonly columns: number | undefined;
}

/** Everything the commands know of the process they run in. `main.ts` makes the real one; tests make their own. */
export interface Environment {
  /** The arguments after the command's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly standardInput: { readonly isTerminal: boolean; read(): AsyncIterable<Uint8Array> };
  readonly standardOutput: OutputStream;
  readonly standardError: OutputStream;
  /** Milliseconds from any starting point, never going back. */
  readonly clock: () => number;
  /** Aborted by the first signal: finish what is under way, start nothing new. A second signal ends the process. */
  readonly interruption: AbortSignal;
  /** The signal that came, if any. */
  readonly stoppedBy: () => StopSignal | undefined;
  /** Runs a cleanup when the process exits, however it does so. Returns the way to take it back. */
  readonly onExit: (cleanup: () => void) => () => void;
}
