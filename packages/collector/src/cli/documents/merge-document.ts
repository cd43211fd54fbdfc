import type { MergeSummary } from '@sariflow/sarif';
import type { Account } from '../../upload/account.ts';
import type { CommandDocument, FileError } from './document.ts';

/** A report that was merged, or could not be read. */
export interface MergedFile {
  readonly path: string;
  /** Null when it could not be read. */
  readonly format: string | null;
  /** Findings in the report. */
  readonly findings: number;
  /** Results that it brought along. */
  readonly results: number;
  readonly error?: FileError;
}

/** `sariflow merge --json`. In the account, `merged` findings are counted in the `occurrenceCount` of an equal one. */
export interface MergeDocument extends CommandDocument<MergedFile> {
  readonly command: 'merge';
  readonly account: Account;
  /** Null when nothing was written. */
  readonly merged: (MergeSummary & { readonly output: string }) | null;
}
