import type { BarVerdict } from './bars.ts';
import type { Row } from './row.ts';
import { ratioOf } from './table.ts';

/** At least 60 % of the speed of `JSON.parse`. */
const maxTimeRatio = 1 / 0.6;
/** Of a report ten times as large, over the peak of the smaller one. */
const maxMemoryGrowth = 1.2;
/** From this size on a conversion is judged: below it start-up counts for too much. */
const judgedBytes = 50e6;

/** Judges what was measured of conversions: speed against the yardstick, memory against a smaller report, and that no finding is lost. */
export function convertersVerdicts(rows: readonly Row[]): BarVerdict[] {
  return rows.filter(({ contestant }) => contestant.id === 'sariflow').flatMap((row) => verdictsOf(row, rows));
}

function verdictsOf(row: Row, rows: readonly Row[]): BarVerdict[] {
  const { label, bytes } = row.file;
  if (row.trouble !== undefined) return [{ passed: false, text: `${label}: ${row.trouble}` }];
  const verdicts: BarVerdict[] = [];
  const yardstick = rows.find(({ file, contestant }) => file === row.file && contestant.id === 'json-parse');
  if (yardstick?.results !== undefined) {
    const passed = row.results === yardstick.results && row.results > 0;
    verdicts.push({ passed, text: `${label}: ${row.results ?? 0} findings of ${yardstick.results} are accounted for` });
  }
  const ratio = ratioOf(row, rows);
  if (ratio !== undefined && bytes >= judgedBytes) {
    const passed = ratio <= maxTimeRatio;
    verdicts.push({
      passed,
      text: `${label}: ${ratio.toFixed(2)} × JSON.parse, at most ${maxTimeRatio.toFixed(2)} wanted`,
    });
  }
  const format = label.split(' ').at(-1);
  const smaller = rows.find(
    ({ file, contestant }) =>
      contestant === row.contestant && file.label.split(' ').at(-1) === format && file.bytes * 10 === bytes,
  );
  if (smaller?.peakBytes !== undefined && row.peakBytes !== undefined) {
    const growth = row.peakBytes / smaller.peakBytes;
    const passed = growth <= maxMemoryGrowth;
    verdicts.push({
      passed,
      text: `${label}: ${growth.toFixed(2)} × the peak memory of ${smaller.file.label}, at most ${maxMemoryGrowth} wanted`,
    });
  }
  return verdicts;
}
