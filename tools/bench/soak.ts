import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openLedger } from '@sariflow/collector';
import { sendLoad, startSink } from './delivery-sender.ts';

const usage = `Sends very many small parts in one process, with a ledger, and watches what grows.

  node tools/bench/soak.ts [--uploads 100000] [--batch 500]

Exit code 1 when memory grows by 1 MB or more per 10,000 uploads, when file descriptors grow, or when a rejection is not handled.
`;

/** What is looked at between batches. */
interface Sample {
  readonly uploads: number;
  readonly residentBytes: number;
  readonly descriptors: number;
}

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      uploads: { type: 'string', default: '100000' },
      batch: { type: 'string', default: '500' },
      help: { type: 'boolean', default: false },
    },
  });
  const uploads = Number(values.uploads);
  const batch = Number(values.batch);
  if (values.help || !Number.isInteger(uploads) || !Number.isInteger(batch) || batch < 1 || uploads < 4 * batch) {
    process.stderr.write(usage);
    return 2;
  }

  let unhandled = 0;
  process.on('unhandledRejection', () => {
    unhandled += 1;
  });
  const folder = await mkdtemp(join(tmpdir(), 'sariflow-soak-'));
  try {
    await using sink = await startSink();
    await using ledger = await openLedger(join(folder, 'ledger.db'));
    const samples: Sample[] = [];
    const started = performance.now();
    for (let sent = 0; sent < uploads; sent += batch) {
      const bytesOf = (part: number) => Buffer.from(JSON.stringify({ version: '2.1.0', runs: [], part: sent + part }));
      const load = { parts: batch, lanes: 20, bytesOf, concurrency: 4, ledger, name: `batch-${sent}` };
      const { account } = await sendLoad(sink.origin, load);
      if (account.accepted !== batch) throw new Error(`Of ${batch} parts ${account.accepted} were accepted.`);
      samples.push(await sampleAfter(sent + batch));
    }
    const seconds = (performance.now() - started) / 1000;
    return report(samples, unhandled, uploads / seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// What nobody needs any more is collected before each look: what counts is what stays.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function sampleAfter(uploads: number): Promise<Sample> {
  collectGarbage();
  const descriptors = (await readdir('/proc/self/fd')).length;
  return { uploads, residentBytes: process.memoryUsage.rss(), descriptors };
}

function report(samples: readonly Sample[], unhandled: number, perSecond: number): number {
  // The first half warms up: caches fill and code is compiled.
  const settled = samples.slice(Math.floor(samples.length / 2));
  const growth = slopeOf(settled.map(({ uploads, residentBytes }) => [uploads, residentBytes])) * 10_000;
  const opened = Math.max(...settled.map((sample) => sample.descriptors));
  const atFirst = settled[0]?.descriptors ?? 0;
  const passed = growth < 1_000_000 && opened <= atFirst + 4 && unhandled === 0;
  const last = samples.at(-1)?.residentBytes ?? 0;
  process.stdout.write(
    `${Math.round(perSecond)} uploads/s; ${(last / 1e6).toFixed(0)} MB resident at the end, ${(growth / 1e6).toFixed(2)} MB more per 10,000; ` +
      `${atFirst} descriptors, at most ${opened}; ${unhandled} unhandled rejections\n${passed ? 'pass' : 'FAIL'}\n`,
  );
  return passed ? 0 : 1;
}

/** Of the line that fits best (least squares). */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const below = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

process.exitCode = await main(process.argv.slice(2));
