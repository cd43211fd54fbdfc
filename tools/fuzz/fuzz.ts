import type { NamedDocument } from '../oracles/corpus-logs.ts';
import { minimise } from './minimise.ts';
import type { Breach } from './promises.ts';
import { type Bounds, WatchedWorker } from './watched-worker.ts';

export interface FuzzOptions {
  /** The documents by number. */
  readonly inputs: { get(number: number): NamedDocument };
  /** The module that examines them, run in a process of its own. */
  readonly program: URL;
  readonly bounds?: Bounds;
  /** Number of the first document; default 0. */
  readonly first?: number;
  /** Asked before each document with how many there were: ends the run. */
  readonly isEnough: (documents: number) => boolean;
  /** How often a smaller document is tried for each failure; default 400. */
  readonly minimiseTries?: number;
  /** Told about each promise when it is broken for the first time. */
  readonly onFailure?: (failure: Failure) => void;
}

export interface Failure extends Breach {
  readonly number: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** A smaller document that breaks the same promise. */
  readonly minimised: Uint8Array;
  /** How many documents broke it, this one included. */
  count: number;
}

export interface FuzzReport {
  readonly documents: number;
  /** One for each promise that was broken. */
  readonly failures: readonly Failure[];
}

/** A smaller document is looked for no longer: there may be many failures. */
const minimiseSeconds = 60;

/** Has document after document examined by a process that is watched, and makes the first that breaks a promise smaller. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { inputs, program, bounds, first = 0, isEnough, minimiseTries = 400, onFailure } = options;
  const worker = new WatchedWorker(program, bounds);
  const failures = new Map<string, Failure>();
  let documents = 0;
  try {
    while (!isEnough(documents)) {
      const number = first + documents;
      const { name, bytes } = inputs.get(number);
      for (const breach of await worker.examine(bytes)) {
        const known = failures.get(breach.promise);
        if (known !== undefined) known.count += 1;
        else {
          const fails = async (candidate: Uint8Array): Promise<boolean> =>
            (await worker.examine(candidate)).some(({ promise }) => promise === breach.promise);
          const minimised = await minimise(bytes, fails, { most: minimiseTries, seconds: minimiseSeconds });
          const failure = { ...breach, number, name, bytes, minimised, count: 1 };
          failures.set(breach.promise, failure);
          onFailure?.(failure);
        }
      }
      documents += 1;
    }
  } finally {
    await worker.stop();
  }
  return { documents, failures: [...failures.values()] };
}
