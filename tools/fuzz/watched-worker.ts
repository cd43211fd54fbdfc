import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Answer, ready } from './answer-requests.ts';
import type { Breach } from './promises.ts';

/** What one document may cost. */
export interface Bounds {
  /** Processor time of one way through everything. */
  readonly maxMs: number;
  readonly maxBytes: number;
  /** Time on the clock after which the process is ended: generous, because other work goes on beside it. */
  readonly deadlineMs: number;
}

export const defaultBounds: Bounds = { maxMs: 1000, maxBytes: 256 * 2 ** 20, deadlineMs: 20_000 };

/** Rubbish is collected before it looks like memory that is needed. */
const heapOptions = ['--max-old-space-size=224', '--max-semi-space-size=8'];

const warmUp = new TextEncoder().encode(
  '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Shop Lint"}},"results":[{"message":{"text":"x"}}]}]}',
);

/** A process that examines documents, and is started anew when one of them was too much for it. */
export class WatchedWorker {
  readonly #program: string;
  readonly #bounds: Bounds;
  #child: ChildProcess | undefined;

  constructor(program: URL, bounds: Bounds = defaultBounds) {
    this.#program = fileURLToPath(program);
    this.#bounds = bounds;
  }

  /**
   * The promises that a document broke. Too much time or memory counts only when it happens again in a process of its own: what
   * other documents left behind is not its fault.
   */
  async examine(bytes: Uint8Array): Promise<readonly Breach[]> {
    const breaches = await this.#ask(bytes);
    if (!breaches.some(({ promise }) => isAboutCost(promise))) return breaches;
    await this.stop();
    await this.#ask(warmUp);
    const again = await this.#ask(bytes);
    await this.stop();
    return again;
  }

  /** Ends the process; the next document starts another one. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  async #ask(bytes: Uint8Array): Promise<readonly Breach[]> {
    const child = await this.#started();
    const { maxMs, maxBytes, deadlineMs } = this.#bounds;
    const outcome = await answered(child, bytes, deadlineMs);
    if (typeof outcome === 'string') {
      await this.stop();
      return [{ promise: outcome, detail: `after ${bytes.length} bytes` }];
    }
    const breaches = [...outcome.breaches];
    if (outcome.slowestMs > maxMs) {
      breaches.push({ promise: tooLong, detail: `${Math.round(outcome.slowestMs)} ms for ${bytes.length} bytes` });
    }
    if (outcome.peakBytes > maxBytes) {
      breaches.push({
        promise: tooMuch,
        detail: `${Math.round(outcome.peakBytes / 2 ** 20)} MB for ${bytes.length} bytes`,
      });
    }
    return breaches;
  }

  async #started(): Promise<ChildProcess> {
    if (this.#child !== undefined) return this.#child;
    const child = fork(this.#program, {
      execArgv: heapOptions,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (message !== ready) throw new Error(`${this.#program} does not start: run it alone to see why.`);
    return child;
  }
}

const tooLong = 'no document takes too long';
const tooMuch = 'no document takes too much memory';
const hangs = 'every document is done with in time';

function isAboutCost(promise: string): boolean {
  return promise === tooLong || promise === tooMuch || promise === hangs;
}

/** The answer of the process, or the promise that it broke by giving none. */
async function answered(child: ChildProcess, bytes: Uint8Array, deadlineMs: number): Promise<Answer | string> {
  return new Promise((resolve) => {
    let errors = '';
    const onData = (piece: Buffer): void => {
      errors = (errors + piece.toString()).slice(-4000);
    };
    const done = (outcome: Answer | string): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.stderr?.off('data', onData);
      resolve(outcome);
    };
    const onMessage = (answer: unknown): void => done(answer as Answer);
    const onExit = (code: number | null, signal: string | null): void => {
      const reason = /FATAL ERROR: [^\n]*|^\w*Error[^\n]*/m.exec(errors)?.[0] ?? '';
      done(`the process lives (ended with ${[code ?? signal, reason].join(' ').trim()})`);
    };
    const timer = setTimeout(() => done(hangs), deadlineMs);
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.stderr?.on('data', onData);
    // A process that ended takes no documents; that it ended is said by its exit.
    child.send(bytes, () => {});
  });
}
