import type { Account } from '../../upload/account.ts';
import type { Exit } from '../exit-code.ts';

/** Bumped when a member changes its meaning or goes away; new members do not count. */
export const schemaVersion = 1;

/** What every command prints with `--json`: one document, alone on standard output. */
export interface CommandDocument<File = unknown> {
  readonly schemaVersion: typeof schemaVersion;
  readonly command: string;
  readonly exit: Exit;
  readonly files: readonly File[];
  readonly account?: Account;
  /** What to do next, as command lines or sentences. */
  readonly next: readonly string[];
}

/** Why a file could not be used. Present in place of what would otherwise be said about it. */
export interface FileError {
  /** `SF-I…` for files that cannot be had, `pull-…` for servers that give nothing, `SF-P…` for bytes that cannot be read, `unrecognised` for unknown formats. */
  readonly code: string;
  readonly message: string;
}

/** A document for a run that failed before it had files to speak of. */
export interface FailureDocument extends CommandDocument<never> {
  readonly error: { readonly message: string };
}

/** A document as it is printed: indented, with a line end. */
export function printDocument(document: CommandDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
