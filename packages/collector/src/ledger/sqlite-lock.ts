import { closeSync, lstatSync, openSync } from 'node:fs';
import { LedgerError } from './ledger-error.ts';
import { isBusy, ledgerErrorOf } from './sqlite-errors.ts';
import { sqliteModule } from './sqlite-module.ts';

/** Held as long as this process works with the ledger. The system frees it when the process dies, however it dies. */
export interface LedgerLock {
  release(): void;
}

/**
 * Makes this process the only writer, or refuses at once. The lock is on a file of its own, so that others can still read
 * the ledger.
 * @throws LedgerError `ledger-busy` with the pid of the owner, where it can be read
 */
export function lockLedger(place: string): LedgerLock {
  const lockPlace = `${place}.lock`;
  const { DatabaseSync } = sqliteModule();
  createPrivateFile(lockPlace);
  if (!lstatSync(lockPlace).isFile()) {
    throw new LedgerError(
      'ledger-foreign',
      place,
      `${lockPlace} is a link or no file, so the ledger is not used. Move it away; links are not followed.`,
    );
  }
  try {
    const lock = new DatabaseSync(lockPlace);
    try {
      lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive');
    } catch (error) {
      lock.close();
      throw error;
    }
    return { release: () => lock.close() };
  } catch (error) {
    if (!isBusy(error)) throw ledgerErrorOf(error, lockPlace);
    const ownerPid = readOwner(place);
    throw new LedgerError(
      'ledger-busy',
      place,
      `The ledger ${place} is in use by ${ownerPid === undefined ? 'another process' : `process ${ownerPid}`}. Wait until it has finished, or choose another ledger with --ledger.`,
      { ownerPid },
    );
  }
}

/**
 * Creates an empty file for the user alone, unless it is there. An existing file is not opened: closing it would drop the
 * locks that this process holds on it. A planted link is not followed.
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw ledgerErrorOf(error, path);
  }
}

/** The process that works with the ledger, as the ledger says; `undefined` when it says nothing. */
export function readOwner(place: string): number | undefined {
  const { DatabaseSync } = sqliteModule();
  try {
    const ledger = new DatabaseSync(place, { readOnly: true });
    try {
      const row = ledger.prepare("select value from meta where key = 'owner'").get();
      const pid = Number(row?.['value']);
      return Number.isInteger(pid) && pid > 0 ? pid : undefined;
    } finally {
      ledger.close();
    }
  } catch {
    // The pid is a courtesy. The owner may be creating the ledger right now; who it is then stays unsaid.
    return undefined;
  }
}
