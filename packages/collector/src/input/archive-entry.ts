import type { InputError } from './input-error.ts';

/** One file in an archive. Its name is data: it is shown, never used as a path. */
export interface ArchiveEntry {
  readonly name: string;
  /** Why the entry cannot be read, when the archive already says so. */
  readonly refusal?: InputError;
  /** The unpacked bytes; can be asked for once, before the next entry is. Throws `InputError`. */
  read(): AsyncIterable<Uint8Array>;
}
