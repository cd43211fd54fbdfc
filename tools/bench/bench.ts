import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSize } from '../generate-log/parse-size.ts';
import { writeLog } from '../generate-log/write-log.ts';
import { judge } from './bars.ts';
import { contestants } from './contestant.ts';
import { type Measurement, measure } from './measure.ts';
import { type BenchFile, type Row, rowOf } from './row.ts';
import { renderTable } from './table.ts';

const usage = `Measures Sariflow against other ways to read a SARIF log.

  pnpm bench [--size 10mb,100mb,1gb] [--full] [--shape flat,deep] [--results-first]
             [--defects 0,0.01,1] [--repeats 3] [--only json-parse,sariflow] [--no-multitool]

--full adds 1gb. --defects: shares of results with a defect; those beside 0 are measured with Sariflow alone. Exit code 1 when a promise about speed or memory is broken.
`;

const timeLimitMs = 300_000;
const seed = 20_260_314;

interface Plan {
  readonly sizes: readonly string[];
  readonly shapes: readonly ('flat' | 'deep')[];
  readonly defects: readonly number[];
  readonly repeats: number;
  readonly toolFirst: boolean;
  readonly takesPart: (id: string) => boolean;
}

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const plan = planFrom(args);
  if (plan === undefined) {
    process.stderr.write(usage);
    return 2;
  }

  const folder = await mkdtemp(join(tmpdir(), 'sariflow-bench-'));
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  // Gigabytes of input must not stay behind when someone has seen enough.
  process.once('SIGINT', () => void removeFolder().then(() => process.exit(130)));
  try {
    const rows: Row[] = [];
    for (const size of plan.sizes) {
      for (const shape of plan.shapes) {
        for (const defects of plan.defects) rows.push(...(await measureFile(plan, size, shape, defects, folder)));
      }
    }
    process.stdout.write(`\n${machine()}\n\n${renderTable(rows)}\n\n`);

    const verdicts = judge(rows);
    for (const { passed, text } of verdicts) process.stdout.write(`${passed ? 'pass' : 'FAIL'}  ${text}\n`);
    return verdicts.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    await removeFolder();
  }
}

function planFrom(args: readonly string[]): Plan | undefined {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      size: { type: 'string', default: '10mb,100mb' },
      full: { type: 'boolean', default: false },
      shape: { type: 'string', default: 'flat,deep' },
      'results-first': { type: 'boolean', default: false },
      defects: { type: 'string', default: '0' },
      repeats: { type: 'string', default: '3' },
      only: { type: 'string' },
      multitool: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  const sizes = values.size.split(',');
  if (values.full && !sizes.includes('1gb')) sizes.push('1gb');
  const shapes = values.shape.split(',').filter((shape) => shape === 'flat' || shape === 'deep');
  const repeats = Number(values.repeats);
  const only = values.only?.split(',');
  if (values.help || shapes.length === 0 || !Number.isInteger(repeats) || repeats < 1) return undefined;

  return {
    sizes,
    shapes,
    defects: values.defects.split(',').map(Number),
    repeats,
    toolFirst: !values['results-first'],
    takesPart: (id) => (only?.includes(id) ?? true) && (values.multitool || id !== 'sarif-multitool'),
  };
}

/** Generates one file, has every contestant read it in turn, several times over, and deletes it. */
async function measureFile(
  plan: Plan,
  size: string,
  shape: 'flat' | 'deep',
  defectRatio: number,
  folder: string,
): Promise<Row[]> {
  const file: BenchFile = {
    path: join(folder, `${shape}-${size}.sarif`),
    label: `${size} ${shape}${defectRatio === 0 ? '' : `, ${defectRatio * 100} % defective`}`,
    bytes: parseSize(size),
    shape,
    defectRatio,
  };
  const { toolFirst } = plan;
  await writeLog(file.path, { bytes: file.bytes, shape, toolFirst, seed, defectRatio });

  const taking = contestants.filter(({ id, maxBytes }) => {
    const isCompared = defectRatio < 1 || id === 'sariflow';
    return isCompared && plan.takesPart(id) && file.bytes <= maxBytes;
  });
  const measured = new Map(taking.map((contestant) => [contestant, [] as Measurement[]]));
  // Interleaved, so that a slow minute of the machine is shared by all.
  for (let repeat = 0; repeat < plan.repeats; repeat += 1) {
    for (const [contestant, measurements] of measured) {
      if (repeat >= contestant.maxRepeats) continue;
      const measurement = await measure(contestant, file.path, join(folder, 'scratch.sarif'), timeLimitMs);
      measurements.push(measurement);
      const took = measurement.trouble ?? `${(measurement.wallMs / 1000).toFixed(2)} s`;
      process.stderr.write(`${file.label}, ${repeat + 1} of ${plan.repeats}, ${contestant.title}: ${took}\n`);
    }
  }

  await rm(file.path);
  return [...measured].map(([contestant, measurements]) => rowOf(file, contestant, measurements));
}

function machine(): string {
  return `Node.js ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`;
}

process.exitCode = await main(process.argv.slice(2));
