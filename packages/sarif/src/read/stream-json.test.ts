import { once } from 'node:events';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { pick } from 'stream-json/filters/pick.js';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { expect, test } from 'vitest';
import { cuts, reusedSource } from '../json/test-support/cuts.ts';
import { jsonText, shuffled, styles } from '../json/test-support/json-text.ts';
import { generatedLog } from '../recognise/test-support/generated-log.ts';
import { readSarif } from './read-sarif.ts';

/** The results of one run, read by other people's code. Real logs and changes of them are compared in `tools/oracles`. */
async function resultsByStreamJson(bytes: Uint8Array, run: number): Promise<unknown[]> {
  const results: unknown[] = [];
  const picked = pick.withParserAsStream({ filter: `runs.${run}.results` });
  const elements = picked.pipe(streamArray.asStream());
  elements.on('data', ({ value }: { value: unknown }) => results.push(value));
  const failed = Promise.race(
    [picked, elements].map((stream) => once(stream, 'error').then(([error]) => Promise.reject(error))),
  );
  Readable.from([Buffer.from(bytes)]).pipe(picked);
  await Promise.race([once(elements, 'end'), failed]);
  return results;
}

async function resultsByUs(bytes: Uint8Array, sizes: readonly number[]): Promise<unknown[][]> {
  const results: unknown[][] = [];
  for await (const event of readSarif(reusedSource(bytes, sizes))) {
    if (event.type === 'run-start') results[event.runIndex] = [];
    if (event.type === 'result') results[event.runIndex]?.push(event.result);
  }
  return results;
}

async function expectSame(bytes: Uint8Array, sizes: readonly number[]): Promise<number> {
  const ours = await resultsByUs(bytes, sizes);
  for (const [run, results] of ours.entries()) expect(results).toEqual(await resultsByStreamJson(bytes, run));
  return ours.flat().length;
}

test('stream-json reads the same results from generated logs', async () => {
  let results = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), styles, cuts, async (seed, style, sizes) => {
      const text = jsonText(shuffled(generatedLog(seed, 10), seed), { ...style, repeats: 0 });
      results += await expectSame(new TextEncoder().encode(text), sizes);
    }),
    { numRuns: 150, seed: 6 },
  );
  expect(results).toBeGreaterThan(1000);
});
