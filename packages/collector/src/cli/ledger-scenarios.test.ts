import { existsSync, lstatSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { accept, canaryKey, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import type { LedgerRow } from '../ledger/ledger.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { sariflow, write, path } = scenario();

function rowsOf(text: string): LedgerRow[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LedgerRow]));
}

/** Uploads a log as often as its numbers of results say. */
async function deliver(...results: readonly number[]) {
  await using server = await startHttpServer((response) => accept(response));
  for (const count of results) {
    await write('a.sarif', sampleLog({ results: count }));
    const ended = await sariflow(['upload', 'a.sarif'], { env: settingsFor(server.origin) });
    expect(ended.code).toBe(0);
  }
}

describe.skipIf(!isBuilt)('sariflow ledger', () => {
  test('show: each lane with what was delivered last; nothing is written by it', async () => {
    await deliver(3, 4);
    const text = await sariflow(['ledger', 'show']);
    expect(text.code).toBe(0);
    expect(text.out).toContain('1 lane');
    expect(text.out).toMatch(/delivered \S+ {2}a\.sarif {2}4 findings in 1 part/);

    const before = await readFile(path('.sariflow', 'ledger.db'));
    const shown = await documentOf(await sariflow(['ledger', 'show', '--json']), 'ledger-show');
    expect(shown).toMatchObject({
      laneCount: 1,
      ownerPid: null,
      lanes: [{ documents: 2, delivered: { seq: 2, results: 4 }, latest: { seq: 2 }, parts: { accepted: 2 } }],
    });
    expect(await readFile(path('.sariflow', 'ledger.db'))).toEqual(before);
    const none = await documentOf(await sariflow(['ledger', 'show', '--json', '--lane', 'other']), 'ledger-show');
    expect(none).toMatchObject({ laneCount: 0, lanes: [] });
  });

  test('show says what has not arrived', async () => {
    await write('a.sarif', sampleLog());
    await using server = await startHttpServer((response) => response.writeHead(400).end());
    expect((await sariflow(['upload', 'a.sarif'], { env: settingsFor(server.origin) })).code).toBe(5);
    const { out } = await sariflow(['ledger', 'show']);
    expect(out).toContain('nothing was delivered yet');
    expect(out).toMatch(/rejected \d of its parts/);
  });

  test('export: a line of JSON for every row, to standard output or to a file for the user alone', async () => {
    await deliver(3);
    const { code, out } = await sariflow(['ledger', 'export']);
    expect(code).toBe(0);
    expect(rowsOf(out).map(({ table }) => table)).toEqual(['lane', 'item', 'part']);
    expect(out).not.toContain(canaryKey);
    expect(out).not.toContain('seal');

    const written = await sariflow(['ledger', 'export', '-o', 'rows.ndjson', '--json']);
    expect(await documentOf(written, 'ledger-export')).toMatchObject({ rows: { lane: 1, item: 1, part: 1, quota: 0 } });
    expect(await readFile(path('rows.ndjson'), 'utf8')).toBe(out);
    expect(lstatSync(path('rows.ndjson')).mode & 0o777).toBe(0o600);
    expect((await sariflow(['ledger', 'export', '--json'])).code).toBe(2);
  });

  test('purge: the latest of each lane stays, so nothing is sent again; --all forgets that, too', async () => {
    await deliver(3, 4, 5);
    const purged = await documentOf(await sariflow(['ledger', 'purge', '--json']), 'ledger-purge');
    expect(purged.purged).toEqual({ lanes: 0, documents: 2, parts: 2 });
    expect(rowsOf((await sariflow(['ledger', 'export'])).out)).toHaveLength(3);
    const young = await documentOf(
      await sariflow(['ledger', 'purge', '--json', '--all', '--older-than', '1h']),
      'ledger-purge',
    );
    expect(young.purged.documents).toBe(0);

    await write('.sariflow/dead-letters.ndjson', '{}');
    const all = await documentOf(await sariflow(['ledger', 'purge', '--json', '--all']), 'ledger-purge');
    expect(existsSync(path('.sariflow', 'dead-letters.ndjson'))).toBe(false);
    expect(all.purged).toEqual({ lanes: 1, documents: 1, parts: 1 });
    expect((await sariflow(['ledger', 'export'])).out).toBe('');
    // What was forgotten is not left in the file either.
    expect((await readFile(path('.sariflow', 'ledger.db'))).includes('a.sarif')).toBe(false);
    expect((await sariflow(['ledger', 'purge', '--older-than', 'soon'])).code).toBe(2);
  });

  test('where there is none, that is said and none is made', async () => {
    for (const what of ['show', 'export', 'purge']) {
      expect(await sariflow(['ledger', what])).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('There is no ledger'),
      });
    }
    expect(existsSync(path('.sariflow'))).toBe(false);
  });
});

describe.skipIf(!isBuilt)('receipts', () => {
  test('say what was sent where and what became of it, and are checked by ledger verify', async () => {
    await write('a.sarif', sampleLog({ results: 12 }));
    await write('bad.sarif', 'not JSON');
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(
      ['upload', 'a.sarif', 'bad.sarif', '--receipt', 'receipt.json', '--max-part-bytes', '2500'],
      { env: settingsFor(server.origin) },
    );
    expect(ended.code).toBe(3);
    const text = await readFile(path('receipt.json'), 'utf8');
    const receipt = JSON.parse(text);
    const published = JSON.parse(await readFile(new URL('../../schemas/receipt.json', import.meta.url), 'utf8'));
    expect(new Ajv2020({ allowUnionTypes: true }).validate(published, receipt)).toBe(true);
    expect(receipt).toMatchObject({
      target: 'cortex',
      origin: server.origin,
      account: { in: 12, accepted: 12 },
      exit: { code: 3, name: 'unreadable' },
      context: { branch: { value: 'main', origin: 'SARIFLOW_BRANCH' } },
      files: [
        { path: 'a.sarif', delivered: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { path: 'bad.sarif', delivered: false },
      ],
    });
    expect(receipt.parts.map(({ bytes }: { bytes: number }) => bytes)).toEqual(
      server.seen.map(({ body }) => body.length),
    );
    for (const { sentAt, doneAt } of receipt.parts)
      expect(Date.parse(doneAt)).toBeGreaterThanOrEqual(Date.parse(sentAt));
    expect(text).not.toContain(canaryKey);
    expect(lstatSync(path('receipt.json')).mode & 0o777).toBe(0o600);

    const verified = await documentOf(await sariflow(['ledger', 'verify', 'receipt.json', '--json']), 'ledger-verify');
    expect(verified.files).toMatchObject([
      { valid: true, accepted: 12, filesUnchanged: 1, filesChanged: [], filesMissing: 1 },
    ]);
    await write('a.sarif', sampleLog({ results: 11 }));
    const again = await sariflow(['ledger', 'verify', 'receipt.json']);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('a.sarif is not the file any more') });

    await write('forged.json', text.replace('"accepted":12', '"accepted":13'));
    const forged = await sariflow(['ledger', 'verify', 'forged.json', 'missing.json', '--json']);
    expect(forged.code).toBe(3);
    expect((await documentOf(forged, 'ledger-verify')).files).toMatchObject([
      { valid: false, error: { code: 'receipt-changed' } },
      { valid: false, error: { code: 'SF-I101' } },
    ]);
    expect((await sariflow(['ledger', 'verify', 'forged.json'])).code).toBe(1);
  });

  test('a place that cannot be written to is known before anything is sent', async () => {
    await write('a.sarif', sampleLog());
    await mkdir(path('folder'));
    await using server = await startHttpServer((response) => accept(response));
    const env = settingsFor(server.origin);
    const refused = await sariflow(['upload', 'a.sarif', '--receipt', 'missing/receipt.json'], { env });
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('missing/receipt.json cannot be written') });
    expect((await sariflow(['upload', 'a.sarif', '--receipt', 'r.json', '--dry-run'], { env })).code).toBe(2);
    expect(server.seen).toEqual([]);
  });
});
