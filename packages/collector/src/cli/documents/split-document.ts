import type { Account } from '../../upload/account.ts';
import type { CommandDocument, FileError } from './document.ts';

/** A part as it was written. */
export interface WrittenPart {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly results: number;
}

export interface SplitFile {
  readonly path: string;
  /** Null when the report could not be read. */
  readonly format: string | null;
  /** Findings in the report. */
  readonly findings: number;
  /** Results in the parts. */
  readonly results: number;
  readonly parts: readonly WrittenPart[];
  readonly error?: FileError;
}

/** `sariflow split --json`. In the account, `accepted` findings are those in the parts. */
export interface SplitDocument extends CommandDocument<SplitFile> {
  readonly command: 'split';
  readonly account: Account;
}
