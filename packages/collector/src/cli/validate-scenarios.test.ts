import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Result } from '@sariflow/sarif';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { sariflow, write } = scenario();

const result = (at: number, more: object = {}) => ({
  ruleId: 'no-eval',
  level: 'error',
  message: { text: `Text ${at} is evaluated.` },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/cart.js' }, region: { startLine: at + 1 } } }],
  partialFingerprints: { 'shopLint/v1': `f${at}` },
  ...more,
});

function log(results: readonly object[], run: object = {}): object {
  const rule = { id: 'no-eval', shortDescription: { text: 'Do not evaluate text as code.' } };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Shop Lint', version: '1.4.0', rules: [rule] } }, results, ...run }],
  };
}

const writeLog = (name: string, results: readonly object[], run: object = {}) =>
  write(name, JSON.stringify(log(results, run)));
const many = (count: number, more: object = {}) => Array.from({ length: count }, (_, at) => result(at, more));

interface Reported {
  readonly ruleId: string;
  readonly level: string;
  readonly message: string;
  readonly count: number;
}

/** Validates to JSON and gives the exit code together with what was said of each file. */
async function validated(...args: string[]) {
  const ended = await sariflow(['validate', '--json', ...args]);
  const { files } = await documentOf(ended, 'validate');
  const rules = files.map(({ diagnostics }: { diagnostics: Reported[] }) => diagnostics.map(({ ruleId }) => ruleId));
  return { code: ended.code, files, rules: rules as string[][] };
}

describe.skipIf(!isBuilt)('rules on request', () => {
  test('those of GitHub', async () => {
    await writeLog('a.sarif', [result(0, { locations: [] })]);
    const plain = await validated('a.sarif');
    expect(plain.code).toBe(0);
    expect(plain.rules[0]?.filter((id) => id.startsWith('SF-G'))).toEqual([]);
    const github = await validated('a.sarif', '--profile', 'github');
    expect(github.code).toBe(1);
    expect(github.rules[0]).toEqual(expect.arrayContaining(['SF-G008', 'SF-G014', 'SF-G015']));
  });

  test('advice to authors makes no log invalid, and does not contradict a destination', async () => {
    await writeLog('a.sarif', [result(0)]);
    const advice = await validated('a.sarif', '--authoring');
    expect(advice.code).toBe(0);
    expect(advice.rules[0]).toEqual(expect.arrayContaining(['SF-A05', 'SF-A09', 'SF-A13']));
    expect((await validated('a.sarif', '--authoring', '--fail-on', 'note')).code).toBe(1);
    const both = await validated('a.sarif', '--authoring', '--profile', 'github');
    expect(both.rules[0]).toContain('SF-A13');
    expect(both.rules[0]).not.toContain('SF-A09');
  });

  test('the size after gzip counts, not that of the file', async () => {
    const text = (bytes: number) => randomBytes(bytes).toString('base64');
    await writeLog('dense.sarif', [result(0, { message: { text: text(10_100_000) } })]);
    await writeLog('small.sarif', [result(0, { message: { text: text(9_700_000) } })]);
    await writeLog('airy.sarif', [result(0, { message: { text: 'x'.repeat(14_000_000) } })]);
    const { rules, files } = await validated('dense.sarif', 'small.sarif', 'airy.sarif', '--profile', 'github');
    expect(rules.map((ids) => ids.includes('SF-G001'))).toEqual([true, false, false]);
    const [found] = files[0].diagnostics.filter(({ ruleId }: Reported) => ruleId === 'SF-G001');
    expect(found).toMatchObject({ level: 'error', message: expect.stringMatching(/has 10\.\d MB after gzip/) });
    expect((await validated('dense.sarif')).rules[0]).not.toContain('SF-G001');
  }, 60_000);
});

describe.skipIf(!isBuilt)('a log that is cut', () => {
  const whole = JSON.stringify(log(many(20)));
  const afterResult = (count: number) => {
    const next = whole.indexOf(JSON.stringify(result(count)));
    return next === -1 ? whole.length : next;
  };

  test.each([
    ['in the middle of a result', afterResult(12) + 20, 12],
    ['right after a result', afterResult(12) - 1, 12],
    ['before the first result', afterResult(0), 0],
    ['before its last bracket', whole.length - 1, 20],
  ])('%s says how many results were read', async (_where, bytes, complete) => {
    await write('cut.sarif', whole.slice(0, bytes));
    const { code, files } = await validated('cut.sarif');
    expect(code).toBe(1);
    expect(files).toMatchObject([{ valid: false, runs: 1, results: complete }]);
    const [cut] = files[0].diagnostics.filter(({ ruleId }: Reported) => ruleId === 'SF-P106');
    expect(cut).toMatchObject({
      level: 'error',
      count: 1,
      message: expect.stringContaining(`after ${complete} complete result`),
      place: { byteOffset: bytes, line: 1, column: bytes + 1 },
    });
  });

  test('is checked as far as it goes', async () => {
    await write('cut.sarif', JSON.stringify(log(many(20, { level: 'critical' }))).slice(0, 3000));
    const { rules, files } = await validated('cut.sarif');
    expect(rules[0]).toEqual(expect.arrayContaining(['SF-P106', 'SF-S205']));
    expect(files[0].results).toBeGreaterThan(5);
  });

  test('looks the same on a terminal, and every kind of bad input has its exit code', async () => {
    await write('cut.sarif', whole.slice(0, afterResult(3)));
    const ended = await sariflow(['validate', 'cut.sarif']);
    expect(ended).toMatchObject({ code: 1, err: '' });
    expect(ended.out).toContain('error[SF-P106] The input ends inside the document, after 3 complete results.');
    await write('empty.sarif', '');
    expect((await sariflow(['validate', 'empty.sarif'])).code).toBe(1);
    expect((await sariflow(['validate', 'empty.sarif', 'missing.sarif'])).code).toBe(3);
  });
});

describe.skipIf(!isBuilt)('defects that repeat', () => {
  test('are shown once, with how many more there are', async () => {
    await writeLog('many.sarif', many(1000, { level: 'critical' }));
    const ended = await sariflow(['validate', 'many.sarif']);
    expect(ended.code).toBe(1);
    expect(ended.out.match(/error\[SF-S205\]/g)).toHaveLength(1);
    expect(ended.out).toContain('= 999 more like this in this file');
    expect(ended.out).toMatch(/✗ many\.sarif: invalid, 1,000 errors/);
    expect(ended.out.split('\n').length).toBeLessThan(80);
  });

  test('neither do they fill the memory, on one line of 50 MB', async () => {
    const text = 'x'.repeat(3000);
    await writeLog('line.sarif', many(16_000, { level: 'critical', message: { text } }));
    const ended = await sariflow(['validate', 'line.sarif'], { nodeArgs: ['--max-old-space-size=48'] });
    expect(ended).toMatchObject({ code: 1, err: '' });
    expect(ended.out).toContain('= 15,999 more like this in this file');
    for (const line of ended.out.split('\n')) expect(line.length).toBeLessThan(400);
  }, 60_000);
});

describe.skipIf(!isBuilt)('--format sarif', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../sarif/src/model/schema.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>;
  const { $schema: _draft, id: _id, ...facts } = schema;
  const matchesSchema = new Ajv({ strict: false, validateFormats: false }).compile(facts);

  test('is a log that is valid itself, and says what the other formats say', async () => {
    await writeLog('a b.sarif', many(3, { level: 'critical' }), { columnKind: 'utf8' });
    await write('cut.sarif', '{"version":"2.1.0","runs":[');
    await writeLog('good.sarif', []);
    const args = ['a b.sarif', 'cut.sarif', 'good.sarif', '--profile', 'github', '--authoring'];
    const { files } = await validated(...args);
    const ended = await sariflow(['validate', ...args, '--format', 'sarif']);
    expect(ended).toMatchObject({ code: 1, err: '' });

    const written = JSON.parse(ended.out);
    expect(matchesSchema(written) ? [] : matchesSchema.errors).toEqual([]);
    const [{ tool, results, invocations }] = written.runs;
    expect(tool.driver).toMatchObject({ name: 'Sariflow', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(invocations).toEqual([{ executionSuccessful: true, exitCode: 1 }]);

    const said = files.flatMap(({ path, diagnostics }: { path: string; diagnostics: Record<string, unknown>[] }) =>
      diagnostics.map(({ ruleId, level, pointer, place, count }) => ({
        ruleId,
        level,
        occurrenceCount: count,
        uri: encodeURIComponent(path),
        pointer,
        place,
      })),
    );
    const found = results.map(({ ruleId, level, occurrenceCount, locations }: Result) => {
      const location = locations?.[0];
      const { artifactLocation, region } = location?.physicalLocation ?? {};
      return {
        ruleId,
        level,
        occurrenceCount,
        uri: artifactLocation?.uri,
        pointer: location?.logicalLocations?.[0]?.fullyQualifiedName ?? '',
        place:
          region === undefined
            ? null
            : { byteOffset: region.byteOffset, line: region.startLine, column: region.startColumn },
      };
    });
    expect(found).toEqual(said);
    expect(found).toContainEqual(expect.objectContaining({ ruleId: 'SF-S205', occurrenceCount: 3 }));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    for (const { help, defaultConfiguration } of tool.driver.rules) {
      expect(help.text.length).toBeGreaterThan(50);
      expect(['error', 'warning', 'note']).toContain(defaultConfiguration.level);
    }

    const again = await sariflow(['validate', '-', '--json'], { input: ended.out });
    const [{ counts, diagnostics }] = (await documentOf(again, 'validate')).files;
    expect({ code: again.code, ...counts, ids: diagnostics.map(({ ruleId }: Reported) => ruleId) }).toEqual({
      code: 0,
      error: 0,
      warning: 0,
      // Which repository the checked files belong to is not known.
      note: 1,
      ids: ['SF-V017'],
    });
  });

  test('what cannot be read is a notification', async () => {
    const ended = await sariflow(['validate', 'missing.sarif', '--format', 'sarif']);
    expect(ended.code).toBe(3);
    const [{ results, invocations }] = JSON.parse(ended.out).runs;
    expect(results).toEqual([]);
    expect(invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 3,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: expect.stringContaining('(SF-I101)') },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'missing.sarif' } } }],
          },
        ],
      },
    ]);
  });

  test('and --json are not for one output', async () => {
    expect(await sariflow(['validate', 'a.sarif', '--format', 'sarif', '--json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Choose one of them.'),
    });
  });
});

describe.skipIf(!isBuilt)('explain', () => {
  test('a code as it is written', async () => {
    const ended = await sariflow(['explain', 's205', 'SF-k101', 'undelivered']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    for (const words of [
      'error[SF-S205] closed-vocabulary',
      '  before     { "level": "CRITICAL"',
      'error[SF-K101]',
      '  exit code  6',
    ]) {
      expect(ended.out).toContain(words);
    }
  });

  test('without a code all are listed', async () => {
    const ended = await sariflow(['explain']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    for (const code of ['SF-P101', 'SF-S217', 'SF-G015', 'SF-C011', 'SF-A13', 'SF-K202', 'SF-I109', 'interrupted']) {
      expect(ended.out).toContain(`  ${code} `);
    }
    for (const line of ended.out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('as a document', async () => {
    const { explanations } = await documentOf(await sariflow(['explain', '--json', 'G010']), 'explain');
    expect(explanations).toMatchObject([
      { code: 'SF-G010', level: 'error', flag: '--profile github', like: ['GitHub'] },
    ]);
    const all = await documentOf(await sariflow(['explain', '--json']), 'explain');
    expect(all.explanations.length).toBeGreaterThan(80);
  });

  test.each([
    [['S2O5'], 'There is no code "S2O5". Did you mean SF-S205?'],
    [['S205', 'nothing like it'], 'There is no code "nothing like it". sariflow explain lists all codes.'],
  ])('%j exits 2', async (codes, words) => {
    const ended = await sariflow(['explain', ...codes]);
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
  });
});
