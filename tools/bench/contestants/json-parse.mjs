import { readFileSync } from 'node:fs';
import { inputPath, reportMeasurement } from './report-measurement.mjs';

/**
 * The yardstick: the whole document as one object, nothing checked.
 *
 * @type {{ runs: { results: unknown[] }[] }}
 */
const log = JSON.parse(readFileSync(inputPath(), 'utf8'));

reportMeasurement(log.runs.reduce((sum, run) => sum + run.results.length, 0));
