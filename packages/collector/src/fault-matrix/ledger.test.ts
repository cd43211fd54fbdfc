import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { documentOf, isBuilt, scenario } from '../cli/test-support/scenario.ts';
import type { LedgerRun } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { openLedger, viewLedger } from '../ledger/sqlite-ledger.ts';
import { sqliteModule } from '../ledger/sqlite-module.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { accept, arrivedMessages, sampleLog, settingsFor } from './test-support/command-delivery.ts';

// Section 3.4 of the fault matrix, rows 55 to 60: disk and ledger. What the receiver has seen is what is believed.

const { sariflow, write, path } = scenario();
const holder = fileURLToPath(new URL('../ledger/test-support/hold-ledger.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
const mayMount = isRoot && succeeds('mount', '--version');
const mayTrace = succeeds('strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=none', 'true');

function succeeds(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    // Not installed, or not permitted here: the rows that need it are skipped and reported as such.
    return false;
  }
}

async function deliver(run: LedgerRun, document: string, parts: readonly string[]): Promise<void> {
  const item = await run.openItem({ lane: 'lane', sha256: document, path: document });
  for (const [index, sha256] of parts.entries()) {
    await run.admit(item, { sha256, number: index + 1, bytes: 1, results: 1 });
    await run.beginAttempt(item, sha256);
    await run.endAttempt(item, sha256, { end: 'accepted', httpStatus: 201 });
  }
  await run.closeItem(item, true);
}

/** A memory disk of one megabyte. */
function smallDisk(at: string): Disposable {
  mkdirSync(at, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', at]);
  return { [Symbol.dispose]: () => void execFileSync('umount', [at]) };
}

/** Leaves `bytes` of room on a disk. */
function fill(disk: string, bytes: number): () => void {
  const ballast = join(disk, 'ballast');
  const size = 1_048_576 - bytes;
  writeFileSync(ballast, Buffer.alloc(size));
  return () => rmSync(ballast);
}

describe.skipIf(!isBuilt || !mayMount)('with a disk that is really full', () => {
  test('55 ledger disk full at append: nothing more is sent, what is known is kept, the place is named', async () => {
    using _ = smallDisk(path('disk'));
    await write('a.sarif', sampleLog({ results: 120 }));
    const free = fill(path('disk'), 160_000);
    await using server = await startHttpServer((response) => accept(response));
    const upload = (...more: string[]) =>
      sariflow(['upload', 'a.sarif', '--ledger', 'disk/ledger.db', '--max-part-bytes', '1600', '--json', ...more], {
        env: settingsFor(server.origin),
      });

    const full = await upload();
    expect(full.code).toBe(6);
    expect(full.err).toContain('disk/ledger.db');
    expect(full.err).toContain('no space left');
    const first = await documentOf(full, 'upload');
    const outcomes = first.parts.map(({ outcome }: { outcome: string }) => outcome);
    expect(outcomes).toContain('accepted');
    expect(outcomes).toContain('undelivered');
    const sentAtFirst = server.seen.length;
    // Whoever got an answer is among them, even if the answer could not be written down any more.
    expect(outcomes.filter((outcome: string) => outcome === 'accepted').length).toBe(sentAtFirst);

    free();
    const rest = await upload();
    expect(rest.code).toBe(0);
    const messages = arrivedMessages(server.seen);
    expect(new Set(messages).size).toBe(120);
    // At most the part whose answer could not be written down came twice.
    const bodies = server.seen.map(({ body }) => body);
    expect(bodies.length - new Set(bodies).size).toBeLessThanOrEqual(1);
  });

  test('55 ledger disk full before anything was sent: nothing is sent', async () => {
    using _ = smallDisk(path('disk'));
    await write('a.sarif', sampleLog());
    fill(path('disk'), 4096);
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(['upload', 'a.sarif', '--ledger', 'disk/ledger.db'], {
      env: settingsFor(server.origin),
    });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('disk/ledger.db') });
    expect(server.seen).toEqual([]);
  });
});

test('rows 55 need a disk to fill, row 56 a tracer: either they run or they are reported as skipped', () => {
  expect([mayMount, mayTrace].every((able) => typeof able === 'boolean')).toBe(true);
  if (process.platform !== 'linux') expect(mayMount).toBe(false);
});

describe.skipIf(!isBuilt || !mayTrace)('with a disk that fails', () => {
  test('56 fdatasync EIO: the ledger is not written any more, success is not claimed, nothing more is sent', async () => {
    await write('a.sarif', sampleLog({ results: 60 }));
    await using server = await startHttpServer((response) => accept(response));
    const args = ['upload', 'a.sarif', '--max-part-bytes', '1600', '--json'];
    const traced = await sariflow(args, {
      env: settingsFor(server.origin),
      wrapper: ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'inject=fdatasync,fsync:error=EIO:when=24+'],
    });
    expect(traced.code).not.toBe(0);
    expect(traced.err).toContain('.sariflow/ledger.db');
    const document = await documentOf(traced, 'upload');
    expect(document.account.undelivered).toBeGreaterThan(0);
    expect(server.seen.length).toBeLessThan(document.parts.length);
    expect(server.seen.length).toBeGreaterThan(0);

    const again = await sariflow(args, { env: settingsFor(server.origin) });
    // Either the file is well, and the rest is sent, or it is not, and that is said. It is never "all done" with parts missing.
    if (again.code === 0) expect(new Set(arrivedMessages(server.seen)).size).toBe(60);
    else expect(again.err).toContain('ledger.db is damaged');
  });

  test('60 a network disk without locks: refused in words, nothing is sent', async () => {
    await write('a.sarif', sampleLog());
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(['upload', 'a.sarif'], {
      env: settingsFor(server.origin),
      wrapper: [
        ...['strace', '-f', '-qq', '-o', '/dev/null', '-P', path('.sariflow', 'ledger.db.lock')],
        ...['-e', 'inject=fcntl:error=ENOLCK'],
      ],
    });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('ledger') });
    expect(server.seen).toEqual([]);
  });
});

describe('57 a damaged ledger', () => {
  /** A ledger of a process that died: A was delivered, then B. Nothing was written back from the log yet. */
  async function afterTwoDocuments(folder: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
    const place = join(folder, 'ledger.db');
    await using ledger = await openLedger(place);
    const run = ledger.begin();
    await deliver(run, 'A', ['a1', 'a2']);
    await run.finish();
    const next = ledger.begin();
    await deliver(next, 'B', ['b1', 'b2']);
    return ['', '-wal', '-witness'].map((suffix) => ({
      name: suffix,
      bytes: Buffer.from(readFileSync(`${place}${suffix}`)),
    }));
  }

  /** What a ledger in this condition says of the lane's last document; `refused` when it is reported as damaged. */
  async function lastDelivered(place: string): Promise<string> {
    try {
      await using ledger = await openLedger(place);
      // A repeated upload of A must not be taken for delivered.
      const item = await ledger.begin().openItem({ lane: 'lane', sha256: 'A', path: 'A' });
      const last = (await ledger.lastDelivered('lane'))?.sha256 ?? 'none';
      return item.standing === 'delivered' ? 'A counts as delivered' : last;
    } catch (error) {
      if (error instanceof LedgerError) return error.code === 'ledger-damaged' ? 'refused' : error.code;
      throw error;
    }
  }

  test('57 the log cut anywhere: an older document never counts as the last delivered', async () => {
    using folder = temporaryFolder();
    const files = await afterTwoDocuments(folder.path);
    const log = files.find(({ name }) => name === '-wal')?.bytes ?? Buffer.alloc(0);
    expect(log.length).toBeGreaterThan(20_000);
    const said = new Map<string, number>();
    for (let round = 0; round < 100; round += 1) {
      const place = join(folder.path, `cut ${round}.db`);
      for (const { name, bytes } of files) writeFileSync(`${place}${name}`, bytes, { mode: 0o600 });
      truncateSync(`${place}-wal`, Math.floor((log.length * (round * 37 + 11)) / 3711));
      const answer = await lastDelivered(place);
      said.set(answer, (said.get(answer) ?? 0) + 1);
      for (const suffix of ['', '-wal', '-shm', '-witness', '-lock', '.lock'])
        rmSync(`${place}${suffix}`, { force: true });
    }
    expect([...said.keys()].filter((answer) => answer !== 'refused' && answer !== 'B')).toEqual([]);
    expect(said.get('refused')).toBeGreaterThan(50);
  });

  test('57 the log whole: B is known as the last delivered', async () => {
    using folder = temporaryFolder();
    const files = await afterTwoDocuments(folder.path);
    const place = join(folder.path, 'whole.db');
    for (const { name, bytes } of files) writeFileSync(`${place}${name}`, bytes, { mode: 0o600 });
    expect(await lastDelivered(place)).toBe('B');
  });

  test('57 bits flipped in any of its files: refused, or what it says is true', async () => {
    using folder = temporaryFolder();
    const files = await afterTwoDocuments(folder.path);
    let refused = 0;
    for (let round = 0; round < 120; round += 1) {
      const place = join(folder.path, `flip ${round}.db`);
      const chosen = files[round % files.length];
      for (const file of files) {
        const bytes = Buffer.from(file.bytes);
        if (file === chosen) {
          const at = (round * 7919 * 131) % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (round % 8));
        }
        writeFileSync(`${place}${file.name}`, bytes, { mode: 0o600 });
      }
      const answer = await lastDelivered(place);
      expect(['refused', 'B', 'ledger-foreign', 'ledger-newer']).toContain(answer);
      if (answer !== 'B') refused += 1;
    }
    expect(refused).toBeGreaterThan(10);
  });

  test('57 files missing or zeroed: refused, with the place and how to go on', async () => {
    using folder = temporaryFolder();
    const files = await afterTwoDocuments(folder.path);
    const damage: readonly (readonly [string, (place: string) => void])[] = [
      ['no log', (place) => rmSync(`${place}-wal`)],
      ['no database', (place) => rmSync(place)],
      ['no witness', (place) => rmSync(`${place}-witness`)],
      ['an empty database', (place) => truncateSync(place, 0)],
      ['a zeroed database', (place) => writeFileSync(place, Buffer.alloc(8192), { mode: 0o600 })],
      ['a zeroed log', (place) => writeFileSync(`${place}-wal`, Buffer.alloc(8192))],
      ['a zeroed witness', (place) => writeFileSync(`${place}-witness`, Buffer.alloc(128))],
    ];
    for (const [what, work] of damage) {
      const place = join(folder.path, `${what}.db`);
      for (const { name, bytes } of files) writeFileSync(`${place}${name}`, bytes, { mode: 0o600 });
      work(place);
      const refusal = await openLedger(place).catch((error: unknown) => error);
      expect([what, refusal]).toMatchObject([what, { code: 'ledger-damaged', place }]);
      expect((refusal as LedgerError).message).toContain('run again');
    }
  });

  test('57 the witness of another ledger, or a link in its place: refused', async () => {
    using folder = temporaryFolder();
    const one = join(folder.path, 'one.db');
    const other = join(folder.path, 'other.db');
    await (await openLedger(one)).close();
    await (await openLedger(other)).close();
    copyFileSync(`${other}-witness`, `${one}-witness`);
    await expect(openLedger(one)).rejects.toMatchObject({ code: 'ledger-damaged' });

    rmSync(`${other}-witness`);
    await symlink(`${one}-witness`, `${other}-witness`);
    await expect(openLedger(other)).rejects.toMatchObject({ code: 'ledger-foreign' });
  });

  test('57 the command says it, exits with 2 and sends nothing', async () => {
    await write('a.sarif', sampleLog());
    await mkdir(path('.sariflow'));
    await write('.sariflow/ledger.db', 'no database at all, but long enough to be read as one'.repeat(100));
    await chmod(path('.sariflow', 'ledger.db'), 0o600);
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(['upload', 'a.sarif'], { env: settingsFor(server.origin) });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('ledger.db is damaged') });
    expect(server.seen).toEqual([]);
  });
});

describe('58 two processes, one ledger', () => {
  test.skipIf(!isBuilt)('58 the second is refused at once with the pid; the lock is free after kill -9', async () => {
    await write('a.sarif', sampleLog());
    await mkdir(path('.sariflow'));
    const owner = spawn(process.execPath, [holder, path('.sariflow', 'ledger.db')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    await using server = await startHttpServer((response) => accept(response));
    const env = settingsFor(server.origin);
    const refused = await sariflow(['upload', 'a.sarif'], { env });
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(`process ${owner.pid}`) });
    expect(server.seen).toEqual([]);

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect((await sariflow(['upload', 'a.sarif'], { env })).code).toBe(0);
    expect(server.seen).toHaveLength(1);
  });
});

describe('59 ledgers of other versions and for other purposes', () => {
  test('59 a newer one is refused, one of another program is left alone', async () => {
    using folder = temporaryFolder();
    const { DatabaseSync } = sqliteModule();
    const newer = join(folder.path, 'newer.db');
    await (await openLedger(newer)).close();
    const database = new DatabaseSync(newer);
    database.exec('pragma user_version = 99');
    database.close();
    await expect(openLedger(newer)).rejects.toMatchObject({ code: 'ledger-newer' });
    await expect(viewLedger(newer)).rejects.toMatchObject({ code: 'ledger-newer' });

    const foreign = join(folder.path, 'foreign.db');
    const other = new DatabaseSync(foreign);
    other.exec('create table t (x)');
    other.close();
    const before = readFileSync(foreign);
    await expect(openLedger(foreign)).rejects.toMatchObject({ code: 'ledger-foreign' });
    expect(readFileSync(foreign)).toEqual(before);
    expect((await readdir(folder.path)).filter((name) => name.startsWith('foreign.db-'))).toEqual([]);
  });

  test('59 an older one is brought up to date and keeps what it knows', async () => {
    using folder = temporaryFolder();
    const place = join(folder.path, 'old.db');
    {
      await using ledger = await openLedger(place);
      const run = ledger.begin();
      await deliver(run, 'A', ['a1']);
      await run.finish();
    }
    const { DatabaseSync } = sqliteModule();
    const database = new DatabaseSync(place);
    database.exec("drop table quota; delete from meta where key in ('id', 'changes'); pragma user_version = 1");
    database.close();
    rmSync(`${place}-witness`);
    {
      await using view = await viewLedger(place);
      const tables: string[] = [];
      for await (const { table } of view.rows()) tables.push(table);
      expect(tables).toEqual(['lane', 'item', 'part']);
    }
    for (let round = 0; round < 2; round += 1) {
      await using ledger = await openLedger(place);
      expect(await ledger.lastDelivered('lane')).toMatchObject({ sha256: 'A' });
      await ledger.useQuota('scope', '2026-11', 1);
      expect(await ledger.quotaUsed('scope', '2026-11')).toBe(round + 1);
    }
    expect(existsSync(`${place}-witness`)).toBe(true);
  });

  test.skipIf(!isBuilt)(
    '59 another collector, another branch, other part sizes: nothing counts as sent that was not',
    async () => {
      await write('a.sarif', sampleLog({ results: 30 }));
      let refused = '';
      await using server = await startHttpServer((response, request) => {
        if (request.body === refused) response.writeHead(404).end();
        else accept(response);
      });
      const env = settingsFor(server.origin);
      const upload = async (...more: string[]) => {
        const before = server.seen.length;
        const { code } = await sariflow(['upload', 'a.sarif', '--json', ...more], { env });
        return { code, sent: server.seen.slice(before).map(({ body }) => body) };
      };
      expect(await upload()).toMatchObject({ code: 0, sent: [expect.any(String)] });
      expect(await upload()).toMatchObject({ code: 0, sent: [] });
      expect((await upload('--branch', 'other')).sent).toHaveLength(1);
      expect((await upload('--url', `${server.origin}/collectors/col_2`)).sent).toHaveLength(1);

      const small = await upload('--branch', 'third', '--max-part-bytes', '2500');
      expect(small.sent.length).toBeGreaterThan(2);
      refused = small.sent[1] ?? '';
      expect((await upload('--branch', 'fifth', '--max-part-bytes', '2500')).code).toBe(5);
      // Cut differently, the document has other parts: what was accepted of the first plan does not stand for them.
      const anew = await upload('--branch', 'fifth', '--max-part-bytes', '3500');
      expect(anew.code).toBe(0);
      expect(new Set(arrivedMessages(anew.sent.map((body) => ({ body }) as never))).size).toBe(30);
    },
  );
});

describe('60 places that are difficult', () => {
  test('60 a path with spaces, quotes and letters outside ASCII works', async () => {
    using folder = temporaryFolder();
    const place = join(folder.path, `it's "größer" % # ? 日本.db`);
    for (let round = 0; round < 2; round += 1) await (await openLedger(place)).close();
    await using view = await viewLedger(place);
    expect(view.ownerPid).toBeUndefined();
  });

  test.skipIf(!isBuilt || !isRoot)('60 a read-only folder: a clear error, or --no-ledger', async () => {
    await write('a.sarif', sampleLog());
    // Root may write anywhere, so the command runs as somebody else.
    const nobody = 65_534;
    await chown(path(), nobody, nobody);
    await chmod(path(), 0o555);
    await using server = await startHttpServer((response) => accept(response));
    const options = { env: settingsFor(server.origin), uid: nobody };
    const refused = await sariflow(['upload', 'a.sarif'], options);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--no-ledger') });
    expect(server.seen).toEqual([]);
    expect((await sariflow(['upload', 'a.sarif', '--no-ledger'], options)).code).toBe(0);
    expect(server.seen).toHaveLength(1);
    await chmod(path(), 0o755);
  });
});
