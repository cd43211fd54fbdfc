import { describe, expect, test } from 'vitest';
import type { Log, Result, Run } from '../model/model.ts';
import { eventsOf, readLog } from '../split/test-support/events-of.ts';
import type { FlatFinding } from './flat-finding.ts';
import { type FlattenOptions, flatten } from './flatten.ts';

async function flatOf(log: Log, options?: FlattenOptions): Promise<FlatFinding[]> {
  const all: FlatFinding[] = [];
  for await (const batch of flatten(eventsOf(log), options)) all.push(...batch);
  return all;
}

function logOf(results: Result[], more: Partial<Run> = {}): Log {
  return { version: '2.1.0', runs: [{ tool: { driver: { name: 'Shop Lint' } }, results, ...more }] };
}

async function only(result: Partial<Result>, more?: Partial<Run>, options?: FlattenOptions): Promise<FlatFinding> {
  const [finding] = await flatOf(logOf([{ message: { text: 'x' }, ...result }], more), options);
  return finding as FlatFinding;
}

test('a finding says all that its run says of it', async () => {
  const finding = await only(
    {
      ruleId: 'shop/no-eval/request',
      message: { id: 'default', arguments: ['request'] },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/my%20cart.js', uriBaseId: 'SRCROOT' },
            region: { startLine: 7, startColumn: 3, snippet: { text: 'eval(body)' } },
          },
          logicalLocations: [{ index: 1 }],
        },
        {},
      ],
      suppressions: [{ kind: 'external', justification: 'Only in tests.' }],
      partialFingerprints: { 'shopLint/v1': 'abc' },
      guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000001',
      occurrenceCount: 3,
      baselineState: 'unchanged',
      taxa: [{ id: '79', toolComponent: { name: 'CWE' } }],
      properties: { tags: ['web'], team: 'pay' },
    },
    {
      tool: {
        driver: {
          name: 'Shop Lint',
          version: '1.4',
          semanticVersion: '1.4.0',
          rules: [
            {
              id: 'shop/no-eval',
              name: 'NoEval',
              helpUri: 'https://shop.example/no-eval',
              messageStrings: { default: { text: 'The text of the {0} is evaluated.' } },
              defaultConfiguration: { level: 'error', rank: 40 },
              properties: { 'security-severity': '8.1', tags: ['security', 'external/cwe/cwe-095'] },
            },
          ],
        },
      },
      automationDetails: { id: 'nightly/7', guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000002' },
      versionControlProvenance: [
        { repositoryUri: 'https://git.shop.example/shop', revisionId: '5f3a1c', branch: 'main' },
      ],
      originalUriBaseIds: { SRCROOT: { uri: 'file:///ci/shop/' } },
      logicalLocations: [{ name: 'cart' }, { name: 'pay', parentIndex: 0 }],
      columnKind: 'utf16CodeUnits',
    },
  );
  expect(finding).toEqual({
    tool: 'Shop Lint',
    toolVersion: '1.4.0',
    category: 'nightly',
    runId: '7',
    runGuid: '7a3f1f9e-8d1c-4a6e-9a53-000000000002',
    repositoryUri: 'https://git.shop.example/shop',
    revisionId: '5f3a1c',
    branch: 'main',
    runIndex: 0,
    resultIndex: 0,
    ruleId: 'shop/no-eval',
    subId: 'request',
    ruleName: 'NoEval',
    helpUri: 'https://shop.example/no-eval',
    kind: 'fail',
    level: 'error',
    kindLevelConflict: false,
    rank: 40,
    severity: 'high',
    severityScore: 8.1,
    severityFrom: 'score',
    message: 'The text of the request is evaluated.',
    cwe: ['CWE-79', 'CWE-95'],
    tags: ['web', 'security', 'external/cwe/cwe-095'],
    path: 'src/my cart.js',
    pathScope: 'repository',
    startLine: 7,
    startColumn: 3,
    endLine: 7,
    endColumn: null,
    columnKind: 'utf16CodeUnits',
    snippet: 'eval(body)',
    logicalLocation: 'cart.pay',
    locations: 2,
    identity: expect.stringMatching(/^[0-9a-f]{64}$/),
    identityBy: 'partialFingerprints',
    guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000001',
    correlationGuid: null,
    fingerprints: {},
    partialFingerprints: { 'shopLint/v1': 'abc' },
    suppressed: true,
    justifications: ['Only in tests.'],
    baselineState: 'unchanged',
    occurrenceCount: 3,
    properties: { tags: ['web'], team: 'pay' },
  } satisfies Record<keyof FlatFinding, unknown>);
});

test('a result that says next to nothing has every member, too', async () => {
  const bare = await only({});
  const full = await only({ ruleId: 'R1', locations: [{ physicalLocation: { artifactLocation: { uri: 'a.js' } } }] });
  expect(Object.keys(bare)).toEqual(Object.keys(full));
  expect(Object.values(bare)).not.toContain(undefined);
  expect(bare).toMatchObject({
    ruleId: null,
    path: null,
    startLine: null,
    level: 'warning',
    severity: 'medium',
    severityFrom: 'level',
  });
});

describe('what a result leaves unsaid or says twice', () => {
  test.each<[string, Partial<Result>, Partial<FlatFinding>]>([
    ['a kind without level', { kind: 'pass' }, { level: 'none', severity: 'info', kindLevelConflict: false }],
    ['a kind against its level', { kind: 'review', level: 'error' }, { level: 'error', kindLevelConflict: true }],
    [
      'a word for a severity',
      { properties: { 'security-severity': 'critical' } },
      { severity: 'critical', severityScore: 9.5, severityFrom: 'word' },
    ],
    ['a rank that is unknown', { rank: -1 }, { rank: null }],
    [
      'suppressions that are contested',
      { suppressions: [{ kind: 'external', status: 'underReview' }] },
      { suppressed: false },
    ],
    ['an id of two levels without a rule', { ruleId: 'a/b' }, { ruleId: 'a/b', subId: null }],
    [
      'a place that starts nowhere',
      { locations: [{ physicalLocation: { artifactLocation: { uri: 'a.js', uriBaseId: 'LIB' } } }] },
      { path: 'a.js', pathScope: 'unresolved:LIB' },
    ],
    ['an earlier run', { baselineState: 'absent' }, { baselineState: 'absent' }],
  ])('%s', async (_, result, expected) => {
    expect(await only(result)).toMatchObject(expected);
  });

  test('an expired suppression is in force until someone says what day it is', async () => {
    const result = { suppressions: [{ kind: 'external' as const, properties: { expiryUtc: '2026-01-01T00:00:00Z' } }] };
    expect((await only(result)).suppressed).toBe(true);
    expect((await only(result, {}, { now: new Date('2026-02-01') })).suppressed).toBe(false);
  });
});

test('results with nothing to tell them apart have identities of their own', async () => {
  const twin: Result = { ruleId: 'R1', message: { text: 'x' } };
  const log = logOf([twin, twin, { ...twin, ruleId: 'R2' }]);
  const identities = (await flatOf(log)).map(({ identity }) => identity);
  expect(new Set(identities).size).toBe(3);
  expect((await flatOf(log)).map(({ identity }) => identity)).toEqual(identities);
});

test('what was read is flattened as what was made, run by run', async () => {
  const [run] = logOf([{ message: { text: 'x' } }, { message: { text: 'y' } }]).runs as [Run];
  const log: Log = { version: '2.1.0', runs: [run, { ...run, tool: { driver: { name: 'Cart Lint' } } }] };
  const read: FlatFinding[] = [];
  for await (const batch of flatten(readLog(log))) read.push(...batch);
  expect(read).toEqual(await flatOf(log));
  expect(read.map(({ tool, runIndex, resultIndex }) => [tool, runIndex, resultIndex])).toEqual([
    ['Shop Lint', 0, 0],
    ['Shop Lint', 0, 1],
    ['Cart Lint', 1, 0],
    ['Cart Lint', 1, 1],
  ]);
});
