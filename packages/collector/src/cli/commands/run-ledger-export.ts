import { resolve } from 'node:path';
import { defaultLedgerPath, type LedgerRow, type LedgerView, viewLedger } from '../../ledger/index.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { LedgerExportDocument } from '../documents/ledger-document.ts';
import { exitFor } from '../exit-code.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';
import { writeWholeFile } from '../write-file.ts';

/** What `sariflow ledger export` can be told. */
export interface LedgerExportOptions {
  readonly ledger?: string;
  readonly output?: string;
}

/** Does what `sariflow ledger export` says: a line of JSON for every row, in the order of lanes, documents and parts. */
export async function runLedgerExport(_paths: readonly string[], options: LedgerExportOptions, services: Services) {
  const { environment, result, isJson, conversation } = services;
  const { output } = options;
  if (isJson && output === undefined) {
    throw new UsageError('Standard output can take the rows or the JSON document, not both. Name a file with -o.');
  }
  await using view = await viewLedger(resolve(environment.cwd, options.ledger ?? defaultLedgerPath));
  const rows = { lane: 0, item: 0, part: 0, quota: 0 };
  const exit = exitFor([]);
  if (output === undefined) {
    for await (const line of linesOf(view, rows)) await result.write(line);
    return exit;
  }
  await writeWholeFile(resolve(environment.cwd, output), linesOf(view, rows), 0o600);
  conversation.info(text`wrote ${countOf(rows.lane + rows.item + rows.part + rows.quota, 'row')} to ${output}`);
  if (isJson) {
    const document: LedgerExportDocument = {
      schemaVersion,
      command: 'ledger export',
      exit,
      files: [],
      ledger: view.place,
      output,
      rows,
      next: [],
    };
    await result.write(printDocument(document));
  }
  return exit;
}

async function* linesOf(view: LedgerView, counts: Record<LedgerRow['table'], number>): AsyncGenerator<Uint8Array> {
  for await (const row of view.rows()) {
    counts[row.table] += 1;
    yield Buffer.from(`${JSON.stringify(row)}\n`);
  }
}
