import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import type { DeliveredDocument, Ledger, LedgerRow, LedgerView } from './ledger.ts';
import { damagedLedger, LedgerError } from './ledger-error.ts';
import { purgeStore } from './purge-ledger.ts';
import { ledgerErrorOf } from './sqlite-errors.ts';
import { createLedgerFolder, markClosed, markOpen, openLedgerFile, openLedgerFileToRead } from './sqlite-file.ts';
import { type LedgerLock, lockLedger, readOwner } from './sqlite-lock.ts';
import type { RawRow } from './sqlite-rows.ts';
import { createSqliteRun } from './sqlite-run.ts';
import { createSqliteStore, type LedgerTable, readRows, type SqliteStore } from './sqlite-store.ts';
import { type LedgerWitness, openWitness } from './witness.ts';

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
    const { database, id, changes } = openLedgerFile(place);
    let witness: LedgerWitness | undefined;
    try {
      witness = openWitness(place, id);
      witness.note(changes);
      markOpen(database, process.pid);
      return createLedger(database, lock, createSqliteStore(database, place, { changes, witness }), witness);
    } catch (error) {
      witness?.close();
      database.close();
      throw error;
    }
  } catch (error) {
    lock?.release();
    throw ledgerErrorOf(error, place);
  }
}

/**
 * Looks at the ledger in the file `path`, without changing anything, also while another process works with it.
 * @throws LedgerError `ledger-missing`, `ledger-damaged`, `ledger-foreign`, `ledger-newer`, …
 */
export async function viewLedger(path: string): Promise<LedgerView> {
  const place = resolve(path);
  if (!existsSync(place)) {
    throw new LedgerError(
      'ledger-missing',
      place,
      `There is no ledger ${place}. Nothing was delivered from here yet; if it is elsewhere, name it with --ledger.`,
    );
  }
  try {
    const database = openLedgerFileToRead(place);
    const close = async () => {
      if (database.isOpen) database.close();
    };
    return {
      place,
      ownerPid: readOwner(place),
      rows: (only) => rowsOf((table) => readRows(database, table, place), only),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    throw ledgerErrorOf(error, place);
  }
}

function createLedger(database: DatabaseSync, lock: LedgerLock, store: SqliteStore, witness: LedgerWitness): Ledger {
  const { place } = store;
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
      witness.close();
      lock.release();
    }
  };

  return {
    place,
    interrupted,
    begin: () => createSqliteRun(store),
    lastDelivered: async (lane) => lastDelivered(store, lane),
    rows: (only) => rowsOf(store.everyRow, only),
    async quotaUsed(scope, period) {
      return store.quota(scope, period)?.used ?? 0;
    },
    async useQuota(scope, period, amount) {
      store.change(() => {
        for (const raw of [...store.everyRow('quota')]) {
          const row = { scope: String(raw['scope']), period: String(raw['period']), used: 0 };
          if (row.scope === scope && row.period !== period) store.removeQuota(row);
        }
        store.putQuota({ scope, period, used: (store.quota(scope, period)?.used ?? 0) + amount });
      });
    },
    async purge(request) {
      const purged = purgeStore(store, request);
      try {
        database.exec('vacuum; pragma wal_checkpoint(truncate)');
      } catch (error) {
        throw ledgerErrorOf(error, place);
      }
      return purged;
    },
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

const tables = ['lane', 'item', 'part', 'quota'] as const satisfies readonly LedgerTable[];

async function* rowsOf(
  everyRow: (table: LedgerTable) => Iterable<RawRow>,
  only: LedgerTable | undefined,
): AsyncGenerator<LedgerRow> {
  for (const table of only === undefined ? tables : [only]) {
    for (const raw of everyRow(table)) {
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
