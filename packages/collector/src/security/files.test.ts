import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBuilt, scenario } from '../cli/test-support/scenario.ts';
import { accept, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';

// The security checklist, S8, S13 and S14: what is read, and what is left behind.

const { sariflow, write, path } = scenario();

describe.skipIf(!isBuilt)('files of others', () => {
  test('S8 a report reaches no file outside of its folder, by no kind of name', async () => {
    const canary = { version: '2.1.0', artifacts: [{ location: { uri: 'STOLEN' } }] };
    await write('outside.sarif-external-properties', JSON.stringify(canary));
    await mkdir(path('reports'));
    await symlink('../outside.sarif-external-properties', path('reports', 'link.sarif-external-properties'));
    const names = [
      '../outside.sarif-external-properties',
      '%2e%2e/outside.sarif-external-properties',
      '..%2foutside.sarif-external-properties',
      'x/../../outside.sarif-external-properties',
      path('outside.sarif-external-properties'),
      `file://${encodeURI(path('outside.sarif-external-properties'))}`,
      'link.sarif-external-properties',
      'file:///etc/passwd',
    ];
    for (const [index, uri] of names.entries()) {
      const log = JSON.parse(sampleLog({ results: 1, tool: `T${index}` }));
      log.runs[0].originalUriBaseIds = { ROOT: { uri: `file://${encodeURI(path())}/` } };
      log.runs[0].externalPropertyFileReferences = {
        artifacts: [{ location: { uri }, guid: `a3e2d1f0-0000-4000-8000-00000000000${index}` }],
      };
      await write(`reports/${index}.sarif`, JSON.stringify(log));
    }
    const ended = await sariflow(['normalize', 'reports', '-o', 'out/', '--json']);
    const written = readdirSync(path('out')).map((name) => readFileSync(path('out', name), 'utf8'));
    expect(written.length).toBeGreaterThan(0);
    expect(written.join('') + ended.out + ended.err).not.toMatch(/STOLEN|root:x:0/);
  });
});

describe('files of ours', () => {
  test.skipIf(!isBuilt)('S13 are for the user alone, whatever the umask says', async () => {
    await write('a.sarif', sampleLog());
    await using server = await startHttpServer((response) => accept(response));
    const before = new Set(readdirSync(path()));
    const ended = await sariflow(['upload', 'a.sarif', '--receipt', 'r.json', '--save-parts', 'parts'], {
      env: settingsFor(server.origin),
      wrapper: ['bash', '-c', 'umask 000; exec "$@"', 'bash'],
    });
    expect(ended.code).toBe(0);
    const made = readdirSync(path(), { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((place) => !before.has(place.slice(path().length + 1)))
      // What Node.js keeps in its cache of compiled code has its own ways; the folder around it is ours.
      .filter((place) => !place.includes(join('sariflow', 'compiled')));
    expect(made.length).toBeGreaterThan(4);
    for (const place of made) expect([place, lstatSync(place).mode & 0o077]).toEqual([place, 0]);
  });

  test.each(['', '-wal', '-shm', '.lock', '-witness'])(
    'S13 a link in the place of ledger.db%s is not followed',
    async (suffix) => {
      using folder = temporaryFolder();
      const place = join(folder.path, 'ledger.db');
      if (suffix !== '') await (await openLedger(place)).close();
      const victim = join(folder.path, 'victim');
      writeFileSync(victim, 'untouched', { mode: 0o600 });
      const { rmSync } = await import('node:fs');
      rmSync(`${place}${suffix}`, { force: true });
      symlinkSync(victim, `${place}${suffix}`);
      await expect(openLedger(place)).rejects.toMatchObject({ code: 'ledger-foreign' });
      expect(readFileSync(victim, 'utf8')).toBe('untouched');
    },
  );

  test('S13 a ledger that others could have written, as one that came with a checkout, is not believed', async () => {
    using folder = temporaryFolder();
    const place = join(folder.path, 'ledger.db');
    await (await openLedger(place)).close();
    const { chmodSync } = await import('node:fs');
    chmodSync(place, 0o644);
    await expect(openLedger(place)).rejects.toMatchObject({
      code: 'ledger-foreign',
      message: expect.stringContaining('chmod 600'),
    });
    chmodSync(place, 0o600);
    await (await openLedger(place)).close();
  });

  test('S14 what is forgotten is gone from the file, and not only from sight', async () => {
    using folder = temporaryFolder();
    const place = join(folder.path, 'ledger.db');
    await using ledger = await openLedger(place);
    const run = ledger.begin();
    const item = await run.openItem({ lane: 'lane', sha256: 'd', path: 'name-of-a-customer.sarif' });
    await run.closeItem(item, true);
    await run.finish();
    expect(await ledger.purge({ everything: true })).toEqual({ lanes: 1, documents: 1, parts: 0 });
    for (const name of readdirSync(folder.path)) {
      expect([name, readFileSync(join(folder.path, name), 'latin1').includes('name-of-a-customer')]).toEqual([
        name,
        false,
      ]);
    }
  });
});
