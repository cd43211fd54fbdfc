import { mkdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { path, sariflow, write } = scenario();

const issue = (n: number, project = 'p') => ({
  key: `${project}${n}`,
  rule: `java:S${n % 2}`,
  component: `${project}:src/A${n}.java`,
  project,
  severity: n === 5 ? 'ODD' : 'MAJOR',
  type: 'BUG',
  message: `m${n}`,
});

/** The pages of an answer with two issues on a page. */
async function writePages(folder: string, total: number, numbers: readonly number[], project?: string): Promise<void> {
  await mkdir(path(folder), { recursive: true });
  await Promise.all(
    numbers.map((pageIndex) => {
      const issues = [pageIndex * 2 - 1, pageIndex * 2].filter((n) => n <= total).map((n) => issue(n, project));
      const page = { paging: { pageIndex, pageSize: 2, total }, issues };
      return write(`${folder}/issues-${project ?? ''}${pageIndex}.json`, JSON.stringify(page));
    }),
  );
}

test('the command is built', () => expect(isBuilt).toBe(true));

describe.skipIf(!isBuilt)('pages that were saved one by one', () => {
  test('become one run, which is said, and all their findings are accounted for', async () => {
    await writePages('pages', 5, [1, 2, 3]);
    const { code, err } = await sariflow(['convert', 'pages', '-o', 'all.sarif']);
    expect(code, err).toBe(0);
    expect(err).toContain('pages/issues-1.json to pages/issues-3.json are 3 pages of one answer');
    expect(err).toContain('SF-K104 pages/issues-3.json: The severity "ODD"');
    const { runs } = JSON.parse(await readFile(path('all.sarif'), 'utf8'));
    expect(runs).toHaveLength(1);
    expect(runs[0].tool.driver.rules).toHaveLength(2);
    expect(runs[0].results).toHaveLength(5);

    const ended = await sariflow(['convert', 'pages', '-o', 'all.sarif', '--json']);
    const { files, account } = await documentOf(ended, 'convert');
    expect(files).toMatchObject([
      {
        path: 'pages/issues-1.json',
        pages: [1, 2, 3].map((n) => ({ path: `pages/issues-${n}.json`, findings: n === 3 ? 1 : 2 })),
        findings: 5,
        results: 5,
      },
    ]);
    expect(account).toMatchObject({ in: 5, accepted: 5 });
  });

  test('are one report for an upload', async () => {
    await writePages('pages', 5, [1, 2, 3]);
    const ended = await sariflow(['upload', 'pages', '--dry-run', '--json']);
    const { files, parts } = await documentOf(ended, 'upload');
    expect(files).toMatchObject([{ path: 'pages/issues-1.json', findings: 5, pages: [{}, {}, {}] }]);
    expect(parts).toHaveLength(1);
  });

  test('those of different answers stay apart, and so does what is no page', async () => {
    await writePages('mixed', 4, [1, 2]);
    await writePages('mixed', 4, [1, 2], 'other');
    await write(
      'mixed/whole.json',
      JSON.stringify({ paging: { pageIndex: 1, pageSize: 2, total: 1 }, issues: [issue(9)] }),
    );
    const ended = await sariflow(['convert', 'mixed', '-o', 'logs/', '--json']);
    const { files } = await documentOf(ended, 'convert');
    const summary = files.map(({ pages, findings }: { pages?: unknown[]; findings: number }) => [
      pages?.length ?? 1,
      findings,
    ]);
    expect(summary.sort()).toEqual([
      [1, 1],
      [2, 4],
      [2, 4],
    ]);
  });

  test('a page that is there twice is another report', async () => {
    await writePages('twice/a', 4, [1, 2]);
    await writePages('twice/b', 4, [1, 2]);
    const { files } = await documentOf(await sariflow(['convert', 'twice', '-o', 'logs/', '--json']), 'convert');
    expect(files).toMatchObject([{ findings: 4 }, { findings: 4 }]);
  });

  test('pages that are missing are missed', async () => {
    await writePages('gap', 5, [1, 3]);
    const { err } = await sariflow(['convert', 'gap', '-o', 'gap.sarif']);
    expect(err).toContain('2 pages of one answer');
    expect(err).toContain('SF-K201');
  });

  test('a page is not written over', async () => {
    await writePages('over', 4, [1, 2]);
    const { code, err } = await sariflow(['convert', 'over', '-o', 'over/issues-2.json']);
    expect(code).toBe(2);
    expect(err).toContain('is the report itself');
  });
});
