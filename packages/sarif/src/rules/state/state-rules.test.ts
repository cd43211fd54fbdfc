import { describe, expect, test } from 'vitest';
import type { Result, Run } from '../../model/model.ts';
import { createRunContext } from '../../run/run-context.ts';
import type { ValidateOptions } from '../../validate/validate.ts';
import type { Finding } from '../rule.ts';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';
import { absentNotPresent } from './v211-absent-not-present.ts';

const message = { text: 'It is so.' };
const tool = { driver: { name: 'T', rules: [{ id: 'R1' }, { id: 'R2' }] } };
const logOf = (run: object) => ({ version: '2.1.0', runs: [{ tool, results: [], ...run }] });
const resultsOf = (...results: object[]) => ({
  results: results.map((result) => ({ ruleId: 'R1', level: 'error', message, ...result })),
});

/** What the rules about states say of a run: rule and place. */
async function said(run: object, options: Omit<ValidateOptions, 'report'> = {}): Promise<string[]> {
  const diagnostics = await diagnosticsOf(logOf(run), options, 'SF-V2');
  return diagnostics.map(({ ruleId, pointer }) => `${ruleId.slice(3)} ${pointer.replace('/runs/0/', '')}`);
}

/** The run as it is written after normalizing, which leaves no error and nothing to repair. */
async function repaired(run: object): Promise<Run> {
  const once = await normalizedLog(logOf(run), {});
  expect(await normalizedLog(once, {})).toEqual(once);
  const left = await diagnosticsOf(once, {}, 'SF-V2');
  expect(left.filter((each) => each.level === 'error' || each.fix !== undefined)).toEqual([]);
  return once.runs?.[0] as Run;
}

async function repairedResults(run: object): Promise<readonly Result[]> {
  return (await repaired(run)).results ?? [];
}

describe('kind, level and rank', () => {
  test.each<[Partial<Result>, string[]]>([
    [{ kind: 'review' }, ['V201 results/0/level']],
    [{ kind: 'pass', level: 'note' }, ['V201 results/0/level']],
    [{ kind: 'pass', level: 'none' }, []],
    [{ kind: 'fail' }, []],
    [{}, []],
    [{ kind: 'pass', properties: { 'sariflow/kindLevelConflict': true } }, []],
    [{ level: 'none' }, ['V202 results/0/level']],
    [{ kind: 'fail', level: 'none' }, ['V202 results/0/level']],
    [{ kind: 'open', level: 'none', rank: 0 }, ['V203 results/0/rank']],
    [{ kind: 'open', level: 'none', rank: -1 }, []],
    [{ rank: 100 }, []],
  ])('%j: %j', async (result, expected) => expect(await said(resultsOf(result))).toEqual(expected));

  test('a severity is never lowered: kind and level stay, and the result is marked', async () => {
    const [result] = await repairedResults(resultsOf({ kind: 'review' }));
    expect(result).toMatchObject({
      kind: 'review',
      level: 'error',
      properties: { 'sariflow/kindLevelConflict': true },
    });
  });

  test('a level that a destination needs is marked as well', async () => {
    const log = await normalizedLog(logOf(resultsOf({ kind: 'pass', level: 'none' })), { profile: 'cortex' });
    expect(log.runs?.[0]?.results?.[0]?.level).toBe('note');
    expect((await diagnosticsOf(log, {}, 'SF-V201')).map(({ ruleId }) => ruleId)).toEqual([]);
  });

  test('a rank that says nothing is kept among the properties', async () => {
    const [result] = await repairedResults(resultsOf({ kind: 'open', level: 'none', rank: 70 }));
    expect(result).not.toHaveProperty('rank');
    expect(result?.properties).toEqual({ 'original/rank': 70 });
  });
});

describe('invocations', () => {
  const overriding = (level: string, descriptor: object = { id: 'R1' }) => ({ descriptor, configuration: { level } });
  const invocation = (...ruleConfigurationOverrides: object[]) => ({
    executionSuccessful: true,
    ...(ruleConfigurationOverrides.length > 0 && { ruleConfigurationOverrides }),
  });
  const place = 'V204 invocations/0/ruleConfigurationOverrides/1/configuration/level';

  test.each<[object[], string[]]>([
    [[overriding('error'), overriding('note', { index: 0 })], [place]],
    [[overriding('error'), overriding('error', { index: 0 })], []],
    [[overriding('error'), overriding('note', { index: 1 })], []],
    [[overriding('error'), { descriptor: { id: 'R1' }, configuration: { rank: 5 } }], []],
    // A rule that the run does not describe is known by its id.
    [[overriding('error', { id: 'R9' }), overriding('note', { id: 'R9' })], [place]],
    [[overriding('error', { id: 'R8' }), overriding('note', { id: 'R9' })], []],
  ])('overrides %j: %j', async (overrides, expected) => {
    expect(await said({ invocations: [invocation(...overrides)] })).toEqual(expected);
  });

  test.each<[object[], Partial<Result>, string[]]>([
    [[invocation(overriding('error')), invocation()], {}, ['V205 results/0']],
    [[invocation(overriding('error'))], {}, []],
    [[invocation(overriding('error')), invocation()], { provenance: { invocationIndex: 1 } }, []],
    [[invocation(overriding('error')), invocation()], { level: 'note' }, []],
    [[invocation(overriding('error')), invocation()], { kind: 'pass' }, []],
    [[invocation(overriding('error')), invocation()], { ruleId: 'R2', level: 'note' }, []],
    [[invocation(overriding('error', { id: 'R2' })), invocation()], {}, []],
    [[invocation(), invocation()], {}, []],
    [[invocation()], { level: 'note', provenance: { invocationIndex: 0 } }, []],
    [
      [invocation()],
      { level: 'note', provenance: { invocationIndex: 1 } },
      ['V206 results/0/provenance/invocationIndex'],
    ],
    [[], { level: 'note', provenance: { invocationIndex: 0 } }, ['V206 results/0/provenance/invocationIndex']],
    [[], { level: 'note', provenance: { invocationIndex: -1 } }, []],
  ])('invocations %j, result %j: %j', async (invocations, result, expected) => {
    const results = [
      { ruleId: 'R1', message, ...result },
      { ruleId: 'R2', message, level: 'note' },
    ];
    expect(await said({ invocations, results })).toEqual(expected);
  });

  test('an invocation that is not there is not named any more', async () => {
    const [result] = await repairedResults(resultsOf({ provenance: { invocationIndex: 2 } }));
    expect(result?.provenance).toEqual({});
  });

  test('invocations of a file of their own are not counted here', async () => {
    const elsewhere = { externalPropertyFileReferences: { invocations: [{ location: { uri: 'i.json' } }] } };
    expect(await said({ ...elsewhere, ...resultsOf({ provenance: { invocationIndex: 2 } }) })).toEqual([]);
  });
});

describe('what all results of a run have, or none', () => {
  const stateOf = ({ baselineState, properties }: Result) => ({ baselineState, properties });
  const made = { 'sariflow/synthetic': ['baselineState'] };

  test('the first result decides that there are baseline states', async () => {
    const gone = { baselineState: 'absent', message: { text: 'It was so.' } };
    const run = resultsOf({ baselineState: 'unchanged' }, {}, gone, {});
    expect(await said(run)).toEqual(['V207 results/1', 'V207 results/3']);
    expect((await repairedResults(run)).map(stateOf)).toEqual([
      { baselineState: 'unchanged' },
      { baselineState: 'new', properties: made },
      { baselineState: 'absent' },
      { baselineState: 'new', properties: made },
    ]);
  });

  test('or that there are none', async () => {
    const run = resultsOf({}, { baselineState: 'absent', properties: { a: 1 } }, {});
    expect(await said(run)).toEqual(['V207 results/1/baselineState']);
    expect((await repairedResults(run)).map(stateOf)).toEqual([
      {},
      { properties: { a: 1, 'original/baselineState': 'absent' } },
      {},
    ]);
  });

  test('each run decides for itself', async () => {
    const runs = [resultsOf({ baselineState: 'new' }), resultsOf({})].map((run) => ({ tool, ...run }));
    expect(await diagnosticsOf({ version: '2.1.0', runs }, {}, 'SF-V207')).toEqual([]);
  });

  const some = { suppressions: [{ kind: 'inSource' }], workItemUris: ['https://tracker.example/1'] };
  test.each<[object[], string[], unknown[]]>([
    [[some, some], [], [some.suppressions, some.suppressions]],
    [[some, {}], ['results/1'], [some.suppressions, []]],
    [[{}, some], ['results/1'], [undefined, some.suppressions]],
    [
      [{}, some, {}, some],
      ['results/1', 'results/2'],
      [undefined, some.suppressions, [], some.suppressions],
    ],
    [[{ suppressions: [], workItemUris: [] }, some], [], [[], some.suppressions]],
    [[{ suppressions: null, workItemUris: null }, {}], [], [undefined, undefined]],
    [[some, { suppressions: null, workItemUris: null }], ['results/1'], [some.suppressions, []]],
  ])('%j: %j', async (results, expected, after) => {
    const places = await said(resultsOf(...results));
    const withMember = (rule: string, member: string) =>
      places.filter((each) => each.startsWith(rule)).map((each) => each.slice(5).replace(`/${member}`, ''));
    expect(withMember('V208', 'suppressions')).toEqual(expected);
    expect(withMember('V209', 'workItemUris')).toEqual(expected);
    const once = await normalizedLog(logOf(resultsOf(...results)), {});
    expect(once.runs?.[0]?.results?.map(({ suppressions }) => suppressions)).toEqual(after);
    expect(await normalizedLog(once, {})).toEqual(once);
  });
});

describe('suppressions that expire', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const until = (expiryUtc: unknown) => resultsOf({ suppressions: [{ kind: 'external', properties: { expiryUtc } }] });
  const place = 'V210 results/0/suppressions/0/properties/expiryUtc';

  test.each([
    ['2026-03-01T11:59:59Z', [place]],
    ['2026-03-01T12:00:00Z', [place]],
    ['2026-03-01T12:00:01Z', []],
    ['2026-03-01', [place]],
    ['2026-03-02', []],
    ['some day', []],
    [1, []],
  ])('%s: %j', async (expiry, expected) => {
    expect(await said(until(expiry), { now })).toEqual(expected);
    expect(await said(until(expiry))).toEqual([]);
  });
});

describe('absent results', () => {
  const at = (uri: string) => [{ physicalLocation: { artifactLocation: { uri } } }];
  const found = (baselineState: string, more: object = {}) => ({ baselineState, locations: at('a.c'), ...more });

  test.each<[object[], string[]]>([
    [[found('absent'), found('new')], ['V211 results/1/baselineState']],
    [[found('updated'), found('absent')], ['V211 results/1/baselineState']],
    [[found('new'), found('unchanged')], []],
    [[found('absent'), found('absent')], []],
    [[found('absent'), found('new'), found('new')], ['V211 results/1/baselineState']],
    [[found('absent'), found('new', { locations: at('b.c') })], []],
    [[found('absent'), found('new', { ruleId: 'R2' })], []],
    [[found('absent'), found('new', { message: { text: 'Other.' } })], []],
    [[found('absent', { fingerprints: { a: '1' } }), found('new', { fingerprints: { a: '2' } })], []],
    [
      [found('absent', { partialFingerprints: { a: '1' } }), found('new', { partialFingerprints: { a: '1' } })],
      ['V211 results/1/baselineState'],
    ],
  ])('%j: %j', async (results, expected) => expect(await said(resultsOf(...results))).toEqual(expected));

  test('are looked for among a million results, and what is beyond is said once', () => {
    const context = createRunContext({ runIndex: 0, results: 'array' }, { tool });
    const watch = absentNotPresent.watch(context);
    const findings: Finding[] = [];
    const report = (finding: Finding) => findings.push(finding);
    const show = (text: number, baselineState: 'new' | 'absent') =>
      watch.result?.({ message: { text: `${text}` }, baselineState }, text, report, () => undefined);
    for (let text = 0; text < 1_000_000; text += 1) show(text, 'new');
    show(0, 'absent');
    expect(findings).toHaveLength(1);
    for (let text = 1_000_000; text < 1_000_010; text += 1) show(text, 'new');
    show(1_000_009, 'absent');
    expect(findings).toHaveLength(1);
    watch.end?.(report, 1_000_012);
    expect(findings[1]).toMatchObject({ level: 'note', message: expect.stringContaining('1,000,000') });
  });
});

describe('security-severity', () => {
  const bag = (value: unknown) => ({ 'security-severity': value });

  test.each<[unknown, unknown]>([
    ['7.5', undefined],
    ['0.0', undefined],
    ['10.0', undefined],
    [7.5, '7.5'],
    [9, '9.0'],
    [0, '0.0'],
    ['High', '8.0'],
    ['critical', '9.5'],
    ['medium', '5.5'],
    ['low', '2.0'],
    ['', null],
    ['undefined', null],
    ['null', null],
    [null, null],
    [{ score: 7 }, null],
  ])('%j becomes %j', async (value, after) => {
    const driver = { name: 'T', rules: [{ id: 'R1', properties: bag(value) }] };
    const run = { tool: { driver }, ...resultsOf({ properties: bag(value) }) };
    const places = ['tool/driver/rules/0', 'results/0'].map((place) => `V212 ${place}/properties/security-severity`);
    expect(await said(run)).toEqual(after === undefined ? [] : places);
    const { tool: changed, results } = await repaired(run);
    const expected =
      after === undefined ? bag(value) : { 'original/security-severity': value, ...(after !== null && bag(after)) };
    expect(changed.driver.rules?.[0]?.properties).toEqual(expected);
    expect(results?.[0]?.properties).toEqual(expected);
  });

  test.each<[unknown, unknown]>([
    ['10.1', '10.1'],
    ['-1', '-1'],
    [42, '42.0'],
  ])('%j is no score, and what it means nobody knows', async (value, after) => {
    const run = resultsOf({ properties: bag(value) });
    expect(await said(run)).toEqual(['V212 results/0/properties/security-severity']);
    expect((await repairedResults(run))[0]?.properties).toMatchObject(bag(after));
  });

  test('elsewhere the name means what anybody likes', async () => {
    expect(await said({ properties: bag(7) })).toEqual([]);
  });
});

describe('a run without levels', () => {
  const plain = (more: object = {}) => ({ ruleId: 'R1', message, ...more });
  const ruled = (rule: object) => ({ tool: { driver: { name: 'T', rules: [{ id: 'R1', ...rule }] } } });

  test.each<[object, string[]]>([
    [{ results: [plain(), plain()] }, ['V213 /runs/0']],
    [{ results: [plain(), plain({ level: 'note' })] }, []],
    [{ results: [plain({ kind: 'pass' })] }, []],
    [{ results: [plain({ kind: 'pass' }), plain()] }, ['V213 /runs/0']],
    [{ results: [] }, []],
    [{ ...ruled({ defaultConfiguration: { level: 'note' } }), results: [plain()] }, []],
    [{ ...ruled({ defaultConfiguration: { enabled: true } }), results: [plain()] }, ['V213 /runs/0']],
  ])('%j: %j', async (run, expected) => expect(await said(run)).toEqual(expected));

  test.each<[object, object, string]>([
    [{}, {}, 'Write the level of each result.'],
    [{}, { Severity: 'HIGH' }, "in the property 'severity'"],
    [{ 'security-severity': '7.5' }, { priority: 1 }, "in the properties 'security-severity', 'priority'"],
  ])('rule %j, result %j: %s', async (ofRule, ofResult, words) => {
    const run = { ...ruled({ properties: ofRule }), results: [plain({ properties: ofResult })] };
    const [diagnostic] = await diagnosticsOf(logOf(run), {}, 'SF-V213');
    expect(diagnostic?.message).toContain(words);
  });
});
