import type { Account } from '../../upload/account.ts';
import type { FileError } from '../documents/document.ts';
import type { DocumentPart } from '../documents/upload-document.ts';
import type { ExitName } from '../exit-code.ts';

/** What became of one document, sent or only rehearsed. */
export interface SentDocument {
  readonly parts: number;
  readonly delivered: boolean;
  readonly alreadyDelivered: boolean;
  readonly account: Account;
  /** Why its parts could not all be made. */
  readonly error?: FileError;
}

/** What became of all documents, in their order. */
export interface SentDocuments {
  readonly documents: readonly SentDocument[];
  readonly parts: readonly DocumentPart[];
  readonly happened: readonly ExitName[];
  /** When parts were sent, by `partKey`; empty in a dry run. */
  readonly times?: ReadonlyMap<string, PartTimes>;
}

/** When a part was sent, in milliseconds since the Unix epoch. */
export interface PartTimes {
  /** The first attempt began. */
  readonly sentAt: number;
  /** The last attempt ended. */
  readonly doneAt?: number;
}

/** Tells the parts of a run apart: a document's path, and the part's number. */
export function partKey({ path, number }: { readonly path: string; readonly number: number }): string {
  return `${number} ${path}`;
}
