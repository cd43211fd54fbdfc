import { bodyDigest } from '../../send/part-identity.ts';
import type { Destination, UploadContext } from '../../targets/target.ts';
import { type AccountBook, checkAccount, createAccountBook } from '../../upload/account.ts';
import type { UploadDocument } from '../../upload/upload-types.ts';
import type { Conversation } from '../conversation.ts';
import type { FileError } from '../documents/document.ts';
import type { DocumentPart } from '../documents/upload-document.ts';
import type { ExitName } from '../exit-code.ts';
import { text } from '../render/text.ts';
import { partsErrorOf } from './parts-error.ts';
import type { SentDocument, SentDocuments } from './sent-documents.ts';

/** What a dry run knows of the place where parts would go. */
export interface RehearsalTarget {
  /** Undefined when the settings do not say where the target is. */
  readonly destination: Destination | undefined;
  readonly context: UploadContext;
  /** Whether somebody wants to know the digests of the parts: working them out takes as long as making the parts. */
  readonly isDigested: boolean;
}

/** Makes all parts of all documents and sends none. In the accounts they are undelivered, with the reason `dry-run`. */
export async function rehearseDocuments(
  documents: AsyncIterable<UploadDocument>,
  target: RehearsalTarget,
  conversation: Conversation,
): Promise<SentDocuments> {
  const sent: SentDocument[] = [];
  const parts: DocumentPart[] = [];
  const happened: ExitName[] = [];
  for await (const document of documents) {
    const book = createAccountBook();
    const before = parts.length;
    let error: FileError | undefined;
    try {
      for await (const part of document.parts) {
        const rehearsed = rehearsedPart(document, part, target);
        parts.push(rehearsed);
        if (document.held !== undefined) book.add('held', part.results, 'held');
        else book.add('undelivered', part.results, 'dry-run');
      }
    } catch (cause) {
      error = partsErrorOf(cause);
      conversation.error(text`${document.path}: ${error.message} (${error.code})`);
      happened.push('unreadable');
    }
    const account = closeBook(book, document, error !== undefined);
    const count = parts.length - before;
    sent.push({
      parts: count,
      delivered: false,
      alreadyDelivered: false,
      account,
      ...(error !== undefined && { error }),
    });
  }
  return { documents: sent, parts, happened };
}

function rehearsedPart(
  document: UploadDocument,
  part: { readonly number: number; readonly bytes: Uint8Array; readonly results: number; readonly tool: string },
  { destination, context, isDigested }: RehearsalTarget,
): DocumentPart {
  const knowsRepository = context.repositoryId !== undefined || context.repositoryUrl !== undefined;
  const lane = knowsRepository ? (destination?.laneOf(part.tool, context) ?? null) : null;
  return {
    sha256: isDigested ? bodyDigest(part.bytes) : '',
    lane,
    bytes: part.bytes.byteLength,
    results: part.results,
    outcome: document.held === undefined ? 'would-send' : 'held',
    httpStatus: null,
    attempts: 0,
    path: document.path,
    number: part.number,
  };
}

function closeBook(book: AccountBook, document: UploadDocument, isCut: boolean) {
  const tally = document.tally?.();
  if (tally !== undefined) {
    book.add('merged', tally.merged);
    book.add('dropped', tally.dropped);
    for (const { code, count } of tally.reasons) book.explain(code, count);
    const missing = tally.in - book.counted();
    if (isCut && missing > 0) book.add('undelivered', missing, 'not-reached');
  }
  const account = book.read(tally?.in);
  checkAccount(document.path, account);
  return account;
}
