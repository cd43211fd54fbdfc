import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { platform } from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import { damagedLedger, LedgerError } from './ledger-error.ts';
import { sealOf } from './row-seal.ts';
import { createPrivateFile } from './sqlite-lock.ts';
import { sqliteModule } from './sqlite-module.ts';
import { applicationId, schema, schemaVersion, upgradeFromVersion1 } from './sqlite-schema.ts';
import { readWitness, witnessPlace } from './witness.ts';

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
export function openLedgerFile(place: string): OpenedLedgerFile {
  if (lstatSync(place, { throwIfNoEntry: false }) === undefined) createLedgerFile(place);
  checkFile(place);
  const { DatabaseSync } = sqliteModule();
  const database = new DatabaseSync(place);
  try {
    database.exec(
      // The log is folded into the database every so often; by default it would grow to four megabytes first.
      'pragma busy_timeout = 0; pragma synchronous = full; pragma trusted_schema = off; pragma secure_delete = on; pragma wal_autocheckpoint = 64',
    );
    const version = checkIdentity(database, place);
    checkHealth(database, place);
    if (version < schemaVersion) upgrade(database);
    return { database, ...checkWhole(database, place, witnessedChanges(database, place)) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the database at `place` for reading, while another process may be writing to it. Nothing is created or changed.
 * @throws LedgerError, as `openLedgerFile`; and what SQLite throws
 */
export function openLedgerFileToRead(place: string): DatabaseSync {
  checkFile(place);
  const { DatabaseSync } = sqliteModule();
  const database = new DatabaseSync(place, { readOnly: true });
  try {
    database.exec('pragma busy_timeout = 1000; pragma trusted_schema = off');
    const version = checkIdentity(database, place);
    // What the witness says is asked before the snapshot is taken: who is writing now notes a change after making it.
    const witnessed = version < schemaVersion ? undefined : witnessedChanges(database, place);
    checkHealth(database, place);
    if (version === schemaVersion) checkWhole(database, place, witnessed);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A ledger's database that was found to be in order. */
export interface OpenedLedgerFile {
  readonly database: DatabaseSync;
  /** Random, 16 hex digits; the witness beside it has the same. */
  readonly id: string;
  /** How many changes were made to it so far. */
  readonly changes: number;
}

function checkFile(place: string): void {
  const stat = lstatSync(place);
  if (stat.isSymbolicLink() || !stat.isFile()) {
    throw new LedgerError(
      'ledger-foreign',
      place,
      `${place} is a link or no file. Name the file itself with --ledger; links are not followed.`,
    );
  }
  // What came with a checkout or from another user is readable by others; what a ledger says decides what is not sent.
  if (platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    throw new LedgerError(
      'ledger-foreign',
      place,
      `Others may read or write ${place}, so it was not made by Sariflow here and is not believed. If it is yours, run 'chmod 600' on it; otherwise choose another place with --ledger.`,
    );
  }
  if (stat.size === 0) throw damagedLedger(place, 'the file is empty');
  for (const beside of ['-wal', '-shm']) {
    if (lstatSync(`${place}${beside}`, { throwIfNoEntry: false })?.isFile() === false) {
      throw new LedgerError(
        'ledger-foreign',
        place,
        `${place}${beside} is a link or no file, so the ledger is not used. Move it away; links are not followed.`,
      );
    }
  }
}

/** The count of changes, as it stands in the database. */
export function changesValue(changes: number): string {
  return `${changes} ${sealOf('changes', changes)}`;
}

function upgrade(database: DatabaseSync): void {
  database.exec(`begin immediate; ${upgradeFromVersion1}`);
  identify(database);
  database.exec('commit');
}

/** Gives a ledger the name and the count that its witness knows it by. */
function identify(database: DatabaseSync): void {
  const write = database.prepare('insert into meta (key, value) values (?, ?)');
  write.run('id', randomBytes(8).toString('hex'));
  write.run('changes', changesValue(0));
}

/** What the witness beside the database has seen. It goes missing where the database was moved or copied alone. */
function witnessedChanges(database: DatabaseSync, place: string): number | undefined {
  const witnessed = readWitness(place, metaValue(database, 'id') ?? '');
  if (witnessed === undefined && metaValue(database, 'open') === '1') {
    throw damagedLedger(place, `the file '${witnessPlace(place)}', which counts its changes, is missing`);
  }
  return witnessed;
}

function checkWhole(
  database: DatabaseSync,
  place: string,
  witnessed: number | undefined,
): { readonly id: string; readonly changes: number } {
  const id = metaValue(database, 'id') ?? '';
  const value = metaValue(database, 'changes') ?? '';
  const changes = Number(value.split(' ', 1)[0]);
  if (!/^[0-9a-f]{16}$/.test(id) || value !== changesValue(changes)) {
    throw damagedLedger(place, 'the count of its changes was changed by something else');
  }
  if ((witnessed ?? 0) > changes) {
    throw damagedLedger(place, `the latest ${(witnessed ?? 0) - changes} of its ${witnessed} changes are missing`);
  }
  return { id, changes };
}

function metaValue(database: DatabaseSync, key: string): string | undefined {
  const value = database.prepare('select value from meta where key = ?').get(key)?.['value'];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Notes that a process works with the ledger, in the main file and not only in the log beside it: while this note
 * stands, a missing witness is a loss, and others can say who it is.
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
  if (existsSync(`${place}-wal`) && statSync(`${place}-wal`).size > 0) {
    throw damagedLedger(place, `the database is missing, and its log '${place}-wal' is still there`);
  }
  // What an earlier ledger of this name has left says nothing about the new one.
  rmSync(witnessPlace(place), { force: true });
  const { DatabaseSync } = sqliteModule();
  const draft = `${place}.${randomBytes(6).toString('hex')}.new`;
  createPrivateFile(draft);
  const database = new DatabaseSync(draft);
  try {
    database.exec(`pragma synchronous = full; begin; ${schema}`);
    identify(database);
    database.exec('commit; pragma journal_mode = wal');
  } finally {
    database.close();
  }
  renameSync(draft, place);
  const folder = openSync(dirname(place), 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    // `node --permission` allows no fsync. A name that a power cut takes back is a ledger that knows nothing: everything is sent again.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED')) throw error;
  } finally {
    closeSync(folder);
  }
}

/** @returns the version of its tables, which is ours or an older one */
function checkIdentity(database: DatabaseSync, place: string): number {
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
  if (version < 1) throw damagedLedger(place, `its version is ${version}`);
  return version;
}

function checkHealth(database: DatabaseSync, place: string): void {
  const verdict = pragma(database, 'quick_check(1)');
  if (verdict !== 'ok') throw damagedLedger(place, String(verdict));
}

function pragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`pragma ${name}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}
