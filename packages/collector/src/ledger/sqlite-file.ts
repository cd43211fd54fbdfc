import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { damagedLedger, LedgerError } from './ledger-error.ts';
import { createPrivateFile } from './sqlite-lock.ts';
import { sqliteModule } from './sqlite-module.ts';
import { applicationId, schema, schemaVersion } from './sqlite-schema.ts';

/** The folder of a ledger, created for the user alone where it is missing. */
export function createLedgerFolder(place: string): void {
  // Folder by folder: the recursive form of mkdir never returns on file systems that refuse new folders as "not found".
  const missing: string[] = [];
  for (let folder = dirname(place); !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) {
    missing.unshift(folder);
  }
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      // Another process may have made it in the meantime; anything else is the user's to repair.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/**
 * Opens the database at `place`, which this process has locked, or creates it. A new one appears complete or not at all,
 * so an empty file is never a beginning, always a loss.
 * @throws LedgerError `ledger-damaged`, `ledger-foreign`, `ledger-newer`; and what SQLite throws
 */
export function openLedgerFile(place: string): DatabaseSync {
  if (!existsSync(place)) createLedgerFile(place);
  const stat = lstatSync(place);
  if (stat.isSymbolicLink() || !stat.isFile()) {
    throw new LedgerError(
      'ledger-foreign',
      place,
      `${place} is a link or no file. Name the file itself with --ledger; links are not followed.`,
    );
  }
  if (stat.size === 0) throw damagedLedger(place, 'the file is empty');

  const hadWal = existsSync(`${place}-wal`) && statSync(`${place}-wal`).size > 0;
  const { DatabaseSync } = sqliteModule();
  const database = new DatabaseSync(place);
  try {
    database.exec('pragma busy_timeout = 0; pragma synchronous = full; pragma trusted_schema = off');
    checkIdentity(database, place);
    checkHealth(database, place, hadWal);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Notes that a process works with the ledger, in the main file and not only in the log beside it: while this note
 * stands, a missing log is a loss.
 */
export function markOpen(database: DatabaseSync, pid: number): void {
  database.exec('begin immediate');
  const write = database.prepare('insert or replace into meta (key, value) values (?, ?)');
  write.run('open', '1');
  write.run('owner', String(pid));
  database.exec('commit; pragma wal_checkpoint(passive)');
}

/** Takes the note back; what follows is an orderly close. */
export function markClosed(database: DatabaseSync): void {
  database.exec("update meta set value = '0' where key = 'open'; delete from meta where key = 'owner'");
}

function createLedgerFile(place: string): void {
  const { DatabaseSync } = sqliteModule();
  const draft = `${place}.${randomBytes(6).toString('hex')}.new`;
  createPrivateFile(draft);
  const database = new DatabaseSync(draft);
  try {
    database.exec(`pragma synchronous = full; begin; ${schema} commit; pragma journal_mode = wal`);
  } finally {
    database.close();
  }
  renameSync(draft, place);
  const folder = openSync(dirname(place), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function checkIdentity(database: DatabaseSync, place: string): void {
  if (pragma(database, 'application_id') !== applicationId) {
    throw new LedgerError(
      'ledger-foreign',
      place,
      `${place} is a database of another program. Choose another file with --ledger; this one was left as it is.`,
    );
  }
  const version = Number(pragma(database, 'user_version'));
  if (version > schemaVersion) {
    throw new LedgerError(
      'ledger-newer',
      place,
      `The ledger ${place} was written by a newer Sariflow (its version ${version}, ours ${schemaVersion}). Update Sariflow, or choose another ledger with --ledger.`,
    );
  }
  if (version !== schemaVersion) throw damagedLedger(place, `its version is ${version}`);
}

function checkHealth(database: DatabaseSync, place: string, hadWal: boolean): void {
  const verdict = pragma(database, 'quick_check(1)');
  if (verdict !== 'ok') throw damagedLedger(place, String(verdict));

  const open = database.prepare("select value from meta where key = 'open'").get();
  if (open?.['value'] === '1' && !hadWal) {
    throw damagedLedger(place, `the log '${place}-wal', which holds its latest changes, is missing`);
  }
}

function pragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`pragma ${name}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}
