import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  cortex,
  type Ledger,
  Secret,
  type UploadDocument,
  type UploadPart,
  type UploadResult,
  uploadParts,
} from '@sariflow/collector';

/** A receiver in another process. */
export interface Sink extends AsyncDisposable {
  readonly origin: string;
}

/** Starts a receiver that keeps nothing. */
export async function startSink(): Promise<Sink> {
  const program = fileURLToPath(new URL('./delivery-sink.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('The receiver has no output.');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    origin: `http://127.0.0.1:${line.toString().trim()}`,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** What to send. */
export interface Load {
  readonly parts: number;
  readonly lanes: number;
  /** The bytes of a part; asked for when it is its turn. */
  readonly bytesOf: (part: number) => Uint8Array;
  readonly concurrency: number;
  /** Of all parts, where it is known. */
  readonly sha256?: string;
  readonly ledger?: Ledger;
  /** Tells documents of one load from those of another. */
  readonly name: string;
}

/** Sends parts as the product does: hashed, addressed, through every wrapper. One document to a part. */
export function sendLoad(origin: string, load: Load): Promise<UploadResult> {
  const { parts, lanes, bytesOf, concurrency, ledger, name, sha256 } = load;
  function* documents(): Generator<UploadDocument> {
    for (let index = 0; index < parts; index += 1) {
      async function* one(): AsyncGenerator<UploadPart> {
        yield {
          number: 1,
          bytes: bytesOf(index),
          results: 1,
          tool: `Tool ${index % lanes}`,
          ...(sha256 === undefined ? {} : { sha256 }),
        };
      }
      yield { path: `${name}-${index}`, sha256: `${name}-${index}`, parts: one() };
    }
  }
  return uploadParts(documents(), {
    destination: cortex.connect({
      url: origin,
      collectorId: 'c',
      credential: { type: 'standard', keyId: '1', key: new Secret('key') },
    }),
    context: { repositoryId: 'r' },
    concurrency,
    deadlineMs: Number.POSITIVE_INFINITY,
    ...(ledger === undefined ? {} : { ledger }),
  });
}
