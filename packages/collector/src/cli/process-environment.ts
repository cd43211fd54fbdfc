import type { WriteStream } from 'node:tty';
import type { Environment, OutputStream } from './environment.ts';
import { type StopSignal, signalExitCodes } from './exit-code.ts';

/**
 * The environment of a real process. From here on the first SIGINT or SIGTERM only aborts `interruption`; the second one exits.
 *
 * @param host the process; a parameter because `process` itself belongs to `main.ts`
 */
export function environmentOf(host: NodeJS.Process): Environment {
  const interruption = new AbortController();
  let stoppedBy: StopSignal | undefined;
  for (const signal of Object.keys(signalExitCodes) as StopSignal[]) {
    host.on(signal, () => {
      if (stoppedBy !== undefined) host.exit(signalExitCodes[signal]);
      stoppedBy = signal;
      host.stderr.write('\nstopping: finishing what is under way; the same again stops at once\n');
      interruption.abort(new DOMException(`Stopped by ${signal}.`, 'AbortError'));
    });
  }
  return {
    args: host.argv.slice(2),
    env: host.env,
    cwd: host.cwd(),
    standardInput: { isTerminal: host.stdin.isTTY === true, read: () => host.stdin },
    standardOutput: outputStream(host.stdout),
    standardError: outputStream(host.stderr),
    // `performance` would be loaded for this alone.
    clock: () => Number(host.hrtime.bigint()) / 1e6,
    interruption: interruption.signal,
    stoppedBy: () => stoppedBy,
    onExit(cleanup) {
      host.once('exit', cleanup);
      return () => host.off('exit', cleanup);
    },
  };
}

/** Some pseudo-terminals say that they have no columns at all, which means that they do not know. */
function outputStream(stream: WriteStream): OutputStream {
  return {
    stream,
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY === true && stream.columns > 0 ? stream.columns : undefined,
  };
}
