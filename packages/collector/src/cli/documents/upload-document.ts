import type { InputPage } from '../../input/input.ts';
import type { Account } from '../../upload/account.ts';
import type { CommandDocument, FileError } from './document.ts';

/** A value of the context. Secrets are never among them. */
export interface DocumentContextValue {
  readonly value: string;
  readonly origin: string;
}

export interface UploadedFile {
  readonly path: string;
  /** The files that it is put together from, where they are pages of one answer. */
  readonly pages?: readonly InputPage[];
  /** Null when the format was not recognised. */
  readonly format: string | null;
  readonly findings: number;
  readonly parts: number;
  /** Every part is with the target. Always false in a dry run. */
  readonly delivered: boolean;
  /** Absent where the file could not be read. */
  readonly account?: Account;
  /** Why the file was held back. */
  readonly held?: string;
  /** Secrets that were cut out of findings before they were sent; absent where there were none. */
  readonly redacted?: { readonly secrets: number; readonly findings: number };
  readonly error?: FileError;
}

export interface DocumentPart {
  /** Identifies the part in the ledger and across runs. */
  readonly sha256: string;
  /** Where the part belongs; null in a dry run that does not know the target. */
  readonly lane: string | null;
  readonly bytes: number;
  readonly results: number;
  readonly outcome: 'accepted' | 'rejected' | 'undelivered' | 'unknown' | 'held' | 'would-send';
  readonly httpStatus: number | null;
  readonly attempts: number;
  /** The file it was made from, and its position there, from 1. */
  readonly path: string;
  readonly number: number;
  readonly code?: string;
  readonly reason?: string;
  readonly warning?: string;
}

/** `sariflow upload --json`. */
export interface UploadCommandDocument extends CommandDocument<UploadedFile> {
  readonly command: 'upload';
  readonly target: string;
  readonly dryRun: boolean;
  readonly context: Readonly<Record<string, DocumentContextValue>>;
  readonly parts: readonly DocumentPart[];
  readonly account: Account;
}
