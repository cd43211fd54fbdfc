import type { Account } from '../../upload/account.ts';
import type { CommandDocument, FileError } from './document.ts';

export interface NormalizedFile {
  readonly path: string;
  /** Results in the log that was written. */
  readonly results: number;
  /** How often a repair was made for each rule. */
  readonly repairs: readonly { readonly ruleId: string; readonly count: number }[];
  /** Findings that are not in it. */
  readonly dropped: number;
  /** Where it was written; `-` for standard output, null when none was. */
  readonly output: string | null;
  readonly error?: FileError;
}

/** `sariflow normalize --json`. In the account, `accepted` findings are those that were written. */
export interface NormalizeDocument extends CommandDocument<NormalizedFile> {
  readonly command: 'normalize';
  readonly account: Account;
}
