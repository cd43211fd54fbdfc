import { resolve } from 'node:path';
import process from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import type { DeliveredDocument, Ledger, LedgerRow } from './ledger.ts';
import { damagedLedger } from './ledger-error.ts';
import { ledgerErrorOf } from './sqlite-errors.ts';
import { createLedgerFolder, markClosed, markOpen, openLedgerFile } from './sqlite-file.ts';
import { type LedgerLock, lockLedger } from './sqlite-lock.ts';
import { createSqliteRun } from './sqlite-run.ts';
import { createSqliteStore, type SqliteStore } from './sqlite-store.ts';

/** Where the ledger is when nobody says otherwise, relative to the working directory. */
export const defaultLedgerPath = '.sariflow/ledger.db';

/**
 * Opens the ledger in the file `path`, or creates it (file 0600 in a folder 0700). This process is its only writer until
 * it is closed or dies. Parts that a dead process had been sending become `unknown`.
 * @throws LedgerError `ledger-busy`, `ledger-damaged`, `ledger-foreign`, `ledger-newer`, `ledger-unwritable`, …
 */
export async function openLedger(path: string): Promise<Ledger> {
  const place = resolve(path);
  let lock: LedgerLock | undefined;
  try {
    createLedgerFolder(place);
    lock = lockLedger(place);
    const database = openLedgerFile(place);
    try {
      markOpen(database, process.pid);
      return createLedger(database, lock, place);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    lock?.release();
    throw ledgerErrorOf(error, place);
  }
}

function createLedger(database: DatabaseSync, lock: LedgerLock, place: string): Ledger {
  const store = createSqliteStore(database, place);
  const interrupted = store.markInterrupted();
  let closed = false;

  const close = async () => {
    if (closed) return;
    closed = true;
    try {
      // After a failed write the file is left for the next start to look at, not declared to be in order.
      if (store.trusted()) markClosed(database);
    } finally {
      database.close();
      lock.release();
    }
  };

  return {
    place,
    interrupted,
    begin: () => createSqliteRun(store),
    lastDelivered: async (lane) => lastDelivered(store, lane),
    rows: () => rows(store),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function lastDelivered(store: SqliteStore, lane: string): DeliveredDocument | undefined {
  const item = store.lastItem(lane, 'accepted');
  if (item === undefined) return undefined;
  if (item.doneAt === null) throw damagedLedger(store.place, 'a delivered document has no time');
  return {
    seq: item.seq,
    sha256: item.sha256,
    path: item.path,
    parts: item.parts,
    results: item.results,
    deliveredAt: item.doneAt,
  };
}

async function* rows(store: SqliteStore): AsyncGenerator<LedgerRow> {
  for (const table of ['lane', 'item', 'part'] as const) {
    for (const raw of store.everyRow(table)) {
      const columns = Object.entries(raw).filter(
        (entry): entry is [string, string | number | null] => entry[0] !== 'seal' && isPlain(entry[1]),
      );
      yield { ...Object.fromEntries(columns), table };
    }
  }
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
