import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Log, Result, Run } from '../model/model.ts';
import { logPlans, makeLog } from '../split/test-support/arbitrary-log.ts';
import { bytesOf, eventsOf, parsed, readLog } from '../split/test-support/events-of.ts';
import { type DiffOptions, diffLogs } from './diff-logs.ts';

interface Finding {
  readonly rule?: string;
  readonly path?: string;
  readonly line?: number;
  readonly text?: string;
  readonly more?: Partial<Result>;
}

function result({
  rule = 'R1',
  path = 'src/a.js',
  line = 1,
  text = 'The text is evaluated.',
  more = {},
}: Finding): Result {
  return {
    ruleId: rule,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line } } }],
    ...more,
  };
}

function logOf(findings: readonly Finding[], more: Partial<Run> = {}): Log {
  return {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Shop Lint' } }, results: findings.map(result), ...more }],
  };
}

const again = (log: Log) => ({ [Symbol.asyncIterator]: () => eventsOf(log)[Symbol.asyncIterator]() });

const diff = (before: Log, after: Log, options?: DiffOptions) => diffLogs(again(before), again(after), options);

/** What became of each result after, and after these of those that are gone. */
async function statesOf(before: Log, after: Log, options?: DiffOptions): Promise<(string | undefined)[]> {
  const compared = await diff(before, after, options);
  const { runs } = parsed(await bytesOf(compared.events('all')));
  return (runs ?? []).flatMap(({ results }) => (results ?? []).map(({ baselineState }) => baselineState));
}

const states = (...words: string[]) =>
  words.map((word) => ({ n: 'new', u: 'unchanged', c: 'updated', a: 'absent' })[word]);
const prints = (values: Record<string, string>): Partial<Result> => ({ fingerprints: values });
const partial = (values: Record<string, string>): Partial<Result> => ({ partialFingerprints: values });
const guid = (last: number) => `7a3f1f9e-8d1c-4a6e-9a53-00000000000${last}`;

describe('which results are the same', () => {
  test.each<[string, Finding[], Finding[], string]>([
    ['nothing before', [], [{}], 'n'],
    ['nothing after', [{}], [], 'a'],
    ['the same', [{}], [{}], 'u'],
    ['another line', [{ line: 1 }], [{ line: 90 }], 'u'],
    ['another level', [{}], [{ more: { level: 'error' } }], 'c'],
    ['another rule', [{}], [{ rule: 'R2' }], 'na'],
    ['another file', [{}], [{ path: 'src/b.js' }], 'na'],
    ['numbers in the message', [{ text: 'Used 3 times.' }], [{ text: 'Used 4 times.' }], 'u'],
    ['other words on the same line', [{ text: 'a' }], [{ text: 'b' }], 'c'],
    ['other words near', [{ text: 'a', line: 10 }], [{ text: 'b', line: 19 }], 'c'],
    ['other words far away', [{ text: 'a', line: 10 }], [{ text: 'b', line: 21 }], 'na'],
    [
      'other words and no line',
      [{ text: 'a', more: { locations: [] } }],
      [{ text: 'b', more: { locations: [] } }],
      'na',
    ],
    ['twice before', [{}, {}], [{}], 'ua'],
    ['twice after', [{}], [{}, {}], 'un'],
    ['of two the one in the same line', [{ line: 5 }, { line: 9 }], [{ line: 9, more: { level: 'error' } }], 'ca'],
    [
      'the nearest',
      [{ text: 'a', line: 10 }],
      [
        { text: 'b', line: 4 },
        { text: 'c', line: 11 },
      ],
      'nc',
    ],
    [
      'the nearest of each',
      [
        { text: 'a', line: 10 },
        { text: 'b', line: 12 },
      ],
      [
        { text: 'c', line: 11 },
        { text: 'd', line: 9 },
      ],
      'cc',
    ],
    [
      'a fingerprint in another file',
      [{ more: prints({ 'a/v1': 'x' }) }],
      [{ path: 'b.js', more: prints({ 'a/v1': 'x' }) }],
      'c',
    ],
    [
      'a fingerprint and another line',
      [{ more: prints({ 'a/v1': 'x' }) }],
      [{ line: 80, more: prints({ 'a/v1': 'x' }) }],
      'u',
    ],
    [
      'fingerprints of different versions',
      [{ path: 'a', more: prints({ 'a/v1': 'x' }) }],
      [{ path: 'b', more: prints({ 'a/v2': 'x' }) }],
      'na',
    ],
    [
      'the latest version of a fingerprint that both have',
      [{ path: 'a', more: prints({ 'a/v1': 'x', 'a/v2': 'y' }) }],
      [{ path: 'b', more: prints({ 'a/v1': 'x', 'a/v2': 'z' }) }],
      'na',
    ],
    [
      'an older version where that is all one has',
      [{ path: 'a', more: prints({ 'a/v1': 'x' }) }],
      [{ path: 'b', more: prints({ 'a/v1': 'x', 'a/v2': 'z' }) }],
      'c',
    ],
    [
      'a version against none',
      [{ path: 'a', more: prints({ a: 'x' }) }],
      [{ path: 'b', more: prints({ a: 'x', 'a/v1': 'y' }) }],
      'c',
    ],
    [
      'a correlation GUID',
      [{ path: 'a', more: { correlationGuid: guid(1) } }],
      [{ path: 'b', more: { correlationGuid: guid(1) } }],
      'c',
    ],
    ['a GUID in another file', [{ path: 'a', more: { guid: guid(1) } }], [{ path: 'b', more: { guid: guid(1) } }], 'c'],
    [
      'a GUID in another file with other words',
      [{ path: 'a', more: { guid: guid(1) } }],
      [{ path: 'b', text: 'b', more: { guid: guid(1) } }],
      'na',
    ],
    ['a GUID of another rule', [{ more: { guid: guid(1) } }], [{ rule: 'R2', more: { guid: guid(1) } }], 'na'],
    [
      'GUIDs that were swapped',
      [
        { line: 1, more: { guid: guid(1) } },
        { line: 2, more: { guid: guid(2) } },
      ],
      [
        { line: 1, more: { guid: guid(2) } },
        { line: 2, more: { guid: guid(1) } },
      ],
      'uu',
    ],
    [
      'a partial fingerprint far away',
      [{ text: 'a', more: partial({ 'p/v1': 'x' }) }],
      [{ text: 'a 1', line: 99, more: partial({ 'p/v1': 'x' }) }],
      'c',
    ],
    [
      'a partial fingerprint in another file',
      [{ more: partial({ 'p/v1': 'x' }) }],
      [{ path: 'b.js', more: partial({ 'p/v1': 'x' }) }],
      'na',
    ],
    [
      'partial fingerprints that only partly agree',
      [{ text: 'a', more: partial({ p: 'x', q: 'y' }) }],
      [{ text: 'b', line: 99, more: partial({ p: 'x', q: 'z' }) }],
      'na',
    ],
    [
      'the hash of the line where other partial fingerprints differ',
      [{ text: 'a', more: partial({ p: 'x', primaryLocationLineHash: 'y:1' }) }],
      [{ text: 'b', line: 99, more: partial({ p: 'z', primaryLocationLineHash: 'y:1' }) }],
      'c',
    ],
    [
      'a fingerprint before all else',
      [
        { line: 1, more: prints({ a: 'x' }) },
        { line: 50, more: prints({ a: 'y' }) },
      ],
      [{ line: 50, more: prints({ a: 'x' }) }],
      'ua',
    ],
    [
      'fingerprints worth nothing',
      [{ path: 'a', more: prints({ a: 'requires login' }) }],
      [{ path: 'b', more: prints({ a: 'requires login' }) }],
      'na',
    ],
    [
      'a fingerprint that all results share',
      [
        { path: 'a', more: prints({ a: 'x' }) },
        { path: 'b', more: prints({ a: 'x' }) },
      ],
      [
        { path: 'c', more: prints({ a: 'x' }) },
        { path: 'd', more: prints({ a: 'x' }) },
      ],
      'nnaa',
    ],
    ['sub-ids of one rule', [{ rule: 'R1/a' }], [{ rule: 'R1/b', text: 'b', line: 99 }], 'na'],
  ])('%s', async (_, before, after, expected) => {
    expect(await statesOf(logOf(before), logOf(after))).toEqual(states(...expected));
  });

  test('snippets tell more than messages', async () => {
    const at = (line: number, code: string): Finding => ({
      line,
      more: {
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a.js' },
              region: { startLine: line, snippet: { text: code } },
            },
          },
        ],
      },
    });
    const before = logOf([at(1, 'eval(a)'), at(2, 'eval(b)')]);
    expect(await statesOf(before, logOf([at(40, '  eval(b)'), at(60, 'eval(c)')]))).toEqual(states('u', 'n', 'a'));
  });

  test('an old id of a rule is the last thing that is tried', async () => {
    const tool = { driver: { name: 'Shop Lint', rules: [{ id: 'R9', deprecatedIds: ['R1'] }] } };
    const before = logOf([
      { rule: 'R1', line: 3 },
      { rule: 'R1', path: 'b.js' },
      { rule: 'R9', path: 'c.js' },
    ]);
    const after = logOf(
      [
        { rule: 'R9', line: 70 },
        { rule: 'R9', path: 'c.js' },
      ],
      { tool },
    );
    expect(await statesOf(before, after)).toEqual(states('c', 'u', 'a'));
  });

  test('the window can be wider or narrower', async () => {
    const [before, after] = [logOf([{ text: 'a', line: 1 }]), logOf([{ text: 'b', line: 4 }])];
    expect(await statesOf(before, after, { lineWindow: 3 })).toEqual(states('c'));
    expect(await statesOf(before, after, { lineWindow: 2 })).toEqual(states('n', 'a'));
  });

  test('what is absent already is no result of its run', async () => {
    const gone: Finding = { more: { baselineState: 'absent' } };
    expect(await statesOf(logOf([gone]), logOf([{}, gone]))).toEqual(states('n'));
  });
});

describe('which runs are compared', () => {
  const run = (name: string, id: string | undefined, findings: Finding[], more: Partial<Run> = {}): Run => ({
    tool: { driver: { name } },
    ...(id === undefined ? {} : { automationDetails: { id } }),
    results: findings.map(result),
    ...more,
  });
  const log = (...runs: Run[]): Log => ({ version: '2.1.0', runs });

  test('those of one tool and category, whatever their order', async () => {
    const before = log(run('A', 'x/1', [{ path: 'x' }]), run('A', 'y/1', [{ path: 'y' }]), run('B', undefined, [{}]));
    const after = log(run('B', undefined, [{}]), run('A', 'y/2', [{ path: 'y' }]), run('A', 'x/2', [{ path: 'y' }]));
    const { scopes, counts } = await diff(before, after);
    expect(scopes.map(({ tool, category, state }) => [tool, category, state])).toEqual([
      ['B', '', 'compared'],
      ['A', 'y', 'compared'],
      ['A', 'x', 'compared'],
    ]);
    expect([counts.unchanged, counts.new, counts.absent].map(({ levels }) => levels.warning)).toEqual([2, 1, 1]);
  });

  test('those of a tool that has only one on each side', async () => {
    const { scopes, counts } = await diff(log(run('A', undefined, [{}])), log(run('A', 'nightly/1', [{}])));
    expect(scopes).toEqual([{ tool: 'A', category: 'nightly', state: 'compared' }]);
    expect(counts.unchanged.levels.warning).toBe(1);
  });

  test('several of one category together', async () => {
    const before = log(run('A', 'x/1', [{ path: 'a' }, { path: 'b' }, { path: 'c' }]));
    const after = log(run('A', 'x/2', [{ path: 'a' }]), run('A', 'x/3', [{ path: 'b' }]));
    const compared = await diff(before, after);
    const { runs } = parsed(await bytesOf(compared.events('all')));
    expect(runs?.map(({ results }) => results?.map(({ baselineState }) => baselineState))).toEqual([
      states('u', 'a'),
      states('u'),
    ]);
  });

  test('what did not run, and what failed, closes nothing', async () => {
    const before = log(run('A', undefined, [{}, { path: 'b' }]), run('B', undefined, [{}]), run('C', undefined, [{}]));
    const failed = { invocations: [{ executionSuccessful: false }] };
    const after = log(
      run('A', undefined, [{}], failed),
      run('C', undefined, [], { results: null }),
      run('D', undefined, [{}]),
    );
    const compared = await diff(before, after);
    expect(compared.uncertain).toBe(3);
    expect(compared.counts.absent.levels.warning).toBe(0);
    expect(compared.scopes.map(({ tool, state }) => `${tool} ${state}`)).toEqual([
      'A incomplete',
      'C incomplete',
      'D new',
      'B missing',
    ]);
    const { runs } = parsed(await bytesOf(compared.events('all')));
    expect(runs?.map(({ results }) => results?.map(({ baselineState }) => baselineState) ?? null)).toEqual([
      states('u'),
      null,
      states('n'),
    ]);
  });
});

test('results are counted by level, those that are suppressed apart', async () => {
  const suppressed: Finding = { path: 's.js', more: { suppressions: [{ kind: 'external' }] } };
  const expired: Finding = {
    path: 'e.js',
    more: { suppressions: [{ kind: 'external', properties: { expiryUtc: '2026-01-01T00:00:00Z' } }] },
  };
  const after = logOf([{ more: { level: 'error' } }, { path: 'n.js', more: { level: 'note' } }, suppressed, expired]);
  const { counts } = await diff(logOf([{ path: 'gone.js' }]), after, { now: new Date('2026-06-01') });
  expect(counts.new).toEqual({ levels: { none: 0, note: 1, warning: 1, error: 1 }, suppressed: 1 });
  expect(counts.absent).toEqual({ levels: { none: 0, note: 0, warning: 1, error: 0 }, suppressed: 0 });
});

describe('the log that is written', () => {
  const before: Log = logOf(
    [
      {
        rule: 'R1',
        more: {
          ruleIndex: 0,
          message: { id: 'gone', arguments: ['x'] },
          locations: [
            {
              physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 3 } },
              logicalLocations: [{ index: 1 }],
            },
          ],
          taxa: [{ index: 0, toolComponent: { index: 0 } }],
          provenance: { invocationIndex: 0 },
          graphTraversals: [{ runGraphIndex: 0 }],
        },
      },
    ],
    {
      tool: {
        driver: {
          name: 'Shop Lint',
          rules: [
            {
              id: 'R1',
              messageStrings: { gone: { text: 'It was {0}.' } },
              relationships: [{ target: { index: 0, toolComponent: { index: 0 } } }],
            },
          ],
        },
      },
      automationDetails: { guid: guid(5) },
      artifacts: [{ location: { uri: 'src/gone.js' } }],
      logicalLocations: [{ name: 'shop' }, { name: 'pay', parentIndex: 0 }],
      taxonomies: [{ name: 'CWE', taxa: [{ id: '79' }] }],
      invocations: [
        {
          executionSuccessful: true,
          ruleConfigurationOverrides: [{ descriptor: { id: 'R1' }, configuration: { level: 'error', rank: 7 } }],
        },
      ],
      graphs: [{}],
    },
  );
  const after = logOf([{ rule: 'R2' }], { baselineGuid: guid(9) });

  test('says of absent results all that they owed to their run', async () => {
    const compared = await diff(before, after);
    const [run] = parsed(await bytesOf(compared.events('all'))).runs as [Run];
    expect(run.results?.[1]).toEqual({
      ruleId: 'R1',
      level: 'error',
      rank: 7,
      message: { text: 'It was x.' },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'src/gone.js' }, region: { startLine: 3 } },
          logicalLocations: [{ name: 'pay', fullyQualifiedName: 'shop.pay' }],
        },
      ],
      taxa: [{ id: '79', toolComponent: { name: 'CWE' } }],
      provenance: {},
      baselineState: 'absent',
    });
    expect(run.tool.driver.rules).toEqual([
      {
        id: 'R1',
        messageStrings: { gone: { text: 'It was {0}.' } },
        relationships: [{ target: { id: '79', toolComponent: { name: 'CWE' } } }],
      },
    ]);
    expect(run.baselineGuid).toBe(guid(5));
  });

  test('can hold the new results alone', async () => {
    const compared = await diff(logOf([{}, { path: 'b.js' }]), logOf([{}, { path: 'c.js' }]));
    const [run] = parsed(await bytesOf(compared.events('new'))).runs as [Run];
    const found = run.results?.map(({ locations, baselineState }) => [
      locations?.[0]?.physicalLocation?.artifactLocation?.uri,
      baselineState,
    ]);
    expect(found).toEqual([['c.js', 'new']]);
  });

  test('states each result once, whatever it stated before', async () => {
    const stated = logOf([{ more: { baselineState: 'new' } }, { path: 'b.js' }]);
    const compared = await diffLogs(readLog(logOf([{}])), readLog(stated));
    const text = new TextDecoder().decode(await bytesOf(compared.events('all')));
    expect(text.match(/"baselineState":"\w+"/g)).toEqual(['"baselineState":"unchanged"', '"baselineState":"new"']);
  });
});

test('a log compared with itself has nothing new and nothing gone, in whatever order its results stand', async () => {
  const property = fc.asyncProperty(logPlans, async (plan) => {
    const log = makeLog(plan);
    for (const run of log.runs ?? []) {
      for (const each of run.results ?? []) delete each.baselineState;
      delete run.invocations;
    }
    const reversed = {
      ...log,
      runs: log.runs?.map((run) => ({ ...run, results: run.results?.toReversed() ?? null })) ?? null,
    };
    const { counts, uncertain } = await diff(log, reversed as Log);
    const totals = [counts.new, counts.absent, counts.updated].map(({ levels, suppressed }) =>
      Object.values(levels).reduce((a, b) => a + b, suppressed),
    );
    expect([...totals, uncertain]).toEqual([0, 0, 0, 0]);
  });
  await fc.assert(property, { numRuns: 100 });
});

test('a hundred thousand results of one rule in one file are matched in passing', async () => {
  const many = (offset: number) =>
    logOf(Array.from({ length: 100_000 }, (_, index) => ({ text: 'same', line: index + offset })));
  const words = (word: string) =>
    logOf(Array.from({ length: 100_000 }, (_, index) => ({ text: `${word}`, line: index * 3 + 1 })));
  const started = performance.now();
  const { counts } = await diff(many(1), many(7));
  expect(counts.unchanged.levels.warning).toBe(100_000);
  const { counts: other } = await diff(words('a'), words('b'));
  expect(other.updated.levels.warning).toBe(100_000);
  expect(performance.now() - started).toBeLessThan(60_000);
});
