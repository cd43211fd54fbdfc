import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { path, sariflow, write } = scenario();

const finding = (n: number) => ({
  check_id: 'eval',
  path: 'a.py',
  start: { line: n, col: 1 },
  end: { line: n, col: 2 },
  extra: { message: `m${n}`, severity: 'ERROR', metadata: {}, engine_kind: 'OSS', odd: n },
});
const report = JSON.stringify({
  version: '1.0.0',
  results: [1, 2, 3].map(finding),
  errors: [],
  paths: { scanned: [] },
});

test('the command is built', () => expect(isBuilt).toBe(true));

describe.skipIf(!isBuilt)('convert --loss-report', () => {
  test('a table on the terminal: what was counted, and what is documented', async () => {
    await write('a.json', report);
    const { code, err } = await sariflow(['convert', 'a.json', '-o', 'a.sarif', '--loss-report']);
    expect(code).toBe(0);
    expect(err).toMatch(/3 +extra\.engine_kind +kept +A finding +properties\["semgrep\/engineKind"\]/);
    expect(err).toMatch(/– +extra\.metavars, extra\.fixed_lines +on request/);
  });

  test('in the document, with every field that was counted', async () => {
    await write('a.json', report);
    const ended = await sariflow(['convert', 'a.json', '-o', 'a.sarif', '--loss-report', '--json']);
    const [file] = (await documentOf(ended, 'convert')).files;
    const counted = file.lossReport.flatMap(({ losses }: { losses: unknown[] }) => losses);
    expect(counted).toEqual(expect.arrayContaining(file.losses));
    expect(file.lossReport).toContainEqual(
      expect.objectContaining({
        section: 'A finding',
        fate: 'kept',
        count: 3,
        losses: [{ field: 'extra.odd', count: 3, kept: true }],
      }),
    );
  });

  test('to a file, as JSON or Markdown, as often as one likes', async () => {
    await write('a.json', report);
    for (const name of ['losses.json', 'losses.json', 'losses.md']) {
      const { code, err } = await sariflow(['convert', 'a.json', '-o', 'a.sarif', `--loss-report=${name}`]);
      expect(code, err).toBe(0);
    }
    const { document, files } = JSON.parse(await readFile(path('losses.json'), 'utf8'));
    expect(document).toBe('loss-report');
    expect(files[0]).toMatchObject({ path: 'a.json', format: 'semgrep', findings: 3, results: 3 });
    expect(await readFile(path('losses.md'), 'utf8')).toContain('| 3 | extra.engine_kind | A finding | kept |');
  });

  test('a report is not written over', async () => {
    await write('a.json', report);
    await write('b.json', report);
    const { code, err } = await sariflow(['convert', '--loss-report', 'a.json', 'b.json', '-o', 'b.sarif']);
    expect(code).toBe(2);
    expect(err).toContain('a.json is there already and is no loss report');
    expect(await readFile(path('a.json'), 'utf8')).toBe(report);
  });
});

describe.skipIf(!isBuilt)('damaged reports', () => {
  test('one finding that is not JSON is dropped and named, the others are converted', async () => {
    await write('a.json', report.replace('"message":"m2"', '"message":m2'));
    const ended = await sariflow(['convert', 'a.json', '-o', 'a.sarif', '--json']);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('SF-K109');
    const { account, files } = await documentOf(ended, 'convert');
    expect(account).toMatchObject({ in: 3, accepted: 2, dropped: 1 });
    expect(files[0]).toMatchObject({ findings: 3, results: 2 });
    expect((await sariflow(['convert', 'a.json', '-o', 'a.sarif', '--max-dropped', '1'])).code).toBe(0);
  });

  test('of a report that ends early everything is converted that is complete, and the exit code says that it is not whole', async () => {
    await write('a.json', report.slice(0, -5));
    const ended = await sariflow(['convert', 'a.json', '-o', 'a.sarif', '--json']);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('SF-K203');
    expect((await documentOf(ended, 'convert')).files[0]).toMatchObject({ findings: 3, results: 3, truncated: true });
  });

  test('an upload holds a report back that ends early', async () => {
    await write('a.json', report.slice(0, -5));
    const ended = await sariflow(['upload', 'a.json', '--target', 'local', '--no-ledger', '--json']);
    expect(ended.code).toBe(8);
    expect((await documentOf(ended, 'upload')).account).toMatchObject({ in: 3, accepted: 0, held: 3 });
  });
});
