import type { DiagnosticLevel, Place } from '@sariflow/sarif';
import type { CommandDocument, FileError } from './document.ts';

/** One kind of defect, shown by its first occurrence. */
export interface ReportedDiagnostic {
  readonly ruleId: string;
  readonly level: DiagnosticLevel;
  readonly message: string;
  readonly pointer: string;
  /** Null where the defect has no place in the bytes. */
  readonly place: Place | null;
  /** How often it occurs in this file. */
  readonly count: number;
  readonly fix?: { readonly description: string };
}

export interface ValidatedFile {
  readonly path: string;
  readonly valid: boolean;
  readonly runs: number;
  readonly results: number;
  readonly counts: Readonly<Record<DiagnosticLevel, number>>;
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly error?: FileError;
}

/** `sariflow validate --json`. */
export interface ValidateDocument extends CommandDocument<ValidatedFile> {
  readonly command: 'validate';
}
