import { createReadStream } from 'node:fs';
import chain from 'stream-chain';
import { parser } from 'stream-json';
import { pick } from 'stream-json/filters/pick.js';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { inputPath, reportMeasurement } from './report-measurement.mjs';

/**
 * Results one by one as objects, nothing checked. Tuned: values come packed only instead of packed and in pieces, the
 * file is read in chunks of 1 MB, and looking for the array ends with the first match.
 */
const objects = chain([
  createReadStream(inputPath(), { highWaterMark: 2 ** 20 }),
  parser({ packValues: true, streamValues: false }),
  pick({ filter: 'runs.0.results', once: true }),
  streamArray(),
]);

let results = 0;
for await (const _ of objects) results += 1;

reportMeasurement(results);
