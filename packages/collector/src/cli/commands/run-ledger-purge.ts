import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultLedgerPath, openLedger, type PurgeRequest, viewLedger } from '../../ledger/index.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { LedgerPurgeDocument } from '../documents/ledger-document.ts';
import { exitFor } from '../exit-code.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { deadLetterFile } from '../upload/dead-letter-file.ts';

/** What `sariflow ledger purge` can be told. */
export interface LedgerPurgeOptions {
  readonly ledger?: string;
  readonly lane?: string;
  /** In milliseconds. */
  readonly olderThan?: number;
  readonly all?: true;
}

/** Does what `sariflow ledger purge` says. */
export async function runLedgerPurge(_paths: readonly string[], options: LedgerPurgeOptions, services: Services) {
  const { environment, result, isJson, conversation } = services;
  const place = resolve(environment.cwd, options.ledger ?? defaultLedgerPath);
  // Opening makes a ledger where there is none; a view says that there is none.
  if (!existsSync(place)) await viewLedger(place);
  await using ledger = await openLedger(place);
  const request: PurgeRequest = {
    ...(options.lane !== undefined && { lane: options.lane }),
    ...(options.olderThan !== undefined && { olderThanMs: Date.now() - options.olderThan }),
    ...(options.all === true && { everything: true }),
  };
  const purged = await ledger.purge(request);
  // Findings that were left out stand beside the ledger, without the times that a choice would need.
  const letters = deadLetterFile(place).path;
  const deadLetters = options.all === true && options.lane === undefined && options.olderThan === undefined;
  if (deadLetters) rmSync(letters, { force: true });
  const exit = exitFor([]);
  conversation.info(
    text`forgot ${countOf(purged.documents, 'document')} with ${countOf(purged.parts, 'part')}${purged.lanes > 0 ? text`, and ${countOf(purged.lanes, 'lane')}` : ''}`,
  );
  if (isJson) {
    const document: LedgerPurgeDocument = {
      schemaVersion,
      command: 'ledger purge',
      exit,
      files: [],
      ledger: place,
      purged,
      next: [],
    };
    await result.write(printDocument(document));
  }
  return exit;
}
