import { describe, expect, test } from 'vitest';
import type { SarifEvent } from '../events/event.ts';
import type { Log, Result, Run } from '../model/model.ts';
import { bytesOf, eventsOf, parsed } from '../split/test-support/events-of.ts';
import { type MergeOptions, type MergeSummary, mergeLogs } from './merge-logs.ts';
import { sharedBases } from './shared-bases.ts';

const text = { text: 'x' };

function runOf(results: Result[], more: Partial<Run> = {}): Run {
  return { tool: { driver: { name: 'Shop Lint', version: '1.4.0' } }, results, ...more };
}

function again(log: Log): AsyncIterable<SarifEvent> {
  return { [Symbol.asyncIterator]: () => eventsOf(log)[Symbol.asyncIterator]() };
}

async function mergeRuns(
  runs: readonly Run[],
  options: MergeOptions = {},
): Promise<{ runs: Run[]; summary: MergeSummary }> {
  let summary: MergeSummary | undefined;
  const logs = runs.map((run) => again({ version: '2.1.0', runs: [run] }));
  const merged = mergeLogs(logs, { ...options, onSummary: (told) => (summary = told) });
  return { runs: parsed(await bytesOf(merged)).runs ?? [], summary: summary as MergeSummary };
}

async function onlyRun(runs: readonly Run[], options?: MergeOptions): Promise<Run> {
  const merged = await mergeRuns(runs, options);
  expect(merged.runs).toHaveLength(1);
  return merged.runs[0] as Run;
}

function placed(uri: string, uriBaseId?: string): Result {
  const artifactLocation = uriBaseId === undefined ? { uri } : { uri, uriBaseId };
  return { ruleId: 'shop/no-eval', message: text, locations: [{ physicalLocation: { artifactLocation } }] };
}

describe('which runs become one', () => {
  const driver = { name: 'Shop Lint', version: '1.4.0' };
  const one = runOf([placed('a.js')]);
  test.each<[string, Partial<Run>, number]>([
    ['another tool', { tool: { driver: { ...driver, name: 'Cart Lint' } } }, 2],
    ['another version', { tool: { driver: { ...driver, version: '1.5.0' } } }, 2],
    ['another semantic version', { tool: { driver: { ...driver, semanticVersion: '1.4.0' } } }, 2],
    ['another full name', { tool: { driver: { ...driver, fullName: 'Shop Lint (beta)' } } }, 2],
    ['a GUID', { tool: { driver: { ...driver, guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000001' } } }, 2],
    ['more that is said of the tool', { tool: { driver: { ...driver, informationUri: 'https://shop.example/' } } }, 1],
    ['a category', { automationDetails: { id: 'nightly/1' } }, 2],
    ['a run id alone', { automationDetails: { id: '1' } }, 1],
    ['the unit of columns', { columnKind: 'unicodeCodePoints' }, 2],
    ['the language', { language: 'de' }, 2],
    ['an unknown result set', { results: null }, 2],
    ['external property files', { externalPropertyFileReferences: { artifacts: [{ guid: 'x' }] } }, 2],
    ['comparison with an earlier run', { results: [{ ...placed('a.js'), baselineState: 'new' }] }, 2],
    ['nothing found', { results: [] }, 1],
  ])('with %s', async (_, more, expected) => {
    for (const pair of [
      [one, runOf([placed('b.js')], more)],
      [runOf([placed('b.js')], more), one],
    ]) {
      const { runs } = await mergeRuns(pair);
      expect(runs).toHaveLength(expected);
      const before = pair.flatMap(({ results }) => results ?? []).length;
      expect(runs.flatMap(({ results }) => results ?? []).length).toBe(before);
    }
  });

  test('empty runs stay, and what is unknown stays unknown', async () => {
    const { runs } = await mergeRuns([runOf([]), runOf([]), { ...runOf([]), results: null }]);
    expect(runs.map(({ results }) => results)).toEqual([[], null]);
  });

  test('several runs are named, and the whole has their category', async () => {
    const run = (id: string) => runOf([], { automationDetails: { id } });
    expect((await onlyRun([run('nightly/1'), run('nightly/1')])).automationDetails).toEqual({ id: 'nightly/1' });
    expect(await onlyRun([run('nightly/1'), run('nightly/2'), run('nightly/1')])).toMatchObject({
      automationDetails: { id: 'nightly/' },
      runAggregates: [{ id: 'nightly/1' }, { id: 'nightly/2' }],
    });
    const alone = await onlyRun([run('1'), run('2')]);
    expect(alone.automationDetails).toBe(undefined);
    expect(alone.runAggregates).toEqual([{ id: '1' }, { id: '2' }]);
  });
});

describe('what a result owes to its run goes with it', () => {
  const rules = [{ id: 'R1', defaultConfiguration: { level: 'note' as const } }];
  const tool = { driver: { name: 'Shop Lint', rules } };
  const override = (level: 'error' | 'warning', rank: number) => ({
    executionSuccessful: true,
    exitCode: rank,
    ruleConfigurationOverrides: [{ descriptor: { id: 'R1' }, configuration: { level, rank } }],
  });

  test('level and rank of the invocation that was the only one', async () => {
    const run = await onlyRun([
      runOf([{ ruleId: 'R1', message: text }], { tool, invocations: [override('error', 9)] }),
      runOf([{ ruleId: 'R1', message: text }], { tool, invocations: [override('warning', 5)] }),
      runOf([{ ruleId: 'R1', message: text }], { tool }),
    ]);
    expect(run.invocations).toHaveLength(2);
    expect(run.tool.driver.rules).toEqual(rules);
    expect(run.results?.map(({ level, rank, provenance }) => [level, rank, provenance?.invocationIndex])).toEqual([
      ['error', 9, 0],
      ['warning', 5, 1],
      ['note', undefined, undefined],
    ]);
  });

  test('its invocation, wherever that stands now', async () => {
    const invocations = [
      { executionSuccessful: true, exitCode: 1 },
      { executionSuccessful: true, exitCode: 2 },
    ];
    const at = (invocationIndex: number, ruleId: string): Result => ({
      ruleId,
      message: text,
      provenance: { invocationIndex },
    });
    const run = await onlyRun([
      runOf([at(0, 'R1'), at(1, 'R2')], { invocations }),
      runOf([at(0, 'R3'), at(7, 'R4'), at(2, 'R5')], { invocations: [invocations[1]!, ...invocations] }),
    ]);
    expect(run.invocations?.map(({ exitCode }) => exitCode)).toEqual([1, 2, 2]);
    // The second log's first invocation equals the first log's second; its own second equal one stays one of its own.
    expect(run.results?.map(({ provenance }) => provenance)).toEqual([
      { invocationIndex: 0 },
      { invocationIndex: 1 },
      { invocationIndex: 1 },
      undefined,
      { invocationIndex: 2 },
    ]);
  });

  test('its rule: one id with two contents stays two descriptors', async () => {
    const described = (words: string) => ({ driver: { name: 'Shop Lint', rules: [{ id: 'R1', name: words }] } });
    const found: Result[] = [
      { ruleId: 'R1', message: text },
      { ruleId: 'R1', ruleIndex: 0, message: text, kind: 'pass' },
    ];
    const run = await onlyRun([runOf(found, { tool: described('one') }), runOf(found, { tool: described('other') })]);
    expect(run.tool.driver.rules?.map(({ name }) => name)).toEqual(['one', 'other']);
    expect(run.results?.map(({ ruleIndex, level }) => [ruleIndex, level])).toEqual([
      [undefined, 'warning'],
      [0, undefined],
      [1, 'warning'],
      [1, undefined],
    ]);
  });

  test('its rule in an extension', async () => {
    const tool = (...names: string[]) => ({
      driver: { name: 'Shop Lint', rules: [{ id: 'R1' }] },
      extensions: names.map((name) => ({ name, rules: [{ id: 'R1', name }] })),
    });
    const result = (index: number): Result => ({ rule: { index: 0, toolComponent: { index } }, message: text });
    const run = await onlyRun([
      runOf([result(0)], { tool: tool('a') }),
      runOf([result(0), result(1), { ruleId: 'R1', message: text }], { tool: tool('b', 'a') }),
    ]);
    expect(run.tool.extensions?.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(run.results?.map(({ rule }) => rule?.toolComponent?.index)).toEqual([0, 1, undefined]);
    expect(run.results?.[0]).toMatchObject({ occurrenceCount: 2 });
  });

  test('that nobody suppressed it, when others say whether they are', async () => {
    const suppressed: Result = { ...placed('a.js'), suppressions: [{ kind: 'external' }] };
    const run = await onlyRun([runOf([suppressed]), runOf([placed('a.js'), placed('b.js')])]);
    expect(run.results?.map(({ suppressions }) => suppressions?.length)).toEqual([1, 0, 0]);
    const none = await onlyRun([runOf([placed('a.js')]), runOf([placed('b.js')])]);
    expect(none.results?.map(({ suppressions }) => suppressions)).toEqual([undefined, undefined]);
  });

  test('the place of its file, when base ids mean something else elsewhere', async () => {
    const bases = (root: string) => ({ SRCROOT: { uri: `file:///${root}/` }, LIB: { uri: 'file:///opt/lib/' } });
    const machine = (root: string, results: Result[]) =>
      runOf(results, {
        originalUriBaseIds: bases(root),
        artifacts: [{ location: { uri: `${root}.js`, uriBaseId: 'SRCROOT' } }],
      });
    const run = await onlyRun([
      machine('ci1', [placed('src/a.js', 'SRCROOT'), placed('x.js', 'LIB')]),
      machine('ci2', [placed('src/a.js', 'SRCROOT'), placed('file:///ci2/src/b.js'), placed('y.js', 'OTHER')]),
    ]);
    const places = run.results?.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation);
    expect(places).toEqual([
      { uri: 'src/a.js' },
      { uri: 'x.js', uriBaseId: 'LIB' },
      { uri: 'src/b.js' },
      { uri: 'y.js', uriBaseId: 'OTHER' },
    ]);
    expect(run.results?.[0]?.occurrenceCount).toBe(2);
    expect(run.originalUriBaseIds).toEqual({ LIB: { uri: 'file:///opt/lib/' } });
    expect(run.artifacts).toEqual([{ location: { uri: 'ci1.js' } }, { location: { uri: 'ci2.js' } }]);
  });

  test('and not when they are the same', async () => {
    const originalUriBaseIds = { SRCROOT: { uri: 'file:///ci/' } };
    const run = await onlyRun([
      runOf([placed('src/a.js', 'SRCROOT')], { originalUriBaseIds }),
      runOf([placed('src/b.js', 'SRCROOT')], { originalUriBaseIds }),
      runOf([]),
    ]);
    expect(run.originalUriBaseIds).toEqual(originalUriBaseIds);
    expect(run.results?.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uriBaseId)).toEqual([
      'SRCROOT',
      'SRCROOT',
    ]);
  });
});

describe('what runs have in common stands there once', () => {
  test('with parents and everything that points there', async () => {
    const artifacts = (...uris: string[]) =>
      uris.map((uri, index) => ({ location: { uri, index }, ...(index === 0 ? {} : { parentIndex: 0 }) }));
    const at = (index: number): Result => ({ ruleId: 'R1', message: text, analysisTarget: { index } });
    const run = await onlyRun([
      runOf([at(1)], { artifacts: artifacts('a.zip', 'in-a.js') }),
      runOf([at(1), at(2)], { artifacts: artifacts('b.zip', 'in-a.js', 'in-b.js') }),
      runOf([at(1)], { artifacts: artifacts('a.zip', 'in-a.js') }),
    ]);
    expect(run.artifacts).toEqual([
      { location: { uri: 'a.zip', index: 0 } },
      { location: { uri: 'in-a.js', index: 1 }, parentIndex: 0 },
      { location: { uri: 'b.zip', index: 2 } },
      { location: { uri: 'in-a.js', index: 3 }, parentIndex: 2 },
      { location: { uri: 'in-b.js', index: 4 }, parentIndex: 2 },
    ]);
    expect(run.results?.map(({ analysisTarget, occurrenceCount }) => [analysisTarget?.index, occurrenceCount])).toEqual(
      [
        [1, 2],
        [3, undefined],
        [4, undefined],
      ],
    );
  });

  test('and what leads nowhere goes on leading nowhere', async () => {
    const run = await onlyRun([
      runOf([], { artifacts: [{ length: 1 }, { length: 2 }] }),
      runOf([{ ruleId: 'R1', ruleIndex: 4, message: text, analysisTarget: { uri: 'a.js', index: 1 } }], {
        artifacts: [{ length: 3 }],
      }),
    ]);
    expect(run.results).toEqual([{ ruleId: 'R1', level: 'warning', message: text, analysisTarget: { uri: 'a.js' } }]);
  });

  test('property bags that differ keep what they say', async () => {
    const run = (properties: Run['properties']) => runOf([], properties === undefined ? {} : { properties });
    const merged = await onlyRun([
      run({ a: 1, tags: ['x'] }),
      run({ a: 2, b: 3, tags: ['y', 'x'] }),
      run({ a: 2 }),
      run(undefined),
    ]);
    expect(merged.properties).toEqual({ a: 1, b: 3, tags: ['x', 'y'], 'sariflow/differing': [{ a: 2 }] });
  });

  test('thousands of nested parents are no trouble', async () => {
    const logicalLocations = Array.from({ length: 20_000 }, (_, index) => ({
      name: `n${index}`,
      parentIndex: index + 1,
    }));
    const run = runOf([{ ruleId: 'R1', message: text, locations: [{ logicalLocations: [{ index: 0 }] }] }], {
      logicalLocations,
    });
    const merged = await onlyRun([run, run]);
    expect(merged.logicalLocations).toHaveLength(20_000);
    expect(merged.results).toMatchObject([{ occurrenceCount: 2 }]);
  });
});

describe('equal results', () => {
  const result = (more: Partial<Result> = {}): Result => ({ ...placed('a.js'), level: 'error', ...more });

  test.each<[string, Result[], Result[], (number | undefined)[]]>([
    ['of two logs are one', [result()], [result()], [2]],
    ['stand for as many as they say', [result({ occurrenceCount: 3 })], [result()], [4]],
    ['of one log stay two', [result(), result()], [], [undefined, undefined]],
    ['of one log are counted one by one', [result(), result()], [result()], [2, undefined]],
    ['in two logs twice stay two', [result(), result()], [result(), result()], [2, 2]],
    [
      'whose members stand in another order',
      [result({ kind: 'fail', rank: 1 })],
      [{ rank: 1, kind: 'fail', ...result() }],
      [2],
    ],
    ['but for the message', [result()], [result({ message: { text: 'y' } })], [undefined, undefined]],
    ['but for a GUID', [result()], [result({ guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000001' })], [undefined, undefined]],
    ['but for the level', [result()], [result({ level: 'note' })], [undefined, undefined]],
    ['one of which leaves the default unsaid', [result({ level: 'warning' })], [placed('a.js')], [2]],
  ])('%s', async (_, one, other, expected) => {
    const { runs, summary } = await mergeRuns([runOf(one), runOf(other)]);
    expect(runs[0]?.results?.map(({ occurrenceCount }) => occurrenceCount)).toEqual(expected);
    expect(summary).toMatchObject({
      runs: { before: 2, after: 1 },
      results: { before: one.length + other.length, after: expected.length },
      duplicates: one.length + other.length - expected.length,
      unchecked: 0,
    });
  });

  test('of different tools stay two', async () => {
    const other = runOf([result()], { tool: { driver: { name: 'Cart Lint' } } });
    const { runs, summary } = await mergeRuns([runOf([result()]), other]);
    expect(runs.map(({ results }) => results?.length)).toEqual([1, 1]);
    expect(summary.duplicates).toBe(0);
  });

  test('are not looked for beyond the limit, which is told', async () => {
    const results = ['a', 'b', 'c'].map((name) => placed(`${name}.js`));
    const { runs, summary } = await mergeRuns([runOf(results), runOf(results)], { maxCompared: 2 });
    expect(runs[0]?.results?.map(({ occurrenceCount }) => occurrenceCount)).toEqual([2, 2, undefined, undefined]);
    expect(summary).toMatchObject({ duplicates: 2, unchecked: 2, results: { before: 6, after: 4 } });
  });
});

describe('places of the log', () => {
  const linked = (uri: string): Result => ({ ruleId: 'R2', message: { text: `see [it](${uri})` } });
  const textsOf = (run: Run | undefined) => run?.results?.map(({ message }) => message.text);

  test('are called by their new names', async () => {
    const first = runOf([placed('a.js'), placed('b.js')], { artifacts: [{ length: 1 }] });
    const second = runOf(
      [
        placed('a.js'),
        linked('sarif:/runs/0/artifacts/0'),
        linked('sarif:/runs/0/results/2/message'),
        linked('sarif:/runs/0/results/0'),
        linked('sarif:/runs/0/tool/driver/rules/0'),
        linked('sarif:/runs/1/artifacts/0'),
        linked('sarif:/runs/0/artifacts/5'),
      ],
      { artifacts: [{ length: 2 }], tool: { driver: { name: 'Shop Lint', version: '1.4.0', rules: [{ id: 'R2' }] } } },
    );
    const { runs } = await mergeRuns([runOf([], { tool: { driver: { name: 'Cart Lint' } } }), first, second]);
    expect(textsOf(runs[1])).toEqual([
      'x',
      'x',
      'see [it](sarif:/runs/1/artifacts/1)',
      'see [it](sarif:/runs/1/results/3/message)',
      // The result that this leads to has become one with the first log's.
      'see [it](sarif:/runs/1/results/0)',
      'see [it](sarif:/runs/1/tool/driver/rules/0)',
      'see it',
      'see it',
    ]);
  });

  test('of a run that stays alone move with it', async () => {
    const alone = runOf([linked('sarif:/runs/0/artifacts/0'), linked('sarif:/runs/0/results/0')], {
      artifacts: [{ location: { uri: 'sarif:/runs/0/results/1' } }],
      tool: { driver: { name: 'Cart Lint' } },
    });
    const { runs } = await mergeRuns([runOf([]), alone]);
    expect(textsOf(runs[1])).toEqual(['see [it](sarif:/runs/1/artifacts/0)', 'see [it](sarif:/runs/1/results/0)']);
    expect(runs[1]?.artifacts).toEqual([{ location: { uri: 'sarif:/runs/1/results/1' } }]);
  });

  test('inline external properties are found where they stand now', async () => {
    const log = (guid: string): Log => ({
      version: '2.1.0',
      inlineExternalProperties: [{ guid }],
      runs: [
        runOf([], {
          externalPropertyFileReferences: { artifacts: [{ location: { uri: 'sarif:/inlineExternalProperties/0' } }] },
        }),
      ],
    });
    const merged = parsed(await bytesOf(mergeLogs(['1', '2', '1'].map((guid) => again(log(guid))))));
    expect(merged.inlineExternalProperties).toEqual([{ guid: '1' }, { guid: '2' }]);
    const uris = merged.runs?.map((run) => run.externalPropertyFileReferences?.artifacts?.[0]?.location?.uri);
    expect(uris).toEqual([0, 1, 0].map((index) => `sarif:/inlineExternalProperties/${index}`));
  });
});

describe('logs', () => {
  const run = (name: string) => runOf([placed(`${name}.js`)], { tool: { driver: { name } } });
  const log = (...names: string[]): Log => ({ version: '2.1.0', runs: names.map(run) });

  test('whose runs stand in other orders are merged all the same', async () => {
    const logs = [log('A', 'B', 'C'), log('C', 'B', 'A'), log('B', 'D', 'B')];
    const merged = parsed(await bytesOf(mergeLogs(logs.map(again))));
    expect(merged.runs?.map(({ tool, results }) => [tool.driver.name, results?.[0]?.occurrenceCount])).toEqual([
      ['A', 2],
      ['B', 4],
      ['C', 2],
      ['D', undefined],
    ]);
  });

  test('of none, and of one, come out as they are', async () => {
    expect(parsed(await bytesOf(mergeLogs([])))).toMatchObject({ version: '2.1.0', runs: [] });
    const one: Log = { ...log('A', 'B'), properties: { a: 1 } };
    expect(parsed(await bytesOf(mergeLogs([again(one)])))).toMatchObject(one);
  });

  test('that can be read only once are refused', async () => {
    const once = [log('A'), log('A')].map((each) => eventsOf(each));
    await expect(bytesOf(mergeLogs(once))).rejects.toThrow('Merge logs that can be read again.');
  });

  test('are let go of when nobody wants more', async () => {
    let open = 0;
    const watched = {
      async *[Symbol.asyncIterator]() {
        open += 1;
        try {
          yield* eventsOf(log('A', 'B'));
        } finally {
          open -= 1;
        }
      },
    };
    for await (const event of mergeLogs([watched, again(log('A'))])) if (event.type === 'result') break;
    expect(open).toBe(0);
  });
});

test('a base that starts at another one is shared when both are', () => {
  const bases = (root: string): Run =>
    runOf([placed('a.js')], {
      originalUriBaseIds: {
        C: { uri: 'c/', uriBaseId: 'B' },
        B: { uri: 'b/', uriBaseId: 'A' },
        A: { uri: `file:///${root}/` },
        E: { uri: 'e/', uriBaseId: 'D' },
        D: { uri: 'file:///d/' },
        LOST: { uri: 'l/', uriBaseId: 'NOBODY' },
        ROUND: { uri: 'r/', uriBaseId: 'ROUND' },
      },
    });
  const { isSame, originalUriBaseIds } = sharedBases([bases('one'), bases('other')]);
  expect(isSame).toBe(false);
  expect(Object.keys(originalUriBaseIds)).toEqual(['E', 'D', 'ROUND']);
  expect(sharedBases([bases('one'), bases('one')]).isSame).toBe(true);
});

describe('parts of a run', () => {
  const part = (number: number, results: Result[]): Run =>
    runOf(
      results,
      number === 1 ? {} : { automationDetails: { id: `part-${number}/` }, properties: { 'sariflow/part': number } },
    );
  const twin = placed('a.js');

  test.each<[string, Run[], (number | undefined)[]]>([
    ['keep what the run had twice', [part(1, [twin]), part(2, [twin])], [undefined, undefined]],
    ['in any order', [part(3, [twin]), part(1, [twin]), part(2, [twin])], [undefined, undefined, undefined]],
    [
      'are compared with those of another copy',
      [part(1, [twin]), part(2, [twin]), part(1, [twin]), part(2, [twin])],
      [2, 2],
    ],
    ['and so is a run that comes between', [part(1, [twin]), part(1, [twin]), part(2, [twin])], [2, undefined]],
  ])('%s', async (_, runs, expected) => {
    const run = await onlyRun(runs);
    expect(run.results?.map(({ occurrenceCount }) => occurrenceCount)).toEqual(expected);
    expect(run.automationDetails).toBe(undefined);
  });
});

test('runs with external property files become one where they agree on them, and positions lead there still', async () => {
  const external = (uri: string, taxa: string[]): Run =>
    runOf([{ ruleId: 'R1', message: text, taxa: [{ index: 3, toolComponent: { index: 5 } }] }, placed(uri)], {
      externalPropertyFileReferences: { taxonomies: [{ location: { uri: 'https://shop.example/cwe.sarif' } }] },
      taxonomies: [{ name: 'Shop', taxa: taxa.map((id) => ({ id })) }],
    });
  const run = await onlyRun([external('a.js', ['1']), external('b.js', ['1'])]);
  expect(run.results?.[0]).toMatchObject({ taxa: [{ index: 3, toolComponent: { index: 5 } }], occurrenceCount: 2 });
  expect(run.externalPropertyFileReferences?.taxonomies).toHaveLength(1);
  expect((await mergeRuns([external('a.js', ['1']), external('b.js', ['1', '2'])])).runs).toHaveLength(2);
});

test('a taxonomy that says that it has no taxa goes on saying so', async () => {
  const run = (): Run => runOf([], { taxonomies: [{ name: 'CWE', taxa: [] }, { name: 'Shop' }] });
  expect((await onlyRun([run(), run()])).taxonomies).toEqual([{ name: 'CWE', taxa: [] }, { name: 'Shop' }]);
});
