import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpusLogs } from '../oracles/corpus-logs.ts';
import { type Failure, fuzz } from './fuzz.ts';
import { Inputs, ruleSamples } from './inputs.ts';

const usage = `Feeds Sariflow documents that are meant to break it, and says which promises they broke.

  node tools/fuzz/main.ts [--seconds 600] [--seed N] [--from 0] [--documents N] [--without-corpus]

What failed is kept in a new folder below the temporary one, together with a smaller document that fails in the same way.
Changes are made to the samples of the rules and, where there is one, to the corpus: '--without-corpus' gives the documents of
the test. Exit code 1 when a promise was broken.
`;

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '600' },
      seed: { type: 'string', default: String(Date.now() % 1e9) },
      from: { type: 'string', default: '0' },
      documents: { type: 'string', default: 'Infinity' },
      'without-corpus': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [seconds, seed, first, most] = [values.seconds, values.seed, values.from, values.documents].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (values.help || [seconds, seed, first, most].some((value) => Number.isNaN(value) || value < 0)) {
    process.stderr.write(usage);
    return 2;
  }

  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  process.stdout.write(`Seed ${seed}.\n`);
  let folder: string | undefined;
  let count = 0;
  const kept: Promise<void>[] = [];
  const keep = async (failure: Failure): Promise<void> => {
    folder ??= await mkdtemp(join(tmpdir(), 'sariflow-fuzz-'));
    const path = join(folder, `${seed}-${failure.number}-${(count += 1)}`);
    await writeFile(`${path}.sarif`, failure.bytes);
    await writeFile(`${path}.small.sarif`, failure.minimised);
    await writeFile(`${path}.txt`, `${failure.promise}\n${failure.name}\n${failure.detail}\n`);
    process.stdout.write(`BROKEN: ${failure.promise}\n  ${path}.small.sarif, ${failure.minimised.length} bytes\n`);
  };
  const { documents, failures } = await fuzz({
    inputs: new Inputs(seed, values['without-corpus'] ? ruleSamples() : [...ruleSamples(), ...corpusLogs()]),
    program: new URL('./worker.ts', import.meta.url),
    first,
    isEnough: (done) => done >= most || elapsed() > seconds,
    onFailure: (failure) => kept.push(keep(failure)),
  });
  await Promise.all(kept);
  for (const { promise, count, number } of failures) process.stdout.write(`${count} × ${promise}, first ${number}\n`);
  process.stdout.write(`${documents} documents in ${Math.round(elapsed())} s, ${failures.length} promises broken.\n`);
  return failures.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
