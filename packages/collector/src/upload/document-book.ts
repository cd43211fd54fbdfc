import { type Account, checkAccount, createAccountBook } from './account.ts';
import type { Lane } from './lanes.ts';
import type { DocumentReport, DocumentTally, PartReport, UploadDocument } from './upload-types.ts';

/** A document while it is being uploaded. */
export interface DocumentBook {
  readonly document: UploadDocument;
  /** The lanes its parts went to. */
  readonly lanes: Set<Lane>;
  add(part: PartReport): void;
  /** The parts could not all be produced, or had no address. The first reason stays. */
  fail(error: unknown): void;
  readonly failed: boolean;
  /** @param complete all its parts were taken */
  end(complete: boolean): void;
  readonly complete: boolean;
  /** @throws AccountError when the findings do not add up */
  report(): DocumentReport;
}

/** A document of which nothing is known yet. */
export function createDocumentBook(document: UploadDocument): DocumentBook {
  const accounts = createAccountBook();
  let parts = 0;
  let accepted = 0;
  let known = 0;
  let error: { readonly cause: unknown } | undefined;
  let complete = false;
  let tally: DocumentTally | undefined;

  const account = (): Account => {
    if (tally !== undefined) {
      accounts.add('merged', tally.merged);
      accounts.add('dropped', tally.dropped);
      for (const { code, count } of tally.reasons) accounts.explain(code, count);
      const missing = tally.in - accounts.counted();
      // What was read but never became a part, because the document ended early, is not with the target.
      if (!complete && missing > 0) accounts.add('undelivered', missing, 'not-reached');
    }
    const result = accounts.read(tally?.in);
    checkAccount(document.path, result);
    return result;
  };

  return {
    document,
    lanes: new Set(),
    add(part) {
      parts += 1;
      if (part.outcome === 'accepted') accepted += 1;
      if (part.code === 'already-delivered') known += 1;
      accounts.add(part.outcome, part.results, part.code);
      if (part.outcome === 'accepted' && part.warning !== undefined)
        accounts.explain('accepted-with-remark', part.results);
    },
    fail(cause) {
      error ??= { cause };
    },
    get failed() {
      return error !== undefined;
    },
    end(whole) {
      complete = whole && error === undefined;
      tally = document.tally?.();
    },
    get complete() {
      return complete;
    },
    report: () => ({
      path: document.path,
      sha256: document.sha256,
      parts,
      delivered: complete && accepted === parts,
      complete,
      alreadyDelivered: parts > 0 && known === parts,
      account: account(),
      ...(error === undefined ? {} : { error: error.cause }),
    }),
  };
}
