import { describe, expect, test } from 'vitest';
import { checkResult } from './check.ts';
import type { SchemaDefect } from './defect.ts';
import { type RepairOptions, repairLogHeader, repairResult, repairRunHeader } from './repair.ts';

const text = { text: 'Unused variable.' };
const place = { artifactLocation: { uri: 'src/a.c' } };

function repaired(result: unknown, options?: RepairOptions) {
  const defects: SchemaDefect[] = [];
  checkResult(result, (defect) => defects.push(defect));
  return repairResult(result, defects, options);
}

function trace(repairs: ReturnType<typeof repaired>['repairs']): string[] {
  return repairs.map(({ rule, path, description }) => `${rule.id} /${path.join('/')}: ${description}`);
}

describe('one defect of a result', () => {
  test.each<[string, object, object]>([
    ['a bare message', { message: 'x' }, { message: { text: 'x' } }],
    ['numbers as strings', { message: text, rank: '7.5', ruleIndex: '3' }, { message: text, rank: 7.5, ruleIndex: 3 }],
    ['a number as rule id', { message: text, ruleId: 79 }, { message: text, ruleId: '79' }],
    ['a number that is not whole', { message: text, ruleIndex: '3.5' }, { message: text }],
    [
      'one location without array',
      { message: text, locations: { physicalLocation: place } },
      { message: text, locations: [{ physicalLocation: place }] },
    ],
    ['an empty object written as array', { message: text, properties: [] }, { message: text, properties: {} }],
    ['null members', { message: text, level: null, properties: { tags: null } }, { message: text, properties: {} }],
    ['an unknown member', { message: text, severity: 'high' }, { message: text }],
    ['letter case', { message: text, level: 'Error', kind: 'FAIL' }, { message: text, level: 'error', kind: 'fail' }],
    [
      'synonyms',
      { message: text, level: 'CRITICAL', kind: 'passed' },
      {
        message: text,
        level: 'error',
        kind: 'pass',
        properties: { 'original/level': 'CRITICAL', 'original/kind': 'passed' },
      },
    ],
    [
      'info, by what it is said of',
      { message: text, level: 'info', kind: 'info' },
      {
        message: text,
        level: 'note',
        kind: 'informational',
        properties: { 'original/level': 'info', 'original/kind': 'info' },
      },
    ],
    [
      'a word without synonym',
      { message: text, level: 'urgent' },
      { message: text, properties: { 'original/level': 'urgent' } },
    ],
    ['rank out of bounds', { message: text, rank: 101 }, { message: text }],
    [
      'line 0',
      {
        message: text,
        locations: [{ physicalLocation: { ...place, region: { startLine: 0, endLine: 0, byteOffset: 1 } } }],
      },
      { message: text, locations: [{ physicalLocation: place }] },
    ],
    [
      'column 0',
      { message: text, locations: [{ physicalLocation: { ...place, region: { startLine: 1, startColumn: 0 } } }] },
      {
        message: text,
        locations: [{ physicalLocation: { ...place, region: { startLine: 1 } } }],
      },
    ],
    [
      'an empty code flow',
      { message: text, codeFlows: [{ threadFlows: [{ locations: [] }] }, { threadFlows: [] }] },
      { message: text, codeFlows: [] },
    ],
    [
      'duplicates',
      { message: text, taxa: [{ id: 'a' }, { id: 'b' }, { id: 'a' }, { id: 'a' }] },
      { message: text, taxa: [{ id: 'a' }, { id: 'b' }] },
    ],
    [
      'a GUID in braces',
      { message: text, guid: '{7a3f1f9e-8d1c-4a6e-9a53-0c8d5f5f3f10}' },
      { message: text, guid: '7a3f1f9e-8d1c-4a6e-9a53-0c8d5f5f3f10' },
    ],
    ['no GUID', { message: text, guid: 'build 7' }, { message: text }],
    [
      'an offset',
      { message: text, provenance: { firstDetectionTimeUtc: '2016-02-08T16:08:25+02:00' } },
      {
        message: text,
        provenance: { firstDetectionTimeUtc: '2016-02-08T14:08:25Z' },
      },
    ],
    [
      'no date',
      { message: text, provenance: { firstDetectionTimeUtc: 'yesterday' } },
      { message: text, provenance: {} },
    ],
    [
      'Markdown alone',
      { message: { markdown: 'Use **`os.Root`**.' } },
      { message: { markdown: 'Use **`os.Root`**.', text: 'Use os.Root.' } },
    ],
    [
      'an empty message of a location',
      { message: text, locations: [{ message: {} }] },
      { message: text, locations: [{}] },
    ],
    [
      'no file',
      { message: text, locations: [{ physicalLocation: { region: { startLine: 3 } } }] },
      { message: text, locations: [{}] },
    ],
    [
      'no start',
      { message: text, locations: [{ physicalLocation: { ...place, region: {} } }] },
      { message: text, locations: [{ physicalLocation: place }] },
    ],
    [
      'tags as a string',
      { message: text, properties: { tags: 'a, b,, a' } },
      { message: text, properties: { tags: ['a', 'b'] } },
    ],
    [
      'tags of other types',
      { message: text, properties: { tags: ['a', 7, {}] } },
      { message: text, properties: { tags: ['a', '7'] } },
    ],
    [
      'fingerprints',
      { message: text, fingerprints: { a: 7, b: { value: 'x' }, c: { x: 1, y: 2 } } },
      { message: text, fingerprints: { a: '7', b: 'x' } },
    ],
    [
      'a fix without changes',
      { message: text, fixes: [{ artifactChanges: null }, { description: text }] },
      { message: text, fixes: [] },
    ],
    [
      'a suppression of unknown kind',
      { message: text, suppressions: [{ kind: 'zzz' }, { kind: 'external' }] },
      { message: text, suppressions: [{ kind: 'external' }] },
    ],
    [
      'arguments keep their places',
      { message: { text: '{0} {1}', arguments: [null, 'b'] } },
      { message: { text: '{0} {1}', arguments: ['', 'b'] } },
    ],
  ])('%s', (_defect, result, expected) => {
    expect(repaired(result).result).toEqual(expected);
  });
});

test('a result without message keeps its finding', () => {
  expect(repaired({ ruleId: 'R1' }).result).toEqual({ ruleId: 'R1', message: { text: 'R1' } });
  expect(repaired({ ruleId: null, message: null }).result).toEqual({ message: { text: '(no message)' } });
  const { result } = repaired({ ruleId: 'R1', message: {} }, { fallbackText: () => 'Unused variables.' });
  expect(result).toEqual({ ruleId: 'R1', message: { text: 'Unused variables.' } });
});

test('what is no result at all is dropped, and said to be', () => {
  const { result, repairs } = repaired('finding');
  expect(result).toBeUndefined();
  expect(trace(repairs)).toEqual(['SF-S201 /: Dropped the result.']);
});

test('repairs are told with the paths of what came in', () => {
  const locations = [null, { physicalLocation: {} }, 7, { id: -3 }];
  const { result, repairs } = repaired({ message: text, locations });
  expect(result).toEqual({ message: text, locations: [{}, {}] });
  expect(trace(repairs)).toEqual([
    "SF-S201 /locations/0: Dropped 'locations[0]'.",
    "SF-S213 /locations/1/physicalLocation: Dropped 'physicalLocation'.",
    "SF-S201 /locations/2: Dropped 'locations[2]'.",
    "SF-S206 /locations/3/id: Dropped 'id'.",
  ]);
});

test('traversals follow when a duplicate graph goes', () => {
  const graphs = [{ nodes: [{ id: 'a' }] }, { nodes: [{ id: 'a' }] }, { nodes: [{ id: 'b' }] }];
  const graphTraversals = [{ resultGraphIndex: 1 }, { resultGraphIndex: 2 }];
  expect(repaired({ message: text, graphs, graphTraversals }).result).toEqual({
    message: text,
    graphs: [graphs[0], graphs[2]],
    graphTraversals: [{ resultGraphIndex: 0 }, { resultGraphIndex: 1 }],
  });
});

test('member names that prototypes have are data', () => {
  const result = JSON.parse(
    '{"message":{"text":"x"},"fingerprints":{"__proto__":{"value":"f"}},"properties":{"__proto__":{"a":1}}}',
  );
  const { result: clean } = repaired(result);
  expect(JSON.stringify(clean)).toBe(
    '{"message":{"text":"x"},"fingerprints":{"__proto__":"f"},"properties":{"__proto__":{"a":1}}}',
  );
  expect(Object.prototype).not.toHaveProperty('a');
});

describe('headers', () => {
  const tool = { driver: { name: 'T' } };

  test('elements that indices point at keep their places', () => {
    const driver = {
      name: 'T',
      rules: [{ name: 'First' }, null, 'R3', { id: 'R4' }, { id: 'R4' }],
      notifications: null,
    };
    const run = {
      tool: { driver, extensions: [{ fullName: 'E 1' }, true] },
      artifacts: [null, { location: { uri: 'a.c' } }],
      invocations: [{ commandLine: 'scan' }, { executionSuccessful: 'true' }, { executionSuccessful: null }],
      versionControlProvenance: [{}, { repositoryUri: 'https://example.org/r' }],
      files: {},
    };
    expect(repairRunHeader(run).run).toEqual({
      tool: {
        driver: {
          name: 'T',
          rules: [{ name: 'First', id: 'First' }, { id: 'unknown' }, { id: 'R3' }, { id: 'R4' }, { id: 'R4' }],
        },
        extensions: [{ fullName: 'E 1', name: 'E 1' }, { name: 'unknown' }],
      },
      artifacts: [{}, { location: { uri: 'a.c' } }],
      invocations: [
        { commandLine: 'scan', executionSuccessful: false },
        { executionSuccessful: true },
        { executionSuccessful: false },
      ],
      versionControlProvenance: [{ repositoryUri: 'https://example.org/r' }],
    });
  });

  test('a run without tool is dropped, and the others keep their positions', () => {
    const log = { version: '2.1.0', runs: [{ artifacts: [] }, { tool }, null, { tool: { driver: { name: null } } }] };
    const { header, droppedRuns } = repairLogHeader(log);
    expect(header?.runs).toHaveLength(4);
    expect(header?.runs?.[1]).toEqual({ tool });
    expect([...droppedRuns].sort()).toEqual([0, 2, 3]);
    expect(repairRunHeader({ artifacts: [] }).run).toBeUndefined();
  });

  test.each<[unknown, object | undefined]>([
    ['Shop Lint', { driver: { name: 'Shop Lint' } }],
    [
      { name: 'Shop Lint', version: '2', rules: [{ id: 'R1' }], vendor: 'Shop' },
      { driver: { name: 'Shop Lint', version: '2', rules: [{ id: 'R1' }] } },
    ],
    [{ fullName: 'Shop Lint 2' }, { driver: { fullName: 'Shop Lint 2', name: 'Shop Lint 2' } }],
    [{ version: '2' }, undefined],
    [null, undefined],
  ])('of the tool %j, what was meant as its driver becomes it', (tool, expected) => {
    expect(repairRunHeader({ tool }).run?.tool).toEqual(expected);
  });

  test('a log of another version, or without runs, is no log', () => {
    expect(repairLogHeader({ version: '1.0.0', runs: [] }).header).toBeUndefined();
    expect(repairLogHeader({ version: '2.1.0' }).header).toBeUndefined();
    expect(repairLogHeader({ version: '2.1.0', runs: null }).header).toEqual({ version: '2.1.0', runs: null });
  });

  test('what is kept on purpose is not touched', () => {
    const log = { version: '2.1.0', runs: [{ tool, language: 'en_US', artifacts: [{ roles: ['conversionSource'] }] }] };
    expect(repairLogHeader(log)).toEqual({ header: log, droppedRuns: [], repairs: [] });
  });
});

test('as many defects as anybody writes are repaired', () => {
  const run = { tool: { driver: { name: 'Shop Lint' } }, redactionTokens: Array.from({ length: 200_000 }, () => 'x') };
  const { run: repaired, repairs } = repairRunHeader(run);
  expect(repaired?.redactionTokens).toEqual(['x']);
  expect(repairs).toHaveLength(199_999);
});
