import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction, openDatabase } from './database.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sariflow-database-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a new file is for its owner only, and opens again', async () => {
  const path = join(folder, 'with blank ä.db');
  (await openDatabase(path)).close();
  expect(statSync(path).mode & 0o077).toBe(0);
  (await openDatabase(path)).close();
});

test('what fails half-way leaves nothing behind', async () => {
  const database = await openDatabase(':memory:');
  const fail = () =>
    inTransaction(database, () => {
      database.exec("INSERT INTO collectors VALUES ('a', 'A', 1)");
      throw new Error('half-way');
    });
  expect(fail).toThrow('half-way');
  expect(database.prepare('SELECT count(*) AS n FROM collectors').get()).toEqual({ n: 0 });
  database.close();
});

test("another program's database is not touched", async () => {
  const path = join(folder, 'theirs.db');
  const theirs = new DatabaseSync(path);
  theirs.exec('CREATE TABLE theirs (a)');
  theirs.close();
  await expect(openDatabase(path)).rejects.toThrow(/belongs to another program/);
});

test('a file that is no database', async () => {
  const path = join(folder, 'text.db');
  writeFileSync(path, 'This is not a database, only text. '.repeat(100));
  await expect(openDatabase(path)).rejects.toThrow(/cannot be read as a database/);
});

test('a newer format', async () => {
  const path = join(folder, 'newer.db');
  const database = await openDatabase(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(openDatabase(path)).rejects.toThrow(/newer Sariflow/);
});
