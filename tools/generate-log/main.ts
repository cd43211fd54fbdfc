import { parseArgs } from 'node:util';
import { parseSize } from './parse-size.ts';
import { writeLog } from './write-log.ts';

const usage = `Writes an invented SARIF log, for measuring and trying out.

  node tools/generate-log/main.ts --bytes 100mb [--shape flat|deep] [--results-first] [--pretty]
                                  [--seed 1] [--defect-ratio 0.05] -o FILE
`;

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bytes: { type: 'string', default: '10mb' },
      shape: { type: 'string', default: 'flat' },
      'results-first': { type: 'boolean', default: false },
      pretty: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      'defect-ratio': { type: 'string', default: '0' },
      output: { type: 'string', short: 'o' },
    },
  });
  const { shape, output } = values;
  if (output === undefined || (shape !== 'flat' && shape !== 'deep')) {
    process.stderr.write(usage);
    return 2;
  }

  const written = await writeLog(output, {
    bytes: parseSize(values.bytes),
    shape,
    toolFirst: !values['results-first'],
    pretty: values.pretty,
    seed: Number(values.seed),
    defectRatio: Number(values['defect-ratio']),
  });
  process.stderr.write(`Wrote ${written.toLocaleString('en')} bytes to ${output}.\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
