import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { LedgerItem, LedgerRow, LedgerRun } from './ledger.ts';
import { LedgerError, type LedgerErrorCode } from './ledger-error.ts';
import { openLedger } from './sqlite-ledger.ts';
import { sqliteModule } from './sqlite-module.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const holder = fileURLToPath(new URL('./test-support/hold-ledger.ts', import.meta.url));

async function codeOf(work: Promise<unknown>): Promise<LedgerErrorCode | 'none'> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
}

/** Sends a document of `parts` parts; those in `failing` end as given. Returns which parts were sent. */
async function deliver(
  run: LedgerRun,
  lane: string,
  document: string,
  parts: readonly string[],
  failing: Readonly<Record<string, 'rejected' | 'unknown' | 'not-sent'>> = {},
  force = false,
) {
  const item = await run.openItem({ lane, sha256: document, path: `${document}.sarif`, force });
  const sent: string[] = [];
  for (const [index, sha256] of parts.entries()) {
    if (item.standing === 'delivered') continue;
    const known = await run.admit(item, { sha256, number: index + 1, bytes: 10, results: 2 });
    if (known.state === 'accepted') continue;
    sent.push(sha256);
    await run.beginAttempt(item, sha256);
    await run.endAttempt(item, sha256, { end: failing[sha256] ?? 'accepted', httpStatus: 201 });
  }
  const state = await run.closeItem(item, true);
  return { item, sent, state };
}

async function allOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

async function rowsOf(path: string): Promise<LedgerRow[]> {
  await using ledger = await openLedger(path);
  return await allOf(ledger.rows());
}

async function startHolder(path: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [holder, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout ?? child, 'data');
  return child;
}

describe('the file', () => {
  test('is created for the user alone, in a folder for the user alone', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, '.sariflow', 'ledger.db');
    await using ledger = await openLedger(path);
    await ledger.begin().openItem({ lane: 'l', sha256: 'd', path: 'd' });
    expect(statSync(join(folder.path, '.sariflow')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(folder.path, '.sariflow'))) {
      expect([name, statSync(join(folder.path, '.sariflow', name)).mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('opens again, with what it knew', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    {
      await using ledger = await openLedger(path);
      const run = ledger.begin();
      await deliver(run, 'lane', 'A', ['a1', 'a2']);
      await run.finish();
    }
    await using ledger = await openLedger(path);
    expect(ledger.interrupted).toBe(0);
    expect(await ledger.lastDelivered('lane')).toMatchObject({ seq: 1, sha256: 'A', parts: 2, results: 4 });
    expect(await ledger.lastDelivered('another')).toBeUndefined();
  });

  test('has one owner: a second one is refused at once, with the pid', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    const owner = await startHolder(path);
    const started = performance.now();
    const refusal = await openLedger(path).catch((error: unknown) => error);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(refusal).toMatchObject({ code: 'ledger-busy', ownerPid: owner.pid });

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await (await openLedger(path)).close();
  });

  test('is refused to the same process twice, and the first goes on', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    await using ledger = await openLedger(path);
    expect(await codeOf(openLedger(path))).toBe('ledger-busy');
    expect(await codeOf(openLedger(path))).toBe('ledger-busy');
    await deliver(ledger.begin(), 'lane', 'A', ['a1']);
  });

  test('of another program, or of a newer version, or a link, is left alone', async () => {
    using folder = temporaryFolder();
    const { DatabaseSync } = sqliteModule();
    const foreign = join(folder.path, 'foreign.db');
    const other = new DatabaseSync(foreign);
    other.exec('create table t (x); insert into t values (1)');
    other.close();
    const before = readFileSync(foreign);
    expect(await codeOf(openLedger(foreign))).toBe('ledger-foreign');
    expect(readFileSync(foreign)).toEqual(before);

    const newer = join(folder.path, 'newer.db');
    await (await openLedger(newer)).close();
    const database = new DatabaseSync(newer);
    database.exec('pragma user_version = 99');
    database.close();
    expect(await codeOf(openLedger(newer))).toBe('ledger-newer');

    const link = join(folder.path, 'link.db');
    symlinkSync(newer, link);
    expect(await codeOf(openLedger(link))).toBe('ledger-foreign');
  });

  test('that is empty, or no database, or lost its log, is damaged', async () => {
    using folder = temporaryFolder();
    const empty = join(folder.path, 'empty.db');
    writeFileSync(empty, '', { mode: 0o600 });
    expect(await codeOf(openLedger(empty))).toBe('ledger-damaged');
    const text = join(folder.path, 'text.db');
    writeFileSync(text, 'this is no database at all, and long enough to be read as one'.repeat(50), { mode: 0o600 });
    expect(await codeOf(openLedger(text))).toBe('ledger-damaged');

    const lost = join(folder.path, 'lost.db');
    const owner = await startHolder(lost);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    rmSync(`${lost}-wal`);
    expect(await codeOf(openLedger(lost))).toBe('ledger-damaged');
  });

  test('cannot be created where nothing may be written', async () => {
    expect(await codeOf(openLedger('/proc/nowhere/ledger.db'))).not.toBe('none');
  });

  test('damaged anywhere, never says that a part was accepted which was not', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    const names = Array.from({ length: 60 }, (_, n) => `part-${n}-${'x'.repeat(40)}`);
    const failing = Object.fromEntries(names.filter((_, n) => n % 2 === 1).map((name) => [name, 'not-sent' as const]));
    {
      await using ledger = await openLedger(path);
      await deliver(ledger.begin(), 'lane', 'A', names, failing);
    }
    const whole = readFileSync(path);
    let reported = 0;
    for (let round = 0; round < 200; round += 1) {
      const copy = join(folder.path, 'copy.db');
      for (const name of readdirSync(folder.path)) if (name.startsWith('copy.db')) rmSync(join(folder.path, name));
      const bytes = Buffer.from(whole);
      const at = Math.floor((round / 200) * bytes.length + ((round * 7919) % 100));
      if (round % 2 === 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << (round % 8));
      writeFileSync(copy, bytes, { mode: 0o600 });
      if (round % 2 === 1) truncateSync(copy, at % bytes.length);

      try {
        await using ledger = await openLedger(copy);
        const run = ledger.begin();
        const item = await run.openItem({ lane: 'lane', sha256: 'A', path: 'A' });
        expect(item.standing).not.toBe('delivered');
        for (const [index, sha256] of names.entries()) {
          const known = await run.admit(item, { sha256, number: index + 1, bytes: 10, results: 2 });
          if (known.state === 'accepted') expect(failing).not.toHaveProperty(sha256);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(LedgerError);
        reported += 1;
      }
    }
    expect(reported).toBeGreaterThan(80);
  });
});

describe('what counts as delivered', () => {
  const inLedger = async (
    work: (
      upload: (
        ...documents: Parameters<typeof deliver> extends [unknown, ...infer Rest] ? Rest[] : never
      ) => Promise<string[][]>,
    ) => Promise<void>,
  ) => {
    using folder = temporaryFolder();
    await using ledger = await openLedger(join(folder.path, 'ledger.db'));
    await work(async (...documents) => {
      const run = ledger.begin();
      const sent: string[][] = [];
      for (const document of documents) sent.push((await deliver(run, ...document)).sent);
      await run.finish();
      return sent;
    });
  };

  test('the last of its lane only: A, A, B, A', () =>
    inLedger(async (upload) => {
      expect(await upload(['lane', 'A', ['a']])).toEqual([['a']]);
      expect(await upload(['lane', 'A', ['a']])).toEqual([[]]);
      expect(await upload(['lane', 'B', ['b']])).toEqual([['b']]);
      expect(await upload(['lane', 'A', ['a']])).toEqual([['a']]);
      expect(await upload(['other lane', 'A', ['a']])).toEqual([['a']]);
    }));

  test('the same document twice in one upload is sent once', () =>
    inLedger(async (upload) => {
      expect(await upload(['lane', 'A', ['a']], ['lane', 'A', ['a']])).toEqual([['a'], []]);
    }));

  test('force sends regardless', () =>
    inLedger(async (upload) => {
      await upload(['lane', 'A', ['a']]);
      expect(await upload(['lane', 'A', ['a'], {}, true])).toEqual([['a']]);
    }));

  test('a resumed document continues with what is not known as accepted', () =>
    inLedger(async (upload) => {
      await upload(['lane', 'A', ['a1', 'a2', 'a3', 'a4'], { a2: 'rejected', a3: 'unknown', a4: 'not-sent' }]);
      expect(await upload(['lane', 'A', ['a1', 'a2', 'a3', 'a4']])).toEqual([['a2', 'a3', 'a4']]);
      expect(await upload(['lane', 'A', ['a1', 'a2', 'a3', 'a4']])).toEqual([[]]);
    }));

  test('a resumed upload does not repeat the documents it had delivered', () =>
    inLedger(async (upload) => {
      await upload(['lane', 'A', ['a']], ['lane', 'B', ['b1', 'b2']], ['lane', 'C', ['c']]).catch(() => []);
      await upload(['lane', 'D', ['d']], ['lane', 'E', ['e1', 'e2'], { e2: 'not-sent' }]);
      expect(await upload(['lane', 'D', ['d']], ['lane', 'E', ['e1', 'e2']])).toEqual([[], ['e2']]);
      expect(await upload(['lane', 'D', ['d']], ['lane', 'E', ['e1', 'e2']])).toEqual([['d'], ['e1', 'e2']]);
    }));

  test('another upload ends an unfinished one', () =>
    inLedger(async (upload) => {
      await upload(['lane', 'A', ['a']], ['lane', 'B', ['b'], { b: 'rejected' }]);
      await upload(['lane', 'C', ['c']]);
      expect(await upload(['lane', 'A', ['a']])).toEqual([['a']]);
    }));

  test('after resuming the last document alone, an earlier one is not taken for the last', () =>
    inLedger(async (upload) => {
      await upload(['lane', 'A', ['a']], ['lane', 'B', ['b'], { b: 'not-sent' }]);
      expect(await upload(['lane', 'B', ['b']])).toEqual([['b']]);
      expect(await upload(['lane', 'A', ['a']])).toEqual([['a']]);
    }));

  test('a document split anew sends the parts that are new and lets the old ones go', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    {
      await using ledger = await openLedger(path);
      await deliver(ledger.begin(), 'lane', 'A', ['a1', 'a2'], { a2: 'not-sent' });
      expect((await deliver(ledger.begin(), 'lane', 'A', ['a1', 'x1', 'x2'])).sent).toEqual(['x1', 'x2']);
      expect(await ledger.lastDelivered('lane')).toMatchObject({ sha256: 'A', parts: 3 });
    }
    const states = (await rowsOf(path))
      .filter((row) => row.table === 'part')
      .map((row) => [row['sha256'], row['state']]);
    expect(new Map(states as [string, string][]).get('a2')).toBe('superseded');
  });

  test('a document that was not read to its end is not delivered', async () => {
    using folder = temporaryFolder();
    await using ledger = await openLedger(join(folder.path, 'ledger.db'));
    const run = ledger.begin();
    const item: LedgerItem = await run.openItem({ lane: 'lane', sha256: 'A', path: 'A' });
    await run.admit(item, { sha256: 'a1', number: 1, bytes: 1, results: 1 });
    await run.beginAttempt(item, 'a1');
    await run.endAttempt(item, 'a1', { end: 'accepted' });
    expect(await run.closeItem(item, false)).toBe('planned');
    expect(await ledger.lastDelivered('lane')).toBeUndefined();
  });
});

test('what was being sent when the process died is unknown, and is counted', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  {
    await using ledger = await openLedger(path);
    const run = ledger.begin();
    const item = await run.openItem({ lane: 'lane', sha256: 'A', path: 'A' });
    await run.admit(item, { sha256: 'a1', number: 1, bytes: 1, results: 1 });
    await run.beginAttempt(item, 'a1');
  }
  await using ledger = await openLedger(path);
  expect(ledger.interrupted).toBe(1);
  const run = ledger.begin();
  const item = await run.openItem({ lane: 'lane', sha256: 'A', path: 'A' });
  expect(item.standing).toBe('resumed');
  const known = await run.admit(item, { sha256: 'a1', number: 1, bytes: 1, results: 1 });
  expect(known).toMatchObject({ state: 'unknown', attempts: 1 });
});

test('an accepted part cannot be begun again', async () => {
  using folder = temporaryFolder();
  await using ledger = await openLedger(join(folder.path, 'ledger.db'));
  const run = ledger.begin();
  const { item } = await deliver(run, 'lane', 'A', ['a']);
  expect(await codeOf(run.beginAttempt(item, 'a'))).toBe('ledger-defect');
});

test('everything can be read as rows, without seals', async () => {
  using folder = temporaryFolder();
  await using ledger = await openLedger(join(folder.path, 'ledger.db'));
  await deliver(ledger.begin(), 'lane', 'A', ['a']);
  const rows = await allOf(ledger.rows());
  expect(rows.map((row) => row.table)).toEqual(['lane', 'item', 'part']);
  expect(rows[2]).toMatchObject({ lane: 'lane', seq: 1, sha256: 'a', state: 'accepted', status: 201, attempts: 1 });
  expect(JSON.stringify(rows)).not.toContain('seal');
});
