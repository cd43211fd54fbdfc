import { closeSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Marks the file as ours ("SRFC"), so that another program's database is never written to. */
const applicationId = 0x53524643;
const schemaVersion = 1;

const schema = `
  CREATE TABLE keys (
    id TEXT PRIMARY KEY, secret TEXT NOT NULL, level TEXT NOT NULL, roles TEXT NOT NULL, expires_at INTEGER
  ) STRICT;
  CREATE TABLE collectors (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, enabled INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE credentials (
    token_id TEXT PRIMARY KEY, token TEXT NOT NULL, collector_id TEXT NOT NULL REFERENCES collectors(id) ON DELETE CASCADE,
    expires_at INTEGER
  ) STRICT;
  CREATE TABLE repositories (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, normalized_url TEXT UNIQUE, default_branch TEXT NOT NULL,
    onboarded_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE uploads (
    id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL,
    collector_id TEXT, caller TEXT, repository_id TEXT, branch TEXT,
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, complete INTEGER NOT NULL,
    stored INTEGER NOT NULL DEFAULT 0, findings INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
    status INTEGER, answer TEXT, fault TEXT
  ) STRICT;
  CREATE TABLE bodies (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
  CREATE TABLE rules (
    ref INTEGER PRIMARY KEY, collector_id TEXT NOT NULL, tool TEXT NOT NULL, rule_id TEXT NOT NULL,
    description TEXT, help TEXT, UNIQUE (collector_id, tool, rule_id)
  ) STRICT;
  CREATE TABLE findings (
    id INTEGER PRIMARY KEY, identity BLOB UNIQUE,
    collector_id TEXT NOT NULL, repository_id TEXT NOT NULL, branch TEXT NOT NULL, tool TEXT NOT NULL,
    rule_ref INTEGER NOT NULL REFERENCES rules(ref), rule_id TEXT NOT NULL,
    level TEXT NOT NULL, severity TEXT NOT NULL, cwe TEXT NOT NULL,
    uri TEXT NOT NULL, start_line INTEGER NOT NULL, end_line INTEGER, message TEXT NOT NULL, snippet TEXT,
    first_upload INTEGER NOT NULL, last_upload INTEGER NOT NULL,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, times_seen INTEGER NOT NULL, visible_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX findings_by_group ON findings (repository_id, branch, tool, level, severity, visible_at);
  CREATE INDEX findings_by_place ON findings (uri, start_line, visible_at);
  CREATE INDEX findings_by_rule ON findings (rule_id);
`;

/**
 * Opens, and where new creates, the Collector's database.
 *
 * @param path a file, or `:memory:`
 * @throws Error where the file cannot be opened, or belongs to another program or to a newer Sariflow
 */
export async function openDatabase(path: string): Promise<DatabaseSync> {
  // Loaded only here: Node 22 prints a warning when the module is first loaded, and most commands never need it.
  const { DatabaseSync } = await import('node:sqlite');
  // It will hold secrets, so nobody else may read it. An existing file keeps its mode.
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    prepareSchema(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function prepareSchema(database: DatabaseSync, path: string): void {
  let found: number;
  let tables: number;
  try {
    found = numberOf(database, 'PRAGMA application_id');
    tables = numberOf(database, 'SELECT count(*) FROM sqlite_schema');
  } catch (error) {
    throw new Error(`${path} cannot be read as a database. Choose another file for the local Collector.`, {
      cause: error,
    });
  }
  if (tables > 0 && found !== applicationId) {
    throw new Error(`${path} belongs to another program. Choose another file for the local Collector.`);
  }
  const version = numberOf(database, 'PRAGMA user_version');
  if (version > schemaVersion) {
    throw new Error(
      `${path} was written by a newer Sariflow (format ${version}; this one knows ${schemaVersion}). Update Sariflow, or choose another file.`,
    );
  }

  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  if (tables === 0) {
    inTransaction(database, () => {
      database.exec(schema);
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion};`);
    });
  }
}

/** Runs `work` so that all of it is stored or none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function numberOf(database: DatabaseSync, query: string): number {
  const row = database.prepare(query).get();
  return Number(Object.values(row ?? {})[0] ?? 0);
}
