import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { sendLoad, startSink } from './delivery-sender.ts';

const usage = `Measures how fast parts leave, beside a bare loop around undici that does nothing but send.

  node tools/bench/delivery.ts [--repeats 5] [--bar 0.9]

Exit code 1 when delivery is slower than the bar: its throughput over that of the bare loop, at the largest part size. The bodies'
digests are given, as they belong to making parts; what it takes to compute them here is shown beside it.
`;

/** As much of undici as the bare loop needs. */
interface BarePool {
  request(options: object): Promise<{ readonly statusCode: number; readonly body: { dump(): Promise<void> } }>;
  destroy(): Promise<void>;
}

/** The same undici that the collector uses. */
const undici = createRequire(import.meta.resolve('@sariflow/collector'))('undici') as {
  readonly Pool: new (origin: string, options: object) => BarePool;
};

const concurrency = 4;
/** Sizes of parts, and how many of them a run sends. */
const sizes = [
  { name: '100 KB', bytes: 100_000, parts: 3000 },
  { name: '1 MB', bytes: 1_000_000, parts: 600 },
  { name: '9.5 MB', bytes: 9_500_000, parts: 80 },
] as const;

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repeats: { type: 'string', default: '5' },
      bar: { type: 'string', default: '0.9' },
      help: { type: 'boolean', default: false },
    },
  });
  const repeats = Number(values.repeats);
  const bar = Number(values.bar);
  if (values.help || !Number.isInteger(repeats) || repeats < 1 || Number.isNaN(bar)) {
    process.stderr.write(usage);
    return 2;
  }

  await using sink = await startSink();
  let ratio = 0;
  for (const { name, bytes, parts } of sizes) {
    const body = Buffer.alloc(bytes, 'x');
    const bodyDigest = createHash('sha256').update(body).digest('hex');
    const bare: number[] = [];
    const ours: number[] = [];
    const hashed: number[] = [];
    // Taken in turns, so that whatever else the machine does strikes both.
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      bare.push(await secondsFor(() => sendBare(sink.origin, body, parts)));
      ours.push(await secondsFor(() => sendOurs(sink.origin, body, parts, bodyDigest)));
      hashed.push(await secondsFor(() => sendOurs(sink.origin, body, parts, undefined)));
    }
    ratio = Math.min(...bare) / Math.min(...ours);
    const rate = (seconds: readonly number[]) => `${Math.round((bytes * parts) / 1e6 / Math.min(...seconds))} MB/s`;
    process.stdout.write(
      `${name} × ${parts}: bare ${rate(bare)}, ours ${rate(ours)}, ratio ${ratio.toFixed(2)}; with the hashing of each body ${rate(hashed)}\n`,
    );
  }
  const passed = ratio >= bar;
  process.stdout.write(`${passed ? 'pass' : 'FAIL'}  at least ${bar} of a bare loop at the largest size\n`);
  return passed ? 0 : 1;
}

async function secondsFor(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function sendBare(origin: string, body: Uint8Array, parts: number): Promise<void> {
  const pool = new undici.Pool(origin, { connections: concurrency });
  let next = 0;
  const worker = async () => {
    while (next < parts) {
      next += 1;
      const { statusCode, body: answer } = await pool.request({ path: '/', method: 'POST', body });
      await answer.dump();
      if (statusCode !== 201) throw new Error(`The receiver answered ${statusCode}.`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await pool.destroy();
}

/** @param sha256 of the body, where it is not to be computed for each part */
async function sendOurs(origin: string, body: Uint8Array, parts: number, sha256: string | undefined): Promise<void> {
  const known = sha256 === undefined ? {} : { sha256 };
  const load = { parts, lanes: 3 * concurrency, bytesOf: () => body, concurrency, name: 'load', ...known };
  const { account } = await sendLoad(origin, load);
  if (account.accepted !== parts) throw new Error(`Of ${parts} parts ${account.accepted} were accepted.`);
}

process.exitCode = await main(process.argv.slice(2));
