import type { Level, Place } from '@sariflow/sarif';
import type { CommandDocument, FileError } from './document.ts';

/** A run of a report. */
export interface InspectedRun {
  readonly tool: string;
  readonly version: string | null;
  /** The id of the analysis and its run (section 3.17.3). */
  readonly id: string | null;
  /** Null when the scan did not write a result set. */
  readonly results: number | null;
  /** By effective level. */
  readonly levels: Readonly<Record<Level, number>>;
  readonly rules: number;
  readonly artifacts: number;
  /** Everything but the results, minified. */
  readonly headerBytes: number;
}

/** The result that takes the most bytes. */
export interface LargestResult {
  readonly bytes: number;
  readonly pointer: string;
  readonly ruleId: string | null;
  /** Null where the report is no SARIF log, so that the result stands nowhere in it. */
  readonly place: Place | null;
}

/** A limit of a destination that the report goes beyond. */
export interface BrokenLimit {
  readonly target: 'cortex' | 'github';
  /** Such as `results`, in the words of `limits`. */
  readonly limit: string;
  readonly allowed: number;
  /** The largest number that the report has. */
  readonly found: number;
  /** `rejected`, `left-out` when the rest is not shown, `split` when Sariflow sends the report in parts. */
  readonly consequence: 'rejected' | 'left-out' | 'split';
}

export interface InspectedFile {
  readonly path: string;
  /** Null when it could not be read. */
  readonly format: string | null;
  readonly bytes: number | null;
  readonly findings: number;
  /** Results that can be kept once the report is repaired. */
  readonly results: number;
  readonly runs: readonly InspectedRun[];
  readonly largestResult: LargestResult | null;
  readonly brokenLimits: readonly BrokenLimit[];
  readonly error?: FileError;
}

/** `sariflow inspect --json`. */
export interface InspectDocument extends CommandDocument<InspectedFile> {
  readonly command: 'inspect';
}
