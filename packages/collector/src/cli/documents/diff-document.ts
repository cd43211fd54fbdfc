import type { BaselineState, Level, LogDiff } from '@sariflow/sarif';
import type { CommandDocument, FileError } from './document.ts';

/** A report that was compared, or could not be read. */
export interface DiffedFile {
  readonly side: 'before' | 'after';
  readonly path: string;
  /** Null when it could not be read. */
  readonly format: string | null;
  /** Findings in the report. */
  readonly findings: number;
  /** Results that were compared. */
  readonly results: number;
  readonly error?: FileError;
}

/** What `--fail-on` asked for, and how many results it found. */
export interface GateReading {
  readonly state: BaselineState;
  /** This level or a more severe one. */
  readonly level: Level;
  readonly results: number;
}

/** `sariflow diff --json`. */
export interface DiffDocument extends CommandDocument<DiffedFile> {
  readonly command: 'diff';
  /** Null when there was nothing to compare. */
  readonly comparison: (Pick<LogDiff, 'counts' | 'uncertain' | 'scopes'> & { readonly output: string | null }) | null;
  readonly gate: readonly GateReading[];
}
