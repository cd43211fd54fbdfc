import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { sariflow, write, path } = scenario();

interface Finding {
  readonly line?: number;
  readonly rule?: string;
  readonly level?: string;
  readonly file?: string;
  readonly more?: object;
}

const result = ({ line = 1, rule = 'no-eval', level = 'error', file = 'src/cart.js', more = {} }: Finding) => ({
  ruleId: rule,
  level,
  message: { text: `The text is evaluated, says ${rule}.` },
  locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } } }],
  ...more,
});

function log(findings: readonly Finding[], run: object = {}): string {
  const rules = [{ id: 'no-eval', shortDescription: { text: 'Do not evaluate text as code.' } }];
  const driver = { name: 'Shop Lint', version: '1.4.0', rules };
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results: findings.map(result), ...run }],
  });
}

const semgrep = JSON.stringify({
  version: '1.140.0',
  results: [
    {
      check_id: 'javascript.eval',
      path: 'src/app.js',
      start: { line: 3, col: 1, offset: 20 },
      end: { line: 3, col: 9, offset: 28 },
      extra: { message: 'Do not use eval.', severity: 'ERROR', metadata: {}, lines: 'eval(x)' },
    },
  ],
  errors: [],
  paths: { scanned: ['src/app.js'] },
});

const lines = (count: number): Finding[] => Array.from({ length: count }, (_, at) => ({ file: `src/${at}.js` }));
const parse = async (name: string) => JSON.parse(await readFile(path(name), 'utf8'));
const resultsIn = (sarif: { runs: { results: unknown[] }[] }) => sarif.runs.flatMap(({ results }) => results);

function sumsUp({ in: total, ...columns }: Record<string, number>): boolean {
  return total === Object.values(columns).reduce((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
}

describe.skipIf(!isBuilt)('merge', () => {
  test('reports of all formats become one log, equal results once, and the account says so', async () => {
    await write('a.sarif', log([{ line: 1 }, { line: 2 }]));
    await write('b.sarif', log([{ line: 2 }, { line: 3 }]));
    await write('c.json', semgrep);
    const ended = await sariflow(['merge', 'a.sarif', 'b.sarif', 'c.json', '-o', 'all.sarif', '--json']);
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'merge');
    expect(document.merged).toEqual({
      runs: { before: 3, after: 2 },
      results: { before: 5, after: 4 },
      duplicates: 1,
      unchecked: 0,
      output: 'all.sarif',
    });
    expect(document.account).toMatchObject({
      in: 5,
      accepted: 4,
      merged: 1,
      reasons: [{ code: 'equal-result', count: 1 }],
    });
    expect(sumsUp(document.account)).toBe(true);
    const { runs } = await parse('all.sarif');
    expect(runs[0].results.map(({ occurrenceCount }: { occurrenceCount?: number }) => occurrenceCount)).toEqual([
      undefined,
      2,
      undefined,
    ]);
    expect((await sariflow(['validate', 'all.sarif'])).code).toBe(0);
  });

  test('the log goes to standard output, and nothing else does', async () => {
    await write('a.sarif', log([{}]));
    const ended = await sariflow(['merge', 'a.sarif', '-'], { input: log([{ line: 9 }]) });
    expect(resultsIn(JSON.parse(ended.out))).toHaveLength(2);
    expect(ended.err).toContain('2 runs → 1');
    expect(ended.code).toBe(0);
  });

  test('without all of the reports there is no log', async () => {
    await write('a.sarif', log([{}]));
    await write('cut.sarif', log([{}]).slice(0, 200));
    for (const other of ['cut.sarif', 'missing.sarif']) {
      const ended = await sariflow(['merge', 'a.sarif', other, '-o', 'all.sarif', '--json']);
      expect(ended.code).toBe(3);
      const document = await documentOf(ended, 'merge');
      expect(document.merged).toBe(null);
      expect(document.account).toMatchObject({ in: 1, held: 1 });
      expect(existsSync(path('all.sarif'))).toBe(false);
    }
    await mkdir(path('empty'));
    expect((await sariflow(['merge', 'empty'])).code).toBe(3);
  });

  test('no report is overwritten, under whatever name', async () => {
    await write('a.sarif', log([{}]));
    await write('b.sarif', log([{ line: 2 }]));
    await link(path('a.sarif'), path('hard.sarif'));
    await symlink(path('a.sarif'), path('soft.sarif'));
    for (const name of ['a.sarif', './a.sarif', 'hard.sarif', 'soft.sarif']) {
      const ended = await sariflow(['merge', 'a.sarif', 'b.sarif', '-o', name]);
      expect(ended).toMatchObject({ code: 2, out: '' });
      expect(ended.err).toContain('is the report');
    }
    expect(await readFile(path('a.sarif'), 'utf8')).toBe(log([{}]));
    expect((await sariflow(['merge', 'a.sarif', '--json'])).code).toBe(2);
  });

  test('findings that cannot be kept are counted', async () => {
    await write(
      'bad.sarif',
      log([{}, { more: { message: 7 } }, { more: { locations: 'x' } }]).replace('{"ruleId"', '7,{"ruleId"'),
    );
    const ended = await sariflow(['merge', 'bad.sarif', '-o', 'all.sarif', '--json']);
    const document = await documentOf(ended, 'merge');
    expect(document.account.in).toBe(4);
    expect(document.account.dropped).toBeGreaterThan(0);
    expect(sumsUp(document.account)).toBe(true);
    expect(ended.code).toBe(1);
    expect((await sariflow(['merge', 'bad.sarif', '-o', 'all.sarif', '--max-dropped', '9'])).code).toBe(0);
  });
});

describe.skipIf(!isBuilt)('split', () => {
  test('every finding is in one part, the same parts come each time, and merging gives the log back', async () => {
    await write('a.sarif', log(lines(10), { automationDetails: { id: 'nightly/7' } }));
    const ended = await sariflow(['split', 'a.sarif', '-o', 'parts', '--max-results', '4', '--json']);
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'split');
    expect(document.files[0].parts.map(({ path: name, results }: Record<string, unknown>) => [name, results])).toEqual([
      ['parts/a.part-001.sarif', 4],
      ['parts/a.part-002.sarif', 4],
      ['parts/a.part-003.sarif', 2],
    ]);
    expect(document.account).toMatchObject({ in: 10, accepted: 10 });
    const again = await documentOf(
      await sariflow(['split', 'a.sarif', '-o', 'parts', '--max-results', '4', '--json']),
      'split',
    );
    expect(again.files).toEqual(document.files);
    const ids = await Promise.all(
      ['001', '002'].map(async (number) => (await parse(`parts/a.part-${number}.sarif`)).runs[0].automationDetails.id),
    );
    expect(ids).toEqual(['nightly/7', 'nightly/part-2/7']);
    await sariflow(['merge', 'parts', '-o', 'back.sarif']);
    const back = await parse('back.sarif');
    expect(back.runs).toHaveLength(1);
    expect(back.runs[0].automationDetails).toEqual({ id: 'nightly/7' });
    expect(resultsIn(back)).toHaveLength(10);
    const { comparison } = await documentOf(await sariflow(['diff', 'a.sarif', 'back.sarif', '--json']), 'diff');
    expect(comparison.counts.unchanged.levels.error).toBe(10);
  });

  test('parts are as small as asked, and may stay in their category', async () => {
    await write('a.sarif', log(lines(40), { automationDetails: { id: 'nightly/7' } }));
    const document = await documentOf(
      await sariflow(['split', 'a.sarif', '-o', 'parts', '--max-bytes', '2000', '--same-category', '--json']),
      'split',
    );
    const [{ parts }] = document.files;
    expect(parts.length).toBeGreaterThan(3);
    for (const { bytes } of parts) expect(bytes).toBeLessThanOrEqual(2000);
    expect((await parse(parts[1].path)).runs[0].automationDetails.id).toBe('nightly/7.part-2');
  });

  test('parts of another split are pointed out, those of a failed one are taken away', async () => {
    await write('a.sarif', log(lines(10)));
    await sariflow(['split', 'a.sarif', '-o', 'parts', '--max-results', '2']);
    const ended = await sariflow(['split', 'a.sarif', '-o', 'parts', '--max-results', '4']);
    expect(ended.err.match(/part-00[45]\.sarif is left from another split/g)).toHaveLength(2);
    await write('b.sarif', log(lines(10), { properties: { long: 'x'.repeat(3000) } }));
    const failed = await sariflow(['split', 'b.sarif', '-o', 'failed', '--max-bytes', '2000']);
    expect(failed).toMatchObject({ code: 2, err: expect.stringContaining('See --max-bytes.') });
    expect(await readdir(path('failed'))).toEqual([]);
    expect((await sariflow(['split', 'missing.sarif', '-o', 'x'])).code).toBe(3);
    expect((await sariflow(['split', 'a.sarif'])).code).toBe(2);
  });
});

describe.skipIf(!isBuilt)('diff', () => {
  const suppressed = { more: { suppressions: [{ kind: 'external' }] } };

  test('says what is new, updated, unchanged and gone', async () => {
    await write('before.sarif', log([{ file: 'a.js' }, { file: 'b.js' }, { file: 'c.js' }]));
    await write('after.sarif', log([{ file: 'a.js', line: 40 }, { file: 'b.js', level: 'note' }, { file: 'd.js' }]));
    const ended = await sariflow(['diff', 'before.sarif', 'after.sarif', '--json', '-o', 'diff.sarif']);
    expect(ended.code).toBe(0);
    const { comparison, gate, files } = await documentOf(ended, 'diff');
    expect(files.map(({ side, results }: Record<string, unknown>) => [side, results])).toEqual([
      ['before', 3],
      ['after', 3],
    ]);
    expect(comparison.counts).toMatchObject({
      new: { levels: { error: 1 } },
      updated: { levels: { note: 1 } },
      unchanged: { levels: { error: 1 } },
      absent: { levels: { error: 1 } },
    });
    expect(comparison).toMatchObject({ uncertain: 0, output: 'diff.sarif' });
    expect(gate).toEqual([]);
    const states = resultsIn(await parse('diff.sarif')).map(
      (each) => (each as { baselineState: string }).baselineState,
    );
    expect(states).toEqual(['unchanged', 'updated', 'new', 'absent']);
    expect((await sariflow(['validate', 'diff.sarif'])).code).toBe(0);

    const text = await sariflow(['diff', 'before.sarif', 'after.sarif']);
    expect(text.out).toContain('d.js:1  no-eval');
    expect(text.out).toMatch(/gone +1 +0 +0 +0/);
    const sarif = await sariflow(['diff', 'before.sarif', 'after.sarif', '--format', 'sarif', '--only-new']);
    expect(resultsIn(JSON.parse(sarif.out))).toHaveLength(1);
  });

  test.each([
    [['new:error'], 9, [1]],
    [['new:warning'], 9, [2]],
    [['new'], 9, [3]],
    [['updated:error'], 0, [0]],
    [['updated:error', 'new:error'], 9, [0, 1]],
    [['absent'], 0, [0]],
  ])('--fail-on %j ends with %i', async (conditions, code, found) => {
    await write('before.sarif', log([{ file: 'a.js' }]));
    const after = [
      { file: 'a.js' },
      { file: 'b.js' },
      { file: 'c.js', level: 'warning' },
      { file: 'd.js', level: 'note' },
    ];
    await write('after.sarif', log([...after, { file: 'e.js', ...suppressed }]));
    const flags = conditions.flatMap((condition) => ['--fail-on', condition]);
    const ended = await sariflow(['diff', 'before.sarif', 'after.sarif', '--json', ...flags]);
    expect(ended.code).toBe(code);
    const { gate, comparison } = await documentOf(ended, 'diff');
    expect(gate.map(({ results }: { results: number }) => results)).toEqual(found);
    expect(comparison.counts.new.suppressed).toBe(1);
  });

  test('what did not run closes nothing; folders stand for all of their reports', async () => {
    await mkdir(path('before'));
    await write('before/a.sarif', log([{ file: 'a.js' }]));
    await write('before/b.json', semgrep);
    await write('after.sarif', log([{ file: 'a.js' }], { invocations: [{ executionSuccessful: false }] }));
    const ended = await sariflow(['diff', 'before', 'after.sarif', '--json']);
    const { comparison } = await documentOf(ended, 'diff');
    expect(comparison.uncertain).toBe(1);
    expect(comparison.scopes.map(({ state }: { state: string }) => state).sort()).toEqual(['incomplete', 'missing']);
  });

  test('what cannot be compared, and what was not asked well', async () => {
    await write('a.sarif', log([{}]));
    const missing = await sariflow(['diff', 'a.sarif', 'missing.sarif', '--json', '--fail-on', 'new']);
    expect(missing.code).toBe(3);
    expect((await documentOf(missing, 'diff')).comparison).toBe(null);
    for (const args of [
      ['a.sarif', 'a.sarif', '--fail-on', 'old:error'],
      ['a.sarif', 'a.sarif', '--fail-on', 'new:fatal'],
      ['-', '-'],
      ['a.sarif', 'a.sarif', '-o', 'a.sarif'],
      ['a.sarif', 'a.sarif', '-o', '-'],
      ['a.sarif', 'a.sarif', '--json', '--format', 'sarif'],
      ['a.sarif'],
    ]) {
      expect((await sariflow(['diff', ...args])).code).toBe(2);
    }
  });
});

describe.skipIf(!isBuilt)('normalize', () => {
  test('says what it repaired, and what it wrote needs no more', async () => {
    await write('a.sarif', log([{ level: 'critical' }, { line: 3, more: { suppressions: null } }]));
    const ended = await sariflow(['normalize', 'a.sarif', '-o', 'n.sarif', '--json']);
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'normalize');
    expect(document.files).toMatchObject([{ path: 'a.sarif', results: 2, dropped: 0, output: 'n.sarif' }]);
    const repairs = new Map(
      document.files[0].repairs.map(({ ruleId, count }: { ruleId: string; count: number }) => [ruleId, count]),
    );
    expect(repairs.get('SF-S205')).toBe(1);
    expect(repairs.get('SF-V705')).toBe(2);
    const again = await documentOf(await sariflow(['normalize', 'n.sarif', '-o', 'm.sarif', '--json']), 'normalize');
    expect(again.files[0].repairs).toEqual([]);
    expect(await parse('m.sarif')).toEqual(await parse('n.sarif'));
    expect((await sariflow(['validate', 'n.sarif'])).code).toBe(0);
  });

  test('a destination gets what it needs', async () => {
    await write('a.sarif', log([{ more: { locations: [] } }]));
    const place = async (...flags: string[]) => {
      await sariflow(['normalize', 'a.sarif', '-o', 'n.sarif', ...flags]);
      const [found] = resultsIn(await parse('n.sarif')) as [{ locations: unknown[] }];
      return found.locations;
    };
    expect(await place()).toEqual([]);
    expect(await place('--profile', 'cortex')).toMatchObject([{ physicalLocation: { region: { startLine: 1 } } }]);
  });

  test('flat findings, one in each line, of all reports together or in a folder', async () => {
    await write('a.sarif', log([{ line: 4, file: 'src/my%20cart.js' }]));
    await write('b.json', semgrep);
    const ended = await sariflow(['normalize', 'a.sarif', 'b.json', '--format', 'ndjson']);
    expect(ended.code).toBe(0);
    const findings = ended.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const published = JSON.parse(await readFile(new URL('../../schemas/finding.json', import.meta.url), 'utf8'));
    const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(published);
    for (const finding of findings) {
      check(finding);
      expect(check.errors ?? []).toEqual([]);
      expect(Object.keys(finding)).toEqual(published.required);
    }
    expect(findings).toMatchObject([
      { tool: 'Shop Lint', path: 'src/my cart.js', startLine: 4, level: 'error', severity: 'high' },
      { tool: 'Semgrep', path: 'src/app.js', ruleId: 'javascript.eval' },
    ]);
    const one = await documentOf(
      await sariflow(['normalize', 'a.sarif', 'b.json', '--format', 'ndjson', '-o', 'all.ndjson', '--json']),
      'normalize',
    );
    expect(one.files.map(({ output }: { output: string }) => output)).toEqual(['all.ndjson', 'all.ndjson']);
    expect(await readFile(path('all.ndjson'), 'utf8')).toBe(ended.out);
    await sariflow(['normalize', 'a.sarif', 'b.json', '--format', 'ndjson', '-o', 'out/']);
    expect((await readdir(path('out'))).sort()).toEqual(['a.ndjson', 'b.ndjson']);
  });

  test('sources are read where they are said to be, and nowhere else', async () => {
    await mkdir(path('shop'));
    await mkdir(path('shop', 'src'));
    await write('shop/src/cart.js', 'a\nb\n');
    await write('secret.js', 'a\nb\n');
    await symlink(path('secret.js'), path('shop', 'src', 'link.js'));
    await write('a.sarif', log([{ line: 1 }, { line: 1, file: 'src/link.js' }, { line: 1, file: 'src/gone.js' }]));
    const hashes = async (...flags: string[]) => {
      await sariflow(['normalize', 'a.sarif', '-o', 'n.sarif', ...flags]);
      const found = resultsIn(await parse('n.sarif')) as { partialFingerprints: Record<string, string> }[];
      return found.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
    };
    expect(await hashes()).toEqual([undefined, undefined, undefined]);
    expect(await hashes('--source-root', 'shop')).toEqual(['81b8d8db678b2bbe:1', undefined, undefined]);
    const wrong = await sariflow(['normalize', 'a.sarif', '--source-root', 'secret.js']);
    expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is not a folder') });
  });

  test('no report, no list; the report is never overwritten; what is dropped is counted', async () => {
    await write('a.sarif', log([{}]));
    expect((await sariflow(['normalize', 'missing.sarif', '--format', 'ndjson', '-o', 'x.ndjson'])).code).toBe(3);
    expect(existsSync(path('x.ndjson'))).toBe(false);
    for (const format of ['sarif', 'ndjson']) {
      expect((await sariflow(['normalize', 'a.sarif', '--format', format, '-o', 'a.sarif'])).code).toBe(2);
    }
    expect(await readFile(path('a.sarif'), 'utf8')).toBe(log([{}]));
    await write('bad.sarif', log([{}]).replace('{"ruleId"', '7,{"ruleId"'));
    const ended = await sariflow(['normalize', 'bad.sarif', '-o', 'n.sarif', '--json']);
    expect(ended.code).toBe(1);
    expect((await documentOf(ended, 'normalize')).files).toMatchObject([{ results: 1, dropped: 1 }]);
    expect((await sariflow(['normalize', 'a.sarif', '--json'])).code).toBe(2);
  });
});

describe.skipIf(!isBuilt)('inspect', () => {
  test('tools, levels, sizes, the largest result', async () => {
    await write(
      'a.sarif',
      log([{}, { level: 'note', more: { properties: { long: 'x'.repeat(500) } } }, { level: 'note' }]),
    );
    await write('b.sarif', log([], { results: null }));
    const ended = await sariflow(['inspect', 'a.sarif', 'b.sarif', '--json']);
    expect(ended.code).toBe(0);
    const { files } = await documentOf(ended, 'inspect');
    expect(files[0]).toMatchObject({
      format: 'sarif',
      findings: 3,
      results: 3,
      runs: [{ tool: 'Shop Lint', version: '1.4.0', results: 3, levels: { error: 1, note: 2 }, rules: 1 }],
      largestResult: { pointer: '/runs/0/results/1', ruleId: 'no-eval', place: { line: 1 } },
      brokenLimits: [],
    });
    expect(files[0].largestResult.bytes).toBeGreaterThan(500);
    expect(files[1].runs).toMatchObject([{ results: null }]);
    const text = await sariflow(['inspect', 'a.sarif', 'b.sarif']);
    expect(text.out).toContain('none written');
    expect(text.out).toContain('within the limits of Cortex and GitHub');
  });

  test('limits that a report goes beyond', async () => {
    const tags = (count: number) => ({ properties: { tags: Array.from({ length: count }, (_, at) => `t${at}`) } });
    const tool = (count: number) => ({
      tool: { driver: { name: 'Shop Lint', rules: [{ id: 'no-eval', ...tags(count) }] } },
    });
    const locations = Array.from({ length: 101 }, () => ({ message: { text: 'x' } }));
    await write('tags.sarif', log([{}], tool(21)));
    await write('shown.sarif', log([{ more: { locations } }], tool(11)));
    await write('large.sarif', log([{ more: { properties: { long: 'x'.repeat(10_000_001) } } }]));
    const { files } = await documentOf(
      await sariflow(['inspect', '--json', 'tags.sarif', 'shown.sarif', 'large.sarif']),
      'inspect',
    );
    const found = files.map(({ brokenLimits }: { brokenLimits: Record<string, unknown>[] }) =>
      brokenLimits.map(({ target, limit, allowed, consequence }) => [target, limit, allowed, consequence]),
    );
    expect(found).toEqual([
      [['github', 'tags of a rule', 20, 'rejected']],
      [
        ['github', 'locations of a result that are shown', 100, 'left-out'],
        ['github', 'tags of a rule that are shown', 10, 'left-out'],
      ],
      [
        ['cortex', 'bytes of a request', 10_000_000, 'split'],
        ['cortex', 'bytes of a result', 10_000_000, 'left-out'],
      ],
    ]);
    const text = await sariflow(['inspect', 'tags.sarif']);
    expect(text.out).toContain('GitHub rejects the report (tags of a rule: 21, but 20 at most)');
    expect(text.code).toBe(0);
  });

  test('what is no report is said, and the others go on', async () => {
    await write('a.json', semgrep);
    await write('odd.json', '{"hello":"world"}');
    const ended = await sariflow(['inspect', 'odd.json', 'a.json', '--json']);
    expect(ended.code).toBe(3);
    const { files } = await documentOf(ended, 'inspect');
    expect(files).toMatchObject([
      { error: { code: expect.any(String) } },
      { format: 'semgrep', findings: 1, largestResult: { place: null } },
    ]);
  });
});

describe.skipIf(!isBuilt)('hostile names', () => {
  test('reach the terminal escaped', async () => {
    const name = 'a\n::error file=x::forged\x1b[31m.sarif';
    const odd = { rule: '\n::error::y\x1b]0;z\x07##vso[task.complete]', file: 'x\x1b[2J.js' };
    await write(name, log([odd], { tool: { driver: { name: '\u202e\n::add-mask::x' } } }));
    await write('b.sarif', log([{}]));
    for (const args of [
      ['merge', name, 'b.sarif', '-o', 'm.sarif'],
      ['split', name, '-o', 'parts', '--verbose'],
      ['diff', 'b.sarif', name],
      ['normalize', name, '-o', 'n.sarif'],
      ['inspect', name],
    ]) {
      const ended = await sariflow(args, { env: { GITHUB_ACTIONS: 'true' } });
      const shown = ended.out + ended.err;
      expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
      expect(shown).not.toMatch(/^\s*::/m);
      expect(shown).not.toContain('##vso[');
    }
  });
});

describe.skipIf(!isBuilt)('a log that is nearly right', () => {
  const whole = log([{ line: 1 }, { line: 2 }]);
  const results = [{ line: 1 }, { line: 2 }].map(result);
  const withResults = (given: unknown) => whole.replace(JSON.stringify(results), JSON.stringify(given));

  test.each<[string, string | Buffer, number, string]>([
    ['in UTF-16', Buffer.from(`\ufeff${whole}`, 'utf16le'), 2, 'SF-P103'],
    ['with a byte of Latin-1', Buffer.from(whole.replace('evaluated', 'evalu\u00e4ted'), 'latin1'), 2, 'SF-P104'],
    ['with words behind it', `${whole}\nDone in 3 s.\n`, 2, 'SF-P107'],
    ['with results by their positions', withResults({ 0: results[0], 2: results[1] }), 2, 'SF-S201'],
    ['with one result outside an array', withResults(results[0]), 1, 'SF-S201'],
  ])('%s loses nothing, and says so', async (_what, content, count, ruleId) => {
    await write('a.sarif', content);
    const ended = await sariflow(['normalize', 'a.sarif', '-o', 'normal.sarif', '--json']);
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'normalize');
    expect(document.files[0]).toMatchObject({ results: count, dropped: 0 });
    expect(document.files[0].repairs).toContainEqual(expect.objectContaining({ ruleId }));
    expect(resultsIn(await parse('normal.sarif'))).toHaveLength(count);
    const validated = await sariflow(['validate', 'a.sarif', '--json']);
    const { files } = await documentOf(validated, 'validate');
    expect(files[0]).toMatchObject({ valid: false, results: count });
    expect(files[0].diagnostics).toContainEqual(expect.objectContaining({ ruleId, level: 'error' }));
    expect((await sariflow(['validate', 'normal.sarif'])).code).toBe(0);
  });

  test('a second document is nothing to pass over, however long the first is', async () => {
    for (const count of [2, 2000]) {
      const first = log(lines(count));
      await write('a.sarif', `${first}\n${first}`);
      for (const command of [
        ['normalize', '-o', 'b.sarif'],
        ['upload', '--dry-run', '--no-ledger'],
      ])
        expect((await sariflow([...command, 'a.sarif'])).code).toBe(3);
    }
  });
});
