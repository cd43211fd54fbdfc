import type { LogShape } from '../generate-log/generate-log.ts';
import type { Contestant } from './contestant.ts';
import type { Measurement } from './measure.ts';

/** One file of the benchmark. */
export interface BenchFile {
  readonly path: string;
  readonly label: string;
  readonly bytes: number;
  readonly shape: LogShape;
  /** Share of results with a defect, from 0 to 1. */
  readonly defectRatio: number;
}

/** What one contestant did on one file: medians over the repeats. */
export interface Row {
  readonly file: BenchFile;
  readonly contestant: Contestant;
  readonly wallMs: number;
  /** The largest over the repeats, not the median: a peak is a promise. */
  readonly peakBytes?: number;
  readonly results?: number;
  readonly repeats: number;
  readonly trouble?: string;
}

/** Sums repeated measurements up. One that went wrong makes the whole row wrong. */
export function rowOf(file: BenchFile, contestant: Contestant, measurements: readonly Measurement[]): Row {
  const trouble = measurements.find((measurement) => measurement.trouble !== undefined)?.trouble;
  const peaks = measurements.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]));
  const results = measurements.find((measurement) => measurement.results !== undefined)?.results;
  return {
    file,
    contestant,
    wallMs: median(measurements.map(({ wallMs }) => wallMs)),
    repeats: measurements.length,
    ...(peaks.length === 0 ? {} : { peakBytes: Math.max(...peaks) }),
    ...(results === undefined ? {} : { results }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** The middle value; of an even number of values, the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
