import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSize } from '../generate-log/parse-size.ts';
import { reportPlans, writeReport } from '../generate-report/generate-report.ts';
import type { ReportFormat } from '../generate-report/report-plan.ts';
import { convertersVerdicts } from './converters-bars.ts';
import { type Measurement, measure } from './measure.ts';
import { convertReport, parseReport } from './report-contestant.ts';
import { type BenchFile, type Row, rowOf } from './row.ts';
import { renderTable } from './table.ts';

const usage = `Measures the conversion of scanners' reports against JSON.parse of the same bytes.

  node tools/bench/converters.ts [--size 100mb] [--format ${Object.keys(reportPlans).join(',')}] [--repeats 3]

Sariflow is measured as it was built. Exit code 1 when a promise about speed or memory is broken. XML has no yardstick: only its memory is judged.
`;

const timeLimitMs = 300_000;
const seed = 20_260_314;

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: '100mb' },
      format: { type: 'string', default: Object.keys(reportPlans).join(',') },
      repeats: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  const formats = values.format.split(',').filter((name): name is ReportFormat => Object.hasOwn(reportPlans, name));
  const repeats = Number(values.repeats);
  if (values.help || formats.length === 0 || !Number.isInteger(repeats) || repeats < 1) {
    process.stderr.write(usage);
    return 2;
  }

  const folder = await mkdtemp(join(tmpdir(), 'sariflow-bench-'));
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  process.once('SIGINT', () => void removeFolder().then(() => process.exit(130)));
  try {
    const rows: Row[] = [];
    for (const size of values.size.split(',')) {
      for (const format of formats) rows.push(...(await measureReport(format, size, repeats, folder)));
    }
    process.stdout.write(
      `\nNode.js ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}\n\n`,
    );
    process.stdout.write(`${renderTable(rows)}\n\n`);
    const verdicts = convertersVerdicts(rows);
    for (const { passed, text } of verdicts) process.stdout.write(`${passed ? 'pass' : 'FAIL'}  ${text}\n`);
    return verdicts.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    await removeFolder();
  }
}

/** Invents one report, has both read it in turn, several times over, and deletes it. */
async function measureReport(format: ReportFormat, size: string, repeats: number, folder: string): Promise<Row[]> {
  const plan = reportPlans[format];
  const bytes = parseSize(size);
  const file: BenchFile = {
    path: join(folder, `${format}-${size}${plan.ending}`),
    label: `${size} ${format}`,
    bytes,
    shape: 'flat',
    defectRatio: 0,
  };
  await writeReport(file.path, plan, { bytes, seed });
  const taking = [parseReport, convertReport].filter(
    ({ id, maxBytes }) => bytes <= maxBytes && (id !== 'json-parse' || plan.ending === '.json'),
  );
  const measured = new Map(taking.map((contestant) => [contestant, [] as Measurement[]]));
  // Interleaved, so that a slow minute of the machine is shared by both.
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const [contestant, measurements] of measured) {
      const measurement = await measure(contestant, file.path, join(folder, 'scratch.sarif'), timeLimitMs);
      measurements.push(measurement);
      const took = measurement.trouble ?? `${(measurement.wallMs / 1000).toFixed(2)} s`;
      process.stderr.write(`${file.label}, ${repeat + 1} of ${repeats}, ${contestant.title}: ${took}\n`);
    }
  }
  await rm(file.path);
  return [...measured].map(([contestant, measurements]) => rowOf(file, contestant, measurements));
}

process.exitCode = await main(process.argv.slice(2));
