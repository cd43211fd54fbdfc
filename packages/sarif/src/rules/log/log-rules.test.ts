import { describe, expect, test } from 'vitest';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
const driver = { name: 'Shop Lint', version: '1.4.0' };
const message = { text: 'x' };
const guid = (at: number) => `7a3f1f9e-8d1c-4a6e-9a53-${String(at).padStart(12, '0')}`;

type Fields = Readonly<Record<string, unknown>>;

const logOf = (...runs: Fields[]) => ({
  $schema: schema,
  version: '2.1.0',
  runs: runs.map((run) => ({ tool: { driver }, results: [], ...run })),
});

async function said(log: object, id: string): Promise<string[]> {
  return (await diagnosticsOf(log, {}, `SF-${id}`)).map(({ pointer }) => pointer);
}

describe('V001 and V002, the schema', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, 'V001 '],
    ['https://json.schemastore.org/sarif-2.1.0.json', undefined],
    ['http://json.schemastore.org/sarif-2.1.0', undefined],
    ['https://www.schemastore.org/schemas/json/sarif-2.1.0.json', undefined],
    ['https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0.json', undefined],
    ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json', undefined],
    ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json', undefined],
    ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/cos02/schemas/sarif-schema-2.1.0.json', undefined],
    ['https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json', undefined],
    ['https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json', undefined],
    ['https://json.schemastore.org/sarif-2.1.0.json#', undefined],
    ['https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0-rtm.5.json', 'V002 /$schema'],
    ['http://json.schemastore.org/sarif-2.1.0-beta.0', 'V002 /$schema'],
    ['http://json.schemastore.org/sarif-1.0.0', 'V002 /$schema'],
    ['https://json.schemastore.org/sarif-2.2.0.json', 'V002 /$schema'],
    ['https://json.schemastore.org/package.json?sarif-2.1.0.json', 'V002 /$schema'],
    ['json.schemastore.org/sarif-2.1.0.json', 'V002 /$schema'],
    ['sarif-schema-2.1.0.json', 'V002 /$schema'],
    ['file:///C:/schemas/sarif-2.1.0.json', 'V002 /$schema'],
    ['https://docs.oasis-open.org/ sarif/sarif-schema-2.1.0.json', 'V002 /$schema'],
    ['', 'V002 /$schema'],
  ])('%j', async ($schema, expected) => {
    const log = { ...logOf({}), $schema };
    const diagnostics = (await diagnosticsOf(log, {})).filter(({ ruleId }) => /SF-V00[12]/.test(ruleId));
    expect(diagnostics.map(({ ruleId, pointer }) => `${ruleId.slice(3)} ${pointer}`)).toEqual(
      expected === undefined ? [] : [expected],
    );
    const written = await normalizedLog(log, {});
    expect(written.$schema).toBe(expected === undefined ? $schema : schema);
  });
});

describe('V003, the version', () => {
  test.each<[unknown, string | undefined]>([
    ['2.1.0', undefined],
    ['1.0.0', 'SARIF 1.0.0'],
    ['2.0.0-csd.2.beta.2018-10-10', 'a draft of SARIF'],
    ['2.1.0-beta.0', 'a draft of SARIF'],
    ['2.0.0', 'a draft of SARIF'],
    ['2.1', "'version' is not '2.1.0'"],
    ['', "'version' is not '2.1.0'"],
  ])('%j', async (version, expected) => {
    const log = { ...logOf({ extra: 1 }), version };
    const diagnostics = await diagnosticsOf(log, {});
    const versions = diagnostics.filter(({ ruleId }) => ruleId === 'SF-V003');
    expect(versions.map(({ pointer, level }) => `${pointer} ${level}`)).toEqual(
      expected === undefined ? [] : ['/version error'],
    );
    if (expected !== undefined) expect(versions[0]?.message).toContain(expected);
    // One rule alone speaks of the version, and what else is wrong is said all the same.
    const structure = diagnostics.filter(({ ruleId }) => ruleId.startsWith('SF-S'));
    expect(structure.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual(['SF-S204 /runs/0/extra']);
    expect((await normalizedLog(log, {})).version).toBe('2.1.0');
  });

  test('that is missing or no text breaks the schema', async () => {
    const { version: _, ...missing } = logOf({});
    expect(await said(missing, 'V003')).toEqual([]);
    expect(await said({ ...missing, version: 2.1 }, 'V003')).toEqual([]);
    expect(await said({ ...missing, version: 2.1 }, 'S201')).toEqual(['/version']);
  });
});

describe('V004 to V006, runs, results and names', () => {
  test.each<[unknown, string[]]>([
    [[], ['/runs']],
    [null, ['/runs']],
    [[{ tool: { driver } }], []],
    // Wrong ones break the schema, which is enough.
    [undefined, []],
    [{}, []],
    [['x'], []],
  ])('V004: runs are %j', async (runs, expected) => {
    expect(await said({ $schema: schema, version: '2.1.0', runs }, 'V004')).toEqual(expected);
  });

  test.each<[string, Fields, string[]]>([
    ['missing', { results: undefined }, ['/runs/0']],
    ['null', { results: null }, ['/runs/0/results']],
    ['empty', { results: [] }, []],
    ['no array', { results: 7 }, []],
    [
      'elsewhere',
      { results: undefined, externalPropertyFileReferences: { results: [{ location: { uri: 'a.json' } }] } },
      [],
    ],
  ])('V005: results are %s', async (_name, run, expected) => {
    expect(await said(logOf(run), 'V005')).toEqual(expected);
  });

  test.each<[unknown, string[]]>([
    ['', ['/runs/0/tool/driver/name']],
    [' \t\n', ['/runs/0/tool/driver/name']],
    ['T', []],
    // A name that is missing or no text breaks the schema, which is enough.
    [undefined, []],
    [null, []],
    [7, []],
  ])('V006: the name is %j', async (name, expected) => {
    expect(await said(logOf({ tool: { driver: { ...driver, name } } }), 'V006')).toEqual(expected);
  });
});

describe('V007, versions', () => {
  test.each<[Fields, string[]]>([
    [{ version: '1' }, []],
    [{ semanticVersion: '1.0.0' }, []],
    [{}, ['/runs/0/tool/driver']],
    [{ dottedQuadFileVersion: '1.2.3.4' }, ['/runs/0/tool/driver']],
    ...[
      ['0.0.0', true],
      ['10.20.30', true],
      ['1.2.3-alpha', true],
      ['1.2.3-alpha.1', true],
      ['1.2.3-0.3.7', true],
      ['1.2.3-x-y-z.--', true],
      ['1.2.3+20130313144700', true],
      ['1.2.3-beta+exp.sha.5114f85', true],
      ['1.2.3--', true],
      ['1.2.3-01a', true],
      ['1.2', false],
      ['v1.2.3', false],
      ['01.2.3', false],
      ['1.2.3-', false],
      ['1.2.3-01', false],
      ['1.2.3-a..b', false],
      ['1.2.3+', false],
      ['1.2.3+a+b', false],
      ['1.2.3.4', false],
      ['1.2.3-ä', false],
      ['', false],
    ].map(([semanticVersion, isGood]): [Fields, string[]] => [
      { semanticVersion },
      isGood ? [] : ['/runs/0/tool/driver/semanticVersion'],
    ]),
  ])('%j', async (more, expected) => {
    expect(await said(logOf({ tool: { driver: { name: 'T', ...more } } }), 'V007')).toEqual(expected);
  });

  test('extensions need no version, but one in the right form', async () => {
    const extensions = [{ name: 'A' }, { name: 'B', semanticVersion: 'latest' }];
    expect(await said(logOf({ tool: { driver, extensions } }), 'V007')).toEqual([
      '/runs/0/tool/extensions/1/semanticVersion',
    ]);
  });
});

describe('V008, GUIDs', () => {
  const result = (at: number) => ({ message, guid: guid(at) });

  test('of the results of a run, whatever their letters', async () => {
    const upper = { message, guid: guid(1).toUpperCase() };
    const log = logOf({ results: [result(1), { message }, result(2), upper, result(1)] }, { results: [result(1)] });
    const diagnostics = await diagnosticsOf(log, {}, 'SF-V008');
    expect(diagnostics.map(({ pointer }) => pointer)).toEqual(['/runs/0/results/3/guid', '/runs/0/results/4/guid']);
    for (const each of diagnostics) expect(each.message).toContain('result 0');
  });

  test('of runs, over the whole log', async () => {
    const run = (at: number) => ({ automationDetails: { id: `${at}/`, guid: guid(at % 2) } });
    expect(await said(logOf(run(0), run(1), run(2)), 'V008')).toEqual(['/runs/2/automationDetails/guid']);
  });

  test('of descriptors and of components, each among themselves', async () => {
    const rule = (id: string, at: number) => ({ id, guid: guid(at) });
    const tool = {
      driver: { ...driver, guid: guid(10), rules: [rule('a', 1), rule('b', 2)], notifications: [rule('n', 2)] },
      extensions: [{ name: 'E', guid: guid(10), rules: [rule('c', 1)], taxa: [rule('t', 3)] }],
    };
    const run = {
      tool,
      taxonomies: [{ name: 'X', guid: guid(11), taxa: [rule('u', 3)] }],
      // These speak of the same descriptors on purpose.
      translations: [{ name: 'Shop Lint', guid: guid(11), language: 'de-DE', rules: [rule('a', 1)] }],
      policies: [{ name: 'P', rules: [rule('a', 1)] }],
      // The same number may stand for a result, a run and a rule.
      automationDetails: { id: 'a/', guid: guid(1) },
      results: [result(1)],
    };
    expect(await said(logOf(run, run), 'V008')).toEqual(
      [0, 1].flatMap((at) => [
        ...(at === 1 ? ['/runs/1/automationDetails/guid'] : []),
        `/runs/${at}/tool/driver/notifications/0/guid`,
        `/runs/${at}/tool/extensions/0/guid`,
        `/runs/${at}/tool/extensions/0/rules/0/guid`,
        `/runs/${at}/taxonomies/0/taxa/0/guid`,
        `/runs/${at}/translations/0/guid`,
      ]),
    );
  });
});

test('V009: categories', async () => {
  const run = (name: string, automationDetails?: Fields) => ({
    tool: { driver: { ...driver, name } },
    ...(automationDetails && { automationDetails }),
  });
  const log = logOf(
    run('A'),
    run('B'),
    run('A', { id: 'only-a-run' }),
    run('A', { id: 'web/1' }),
    run('A', { id: 'web/2' }),
    run('A', { id: 'api/1' }),
    run('A', { id: 'x/', correlationGuid: guid(1) }),
    run('A', { id: 'y/', correlationGuid: guid(1) }),
    run(' '),
    run(' '),
  );
  expect(await said(log, 'V009')).toEqual([
    '/runs/2/automationDetails/id',
    '/runs/4/automationDetails/id',
    '/runs/7/automationDetails/id',
  ]);
});

describe('V010 to V012, invocations', () => {
  const of = (invocation: Fields, more: Fields = {}) =>
    logOf({ invocations: [{ executionSuccessful: true, ...invocation }], ...more });
  const at = (path: string) => `/runs/0/invocations/0${path}`;

  test.each<[Fields, string[]]>([
    [{}, []],
    [{ executionSuccessful: false }, ['/executionSuccessful']],
    [{ toolExecutionNotifications: [{ message, level: 'warning' }, { message }] }, []],
    [{ toolExecutionNotifications: [{ message }, { message, level: 'error' }] }, ['/toolExecutionNotifications/1']],
    [{ toolConfigurationNotifications: [{ message, level: 'error' }] }, ['/toolConfigurationNotifications/0']],
    [{ toolExecutionNotifications: [{ message, descriptor: { id: 'N' } }] }, ['/toolExecutionNotifications/0']],
    [
      {
        toolExecutionNotifications: [{ message, descriptor: { id: 'N' } }],
        notificationConfigurationOverrides: [{ descriptor: { id: 'N' }, configuration: { level: 'note' } }],
      },
      [],
    ],
  ])('V010: %j', async (invocation, expected) => {
    const notifications = [{ id: 'N', defaultConfiguration: { level: 'error' } }];
    const log = of(invocation, { tool: { driver: { ...driver, notifications } } });
    expect(await said(log, 'V010')).toEqual(expected.map(at));
  });

  test('V010: a conversion is no scan', async () => {
    const conversion = { tool: { driver: { name: 'C' } }, invocation: { executionSuccessful: false } };
    expect(await said(logOf({ conversion }), 'V010')).toEqual([]);
  });

  test.each<[string | undefined, string | undefined, boolean]>([
    ['2026-01-02T10:00:00Z', '2026-01-02T10:00:00Z', false],
    ['2026-01-02T10:00:00Z', '2026-01-02T10:00:01Z', false],
    ['2026-01-02T10:00:00Z', '2026-01-02T09:59:59Z', true],
    ['2026-01-02T10:00:00.5Z', '2026-01-02T10:00:00.49Z', true],
    ['2026-01-02T10:00:00.5Z', '2026-01-02T10:00:00.50Z', false],
    ['2026-01-02T10:00:00.5Z', '2026-01-02T10:00:00Z', false],
    ['2026-01-02T10:00:30Z', '2026-01-02T10:00Z', false],
    ['2026-01-02T10:00:30Z', '2026-01-02', false],
    ['2026-01-02', '2026-01-01T23:59Z', true],
    ['2026-01-02T24:00Z', '2026-01-02T23:59Z', true],
    ['2026-01-02T10:00:60Z', '2026-01-02T10:00:59Z', true],
    ['2026-01-02T10:00:00Z', '0001-01-01T00:00:00Z', true],
    [undefined, '2026-01-02', false],
    ['2026-01-02', undefined, false],
  ])('V011: from %s to %s', async (startTimeUtc, endTimeUtc, isWrong) => {
    const log = of({ startTimeUtc, endTimeUtc });
    expect(await said(log, 'V011')).toEqual(isWrong ? [at('/endTimeUtc')] : []);
    const [invocation] = (await normalizedLog(log, {})).runs?.[0]?.invocations ?? [];
    expect(invocation?.startTimeUtc).toBe(startTimeUtc);
    expect(invocation?.endTimeUtc).toBe(isWrong ? undefined : endTimeUtc);
  });

  test.each<[Fields, Fields, string[]]>([
    [{ exitCode: 0 }, {}, []],
    [{ exitSignalName: 'SIGKILL', exitSignalNumber: 9 }, {}, []],
    [{ exitCode: 137, exitSignalName: 'SIGKILL' }, {}, ['/exitCode']],
    [{ exitCode: 0, exitSignalNumber: 0 }, {}, ['/exitCode']],
    [{ processStartFailureMessage: 'no such file' }, {}, ['/processStartFailureMessage']],
    [{ processStartFailureMessage: 'no such file' }, { results: null }, []],
    [{ processStartFailureMessage: 'no such file' }, { results: undefined }, []],
  ])('V012: %j with %j', async (invocation, more, expected) => {
    expect(await said(of(invocation, more), 'V012')).toEqual(expected.map(at));
  });

  test('V012: one invocation of several may have failed to start', async () => {
    const failed = { executionSuccessful: false, processStartFailureMessage: 'x' };
    expect(await said(logOf({ invocations: [failed, { executionSuccessful: true }] }), 'V012')).toEqual([]);
    expect(await said(logOf({ invocations: [failed, failed] }), 'V012')).toHaveLength(2);
  });
});

test('V013: taxonomies', async () => {
  const log = logOf({
    taxonomies: [
      { name: 'A', taxa: [{ id: 'a' }] },
      { name: 'B' },
      { name: 'C', taxa: [], rules: [{ id: 'a' }], notifications: [] },
    ],
    tool: { driver, extensions: [{ name: 'E', rules: [{ id: 'b' }] }] },
  });
  expect(await said(log, 'V013')).toEqual([
    '/runs/0/taxonomies/1',
    '/runs/0/taxonomies/2/rules',
    '/runs/0/taxonomies/2/notifications',
  ]);
  const { taxonomies } = (await normalizedLog(log, {})).runs?.[0] ?? {};
  expect(taxonomies).toEqual([
    { name: 'A', taxa: [{ id: 'a' }] },
    { name: 'B', taxa: [] },
    { name: 'C', taxa: [] },
  ]);
});

test.each<[string, string, string[]]>([
  ['PMD', 'to-sarif', []],
  ['to-sarif', 'to-sarif', ['/runs/0/conversion/tool/driver/name']],
  ['to-sarif', 'To-SARIF', []],
  ['', '', []],
])('V014: %j converted by %j', async (tool, converter, expected) => {
  const conversion = { tool: { driver: { name: converter } } };
  expect(await said(logOf({ tool: { driver: { ...driver, name: tool } }, conversion }), 'V014')).toEqual(expected);
});

describe('V015, columns', () => {
  const inLocation = (region: Fields) => ({
    locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' }, region } }],
  });
  const inFlow = (region: Fields) => ({
    codeFlows: [{ threadFlows: [{ locations: [{ location: inLocation(region).locations[0] }] }] }],
  });

  test.each<[string, Fields, Fields, string[]]>([
    ['none', inLocation({ startLine: 1 }), {}, []],
    ['offsets', inLocation({ charOffset: 1, charLength: 2 }), {}, []],
    ['a start', inLocation({ startLine: 1, startColumn: 1 }), {}, ['/runs/0']],
    ['an end', inLocation({ startLine: 1, endColumn: 2 }), {}, ['/runs/0']],
    ['in a flow', inFlow({ startLine: 1, startColumn: 1 }), {}, ['/runs/0']],
    ['stated', inLocation({ startLine: 1, startColumn: 1 }), { columnKind: 'unicodeCodePoints' }, []],
  ])('%s', async (_name, result, run, expected) => {
    expect(await said(logOf({ ...run, results: [{ message }, { message, ...result }] }), 'V015')).toEqual(expected);
    // Never written into the log.
    const { columnKind } =
      (await normalizedLog(logOf({ ...run, results: [{ message, ...result }] }), {})).runs?.[0] ?? {};
    expect(columnKind).toBe(run['columnKind']);
  });
});

test.each<[string, Fields, Fields[], string[]]>([
  ['used', { baselineGuid: guid(1) }, [{ message, baselineState: 'new' }], []],
  ['unused', { baselineGuid: guid(1) }, [{ message }, { message, ruleId: 'R' }], ['/runs/0/baselineGuid']],
  ['of a run without results', { baselineGuid: guid(1) }, [], []],
  ['that is not named', {}, [{ message }], []],
])('V016: a baseline that is %s', async (_name, run, results, expected) => {
  expect(await said(logOf({ ...run, results }), 'V016')).toEqual(expected);
});

test.each<[unknown, string[]]>([
  [undefined, ['/runs/0']],
  [[], ['/runs/0']],
  [[{ repositoryUri: 'https://git.shop.example/shop' }], []],
])('V017: versionControlProvenance is %j', async (versionControlProvenance, expected) => {
  expect(await said(logOf({ versionControlProvenance }), 'V017')).toEqual(expected);
});
