import type { LossReportRow } from '@sariflow/converters';
import type { InputPage } from '../../input/input.ts';
import type { Account } from '../../upload/account.ts';
import type { CommandDocument, FileError } from './document.ts';

export interface ConvertedFile {
  readonly path: string;
  /** The files that it is put together from, where they are pages of one answer. */
  readonly pages?: readonly InputPage[];
  /** Null when the format was not recognised. */
  readonly format: string | null;
  /** What the format was recognised by. */
  readonly because: string;
  /** Findings in the report. */
  readonly findings: number;
  /** Results in the SARIF log. */
  readonly results: number;
  /** Fields that have no place in SARIF, with how often they occur. */
  readonly losses: readonly {
    readonly field: string;
    readonly count: number;
    /** The value is kept in the properties of the result. */
    readonly kept: boolean;
  }[];
  /** With `--loss-report`: what the converter's page says is lost, beside what was counted here. */
  readonly lossReport?: readonly LossReportRow[];
  /** The report ends early: nobody knows how many findings it had. */
  readonly truncated?: true;
  /** Where the log was written; `-` for standard output, null when none was. */
  readonly output: string | null;
  readonly error?: FileError;
}

/** `sariflow convert --json`. In the account, `accepted` findings are those that were written. */
export interface ConvertDocument extends CommandDocument<ConvertedFile> {
  readonly command: 'convert';
  readonly account: Account;
}
