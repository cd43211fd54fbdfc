import type { Row } from './row.ts';
import { ratioOf } from './table.ts';

/** A promise of the project about speed or memory, and whether this run kept it. */
export interface BarVerdict {
  readonly passed: boolean;
  readonly text: string;
}

/** Sizes at which the promises are made. */
const hundredMegabytes = 100e6;
const oneGigabyte = 1e9;

const maxRatio = 0.5;
const maxMemoryGrowth = 1.2;
const maxMemoryBytes = 150e6;
const maxTimeGrowth = 11;
/** Of a log whose results are all defective, over one of the same size without a defect. */
const maxDefectiveRatio = 4;

/**
 * Judges the measured rows. A bar whose sizes were not measured is left out; a contestant of ours that went wrong, or
 * that lost a result on the way, fails.
 */
export function judge(rows: readonly Row[]): BarVerdict[] {
  return rows.filter(({ contestant }) => contestant.id === 'sariflow').flatMap((row) => judgeRow(row, rows));
}

function judgeRow(row: Row, rows: readonly Row[]): BarVerdict[] {
  const { label, bytes, shape } = row.file;
  if (row.trouble !== undefined) return [{ passed: false, text: `${label}: ${row.trouble}` }];

  const verdicts: BarVerdict[] = [];
  const counts = rows.flatMap(({ file, results }) => (file === row.file && results !== undefined ? [results] : []));
  verdicts.push({
    passed: row.results !== undefined && row.results > 0 && counts.every((count) => count === row.results),
    text: `${label}: ${row.results ?? 0} results, as every other program counts them`,
  });

  const clean = rows.find(
    ({ file, contestant }) =>
      contestant === row.contestant && file.shape === shape && file.bytes === bytes && file.defectRatio === 0,
  );
  if (row.file.defectRatio === 1) {
    if (clean === undefined) return verdicts;
    const defective = row.wallMs / clean.wallMs;
    verdicts.push({
      passed: defective <= maxDefectiveRatio,
      text: `${label}: ${defective.toFixed(2)} × the time without defects, at most ${maxDefectiveRatio} wanted`,
    });
    return verdicts;
  }

  const ratio = ratioOf(row, rows);
  if (bytes === hundredMegabytes && ratio !== undefined) {
    verdicts.push({
      passed: ratio <= maxRatio,
      text: `${label}: ${ratio.toFixed(2)} × JSON.parse, at most ${maxRatio} wanted`,
    });
  }

  if (bytes === oneGigabyte && row.peakBytes !== undefined) {
    verdicts.push({
      passed: row.peakBytes < maxMemoryBytes,
      text: `${label}: peak memory ${megabytes(row.peakBytes)}, less than ${megabytes(maxMemoryBytes)} wanted`,
    });
    const smaller = rows.find(
      ({ file, contestant }) =>
        contestant === row.contestant &&
        file.shape === shape &&
        file.bytes === hundredMegabytes &&
        file.defectRatio === row.file.defectRatio,
    );
    if (smaller !== undefined) {
      const growth = row.wallMs / smaller.wallMs;
      verdicts.push({
        passed: growth <= maxTimeGrowth,
        text: `${label}: ${growth.toFixed(1)} × the time at 100 MB, at most ${maxTimeGrowth} wanted`,
      });
    }
    if (smaller?.peakBytes !== undefined) {
      const growth = row.peakBytes / smaller.peakBytes;
      verdicts.push({
        passed: growth <= maxMemoryGrowth,
        text: `${label}: ${growth.toFixed(2)} × the peak memory at 100 MB, at most ${maxMemoryGrowth} wanted`,
      });
    }
  }
  return verdicts;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
