import type { FileSource } from './file-source.ts';
import type { InputError } from './input-error.ts';

/** How an input was found. */
export type InputOrigin = 'file' | 'folder' | 'pattern' | 'archive' | 'standard-input' | 'server';

/** A report to work on. Dispose it when done: unpacked bytes are deleted then. */
export interface Input extends AsyncDisposable {
  /**
   * How the user knows it: the path as given or found, `archive.zip!/entry` within archives, `-` for standard input, the host and what was asked for of a
   * server. Data: escape it before printing.
   */
  readonly path: string;
  readonly origin: InputOrigin;
  /** Whether the user asked for exactly this one. What is merely found may turn out to be no report; what is named must not. */
  readonly named: boolean;
  readonly source: FileSource;
  /** The files that it is put together from, where they are pages of one answer; the first of them gave it its path. */
  readonly pages?: readonly InputPage[];
}

/** A file that is a page of an answer. */
export interface InputPage {
  readonly path: string;
  /** How many findings are on it. */
  readonly findings: number;
}

/** Why something was passed over. */
export type SkipReason =
  /** The same file was already given or found under another name. */
  | 'same-file'
  /** Its ending is none that scanners use. */
  | 'other-ending'
  /** A folder that is not searched, such as `.git`. */
  | 'skipped-folder'
  /** A symbolic link that leads out of the folder that was named. */
  | 'link-outside'
  /** A pipe, socket or device that lies in a folder. */
  | 'not-a-file'
  /** A folder that a pattern matched: patterns choose files. */
  | 'folder-by-pattern';

/** What discovery says, in order. */
export type Discovery =
  | { readonly type: 'input'; readonly input: Input }
  | { readonly type: 'skipped'; readonly path: string; readonly reason: SkipReason; readonly message: string }
  | { readonly type: 'failed'; readonly path: string; readonly error: InputError };
