import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Result } from '../model/model.ts';
import type { Drop } from '../read/read-sarif.ts';
import { diagnosticsOf, normalizedLog } from '../rules/test-support/judge-log.ts';
import type { LeftOut } from './left-out.ts';

const place = { physicalLocation: { artifactLocation: { uri: 'src/cart.js' }, region: { startLine: 7 } } };
const result = (more: object = {}) => ({
  ruleId: 'R1',
  level: 'error',
  message: { text: 'Text.' },
  locations: [place],
  ...more,
});
const logOf = (results: readonly object[], run: object = {}) => ({
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Shop Lint',
          rules: [{ id: 'R1', messageStrings: { default: { text: "The text '{0}' is evaluated." } } }],
          globalMessageStrings: { source: { text: '{0} comes from here.' } },
        },
      },
      results,
      ...run,
    },
  ],
});

const normalizedResult = async (more: object, run: object = {}): Promise<Result | undefined> =>
  (await normalizedLog(logOf([result(more)], run), { profile: 'github' })).runs?.[0]?.results?.[0];

describe('what GitHub would not look up is written', () => {
  test.each<[string, object, object]>([
    [
      'a message that is an id',
      { message: { id: 'default', arguments: ['x'] } },
      { message: { text: "The text 'x' is evaluated." } },
    ],
    [
      'a message with arguments',
      { message: { text: "'{0}' is evaluated.", arguments: ['x'] } },
      { message: { text: "'x' is evaluated." } },
    ],
    [
      'the message of a location',
      { relatedLocations: [{ ...place, message: { id: 'source', arguments: ['x'] } }] },
      { relatedLocations: [{ ...place, message: { text: 'x comes from here.' } }] },
    ],
    ['an id below that of its rule', { ruleId: 'R1/a' }, { ruleId: 'R1', properties: { 'original/ruleId': 'R1/a' } }],
    [
      'the same in a reference',
      { ruleId: 'R1/a', rule: { id: 'R1/a', index: 0 } },
      { ruleId: 'R1', rule: { id: 'R1', index: 0 } },
    ],
    [
      'a file that is given by its index',
      { locations: [{ physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 1 } } }] },
      {
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'web/a.js', index: 0 }, region: { startLine: 1 } } },
        ],
      },
    ],
    ['a level', { level: undefined }, { level: 'warning' }],
    [
      'a line',
      { locations: [{ physicalLocation: { artifactLocation: { uri: 'a.js' }, region: { byteOffset: 9 } } }] },
      {
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a.js' },
              region: { startLine: 1 },
              properties: { 'original/region': { byteOffset: 9 } },
            },
          },
        ],
        properties: { 'sariflow/synthetic': ['startLine'] },
      },
    ],
    [
      'a file where there is none',
      { locations: [] },
      {
        locations: [{ physicalLocation: { artifactLocation: { uri: 'no-file' }, region: { startLine: 1 } } }],
        properties: { 'sariflow/synthetic': ['uri', 'startLine'] },
      },
    ],
  ])('%s', async (_what, more, expected) => {
    const run = { artifacts: [{ location: { uri: 'web/a.js' } }] };
    const written = await normalizedResult(more, run);
    expect(written).toMatchObject(expected);
    const log = logOf([written as object], run);
    expect((await normalizedLog(log, { profile: 'github' })).runs?.[0]?.results?.[0]).toEqual(written);
    expect(await diagnosticsOf(logOf([written as object], run), { profile: 'github' }, 'SF-G0')).not.toContainEqual(
      expect.objectContaining({ level: 'error' }),
    );
  });

  test('the weaknesses of a rule', async () => {
    const rules = [{ id: 'R1', properties: { tags: ['CWE-79', 'external/cwe/cwe-095'] } }];
    const log = await normalizedLog(logOf([result()], { tool: { driver: { name: 'T', rules } } }), {
      profile: 'github',
    });
    expect(log.runs?.[0]?.tool.driver.rules?.[0]?.properties?.tags).toEqual([
      'CWE-79',
      'external/cwe/cwe-095',
      'external/cwe/cwe-079',
    ]);
  });

  test('each change is said, under the rule that asks for it', async () => {
    const said: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic) => said.push(diagnostic);
    await normalizedLog(logOf([result({ ruleId: 'R1/a' })]), { profile: 'github', report });
    expect(said.filter(({ ruleId }) => ruleId === 'SF-G015').map(({ fix }) => fix?.description)).toEqual([
      "The ruleId 'R1' of the descriptor is written.",
    ]);
  });
});

describe('results that are none of this run', () => {
  const accepted = { kind: 'inSource' };
  const results = [
    result(),
    result({ suppressions: [accepted] }),
    result({ suppressions: [accepted, { kind: 'external', status: 'rejected' }] }),
    result({ suppressions: [] }),
    result({ baselineState: 'absent' }),
    result({ kind: 'pass', level: 'none' }),
    result({ kind: 'fail' }),
  ];

  test.each<[LeftOut[] | undefined, number[]]>([
    [undefined, []],
    [[], []],
    [['suppressed'], [1]],
    [
      ['absent', 'not-failed'],
      [4, 5],
    ],
  ])('%j leaves out %j', async (leaveOut, expected) => {
    const drops: Drop[] = [];
    const said: Diagnostic[] = [];
    const log = await normalizedLog(logOf(results), {
      profile: 'github',
      leaveOut,
      onDrop: (drop) => drops.push(drop),
      report: (diagnostic) => said.push(diagnostic),
    });
    expect(drops).toEqual(
      expected.map((resultIndex) => ({
        ...{ runIndex: 0, resultIndex, ruleId: 'SF-G015' },
        leftOut: expect.toBeOneOf([...(leaveOut ?? [])]),
      })),
    );
    expect(said.filter(({ message }) => message.endsWith('is left out.')).map(({ pointer }) => pointer)).toEqual(
      expected.map((index) => `/runs/0/results/${index}`),
    );
    expect(log.runs?.[0]?.results).toHaveLength(results.length - expected.length);
  });

  test.each<[LeftOut, object, object]>([
    ['suppressed', { suppressions: [] }, { suppressions: [accepted] }],
    ['absent', { baselineState: 'unchanged' }, { baselineState: 'absent' }],
    ['not-failed', { kind: 'fail' }, { kind: 'open', level: 'none' }],
  ])('%s ones are left out of any log, however many alike went before', async (leaveOut, kept, left) => {
    const alike = Array.from({ length: 20 }, (_, at) => ({
      ...result(at % 2 === 0 ? kept : left),
      message: { text: `Text ${at}.` },
      locations: [{ physicalLocation: { ...place.physicalLocation, region: { startLine: at + 1 } } }],
    }));
    for (const profile of [undefined, 'cortex'] as const) {
      const log = await normalizedLog(logOf(alike), { profile, leaveOut: [leaveOut] });
      expect(log.runs?.[0]?.results?.map(({ message }) => message.text)).toEqual(
        alike.filter((_, at) => at % 2 === 0).map(({ message }) => message.text),
      );
    }
  });
});
