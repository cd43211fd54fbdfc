import { parseArgs } from 'node:util';
import { parseSize } from '../generate-log/parse-size.ts';
import { reportPlans, writeReport } from './generate-report.ts';
import type { ReportFormat } from './report-plan.ts';

const usage = `Writes an invented scanner report, for measuring and trying out.

  node tools/generate-report/main.ts --format ${Object.keys(reportPlans).join('|')} --bytes 100mb [--seed 1] -o FILE
`;

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      format: { type: 'string', default: 'semgrep' },
      bytes: { type: 'string', default: '10mb' },
      seed: { type: 'string', default: '1' },
      output: { type: 'string', short: 'o' },
    },
  });
  const { format, output } = values;
  if (output === undefined || !Object.hasOwn(reportPlans, format)) {
    process.stderr.write(usage);
    return 2;
  }
  const plan = reportPlans[format as ReportFormat];
  const written = await writeReport(output, plan, { bytes: parseSize(values.bytes), seed: Number(values.seed) });
  process.stderr.write(`Wrote ${written.toLocaleString('en')} bytes to ${output}.\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
