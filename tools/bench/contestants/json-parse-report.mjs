import { readFileSync } from 'node:fs';
import { inputPath, reportMeasurement } from './report-measurement.mjs';

/**
 * The yardstick for reports: the whole document as one object, nothing looked at but how many findings it has.
 *
 * @type {Record<string, unknown>}
 */
const report = JSON.parse(readFileSync(inputPath(), 'utf8'));

let findings = 0;
for (const name of ['results', 'issues', 'vulnerabilities', 'findings']) {
  const list = report[name];
  if (Array.isArray(list)) findings += list.length;
}
reportMeasurement(findings);
