import { setFlagsFromString } from 'node:v8';
import { fileSource } from '@sariflow/collector/file-source';
import { normalize, readSarif, splitIntoParts, validate } from '@sariflow/sarif';
import { inputPath, reportMeasurement } from './report-measurement.mjs';

// As the command does: the part of the heap for new objects stays as small as it starts.
setFlagsFromString('--semi-space-growth-factor=1');

// Ours, the whole way: read, every rule, repair and resolve, and complete logs below the size that is sent.
let diagnostics = 0;
const report = () => {
  diagnostics += 1;
};

const events = normalize(validate(readSarif(fileSource(inputPath()), { report }), { report }), { report });
let results = 0;
let parts = 0;
for await (const part of splitIntoParts(events, { maxBytes: 9_500_000, report })) {
  results += part.results;
  parts += 1;
}

process.stderr.write(`${parts} parts, ${diagnostics} diagnostics\n`);
reportMeasurement(results);
