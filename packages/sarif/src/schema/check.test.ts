import { expect, test } from 'vitest';
import { checkLogHeader, checkResult, checkRunHeader } from './check.ts';

const text = { text: 'Unused variable.' };

function defectsOf(check: typeof checkResult, value: unknown): string[] {
  const found: string[] = [];
  check(value, ({ rule, path, memberMissing }) => {
    found.push(`${rule.id} /${path.join('/')}${memberMissing === undefined ? '' : ` lacks ${memberMissing}`}`);
  });
  return found;
}

test.each([
  ['level', { level: 'critical' }, 'SF-S205 /level'],
  ['kind', { kind: 'vuln' }, 'SF-S205 /kind'],
  ['baselineState', { baselineState: 'zzz' }, 'SF-S205 /baselineState'],
  ['suppression kind', { suppressions: [{ kind: 'zzz' }] }, 'SF-S205 /suppressions/0/kind'],
  ['level null', { level: null }, 'SF-S202 /level'],
])('no word passes in silence: %s', (_name, members, defect) => {
  expect(defectsOf(checkResult, { message: text, ...members })).toEqual([defect]);
});

test('no word passes in silence: columnKind', () => {
  const run = { tool: { driver: { name: 'T' } }, columnKind: 'utf8' };
  expect(defectsOf(checkRunHeader, run)).toEqual(['SF-S205 /columnKind']);
});

test('no defect hides another', () => {
  const result = {
    level: 'urgent',
    message: { text: null, arguments: [1] },
    provenance: { firstDetectionTimeUtc: 'yesterday', lastDetectionRunGuid: 'x' },
    locations: [{ physicalLocation: { region: { startLine: 0 } } }, null, 'src/a.c'],
    rank: 200,
    fingerprints: { a: 1, b: null },
    properties: { tags: ['x', 2, 'x'] },
    colour: 'red',
  };
  expect(defectsOf(checkResult, result)).toEqual([
    'SF-S205 /level',
    'SF-S212 /message',
    'SF-S202 /message/text',
    'SF-S201 /message/arguments/0',
    'SF-S210 /provenance/firstDetectionTimeUtc',
    'SF-S209 /provenance/lastDetectionRunGuid',
    'SF-S213 /locations/0/physicalLocation',
    'SF-S206 /locations/0/physicalLocation/region/startLine',
    'SF-S201 /locations/1',
    'SF-S201 /locations/2',
    'SF-S206 /rank',
    'SF-S216 /fingerprints/a',
    'SF-S202 /fingerprints/b',
    'SF-S215 /properties/tags/1',
    'SF-S208 /properties/tags/2',
    'SF-S204 /colour',
  ]);
});

test('alternatives give one defect: none, or more than one', () => {
  const result = {
    message: text,
    rule: {},
    graphTraversals: [{}, { runGraphIndex: 0, resultGraphIndex: 0 }, { runGraphIndex: 0 }],
  };
  expect(defectsOf(checkResult, result)).toEqual([
    'SF-S203 /rule',
    'SF-S203 /graphTraversals/0',
    'SF-S203 /graphTraversals/1',
  ]);
  const run = { tool: { driver: { name: 'T' } }, externalPropertyFileReferences: { graphs: [{ itemCount: 2 }] } };
  expect(defectsOf(checkRunHeader, run)).toEqual(['SF-V901 /externalPropertyFileReferences/graphs/0']);
});

test('names of prototypes are data', () => {
  const result = JSON.parse(
    '{"message":{"text":"x"},"__proto__":{"level":"bad"},"constructor":1,"fingerprints":{"__proto__":1},"properties":{"__proto__":[]}}',
  );
  expect(defectsOf(checkResult, result)).toEqual([
    'SF-S204 /__proto__',
    'SF-S204 /constructor',
    'SF-S216 /fingerprints/__proto__',
  ]);
});

test.each([null, undefined, 1, 'x', [], true])('a result that is %s is no object', (value) => {
  expect(defectsOf(checkResult, value)).toEqual(['SF-S201 /']);
});

test('the log itself is checked, with its runs under their positions', () => {
  expect(defectsOf(checkLogHeader, {})).toEqual(['SF-S203 / lacks version', 'SF-S203 / lacks runs']);
  expect(defectsOf(checkLogHeader, { version: '2.1.0', runs: null })).toEqual([]);
  expect(
    defectsOf(checkLogHeader, { version: 2.1, runs: [{ results: [] }, { tool: { driver: { name: null } } }] }),
  ).toEqual(['SF-S201 /version', 'SF-S203 /runs/0 lacks tool', 'SF-S201 /runs/1/tool/driver/name']);
  expect(defectsOf(checkLogHeader, { version: '1.0.0', runs: [] })).toEqual(['SF-S205 /version']);
});

test('forms of strings without a rule of their own', () => {
  const run = {
    tool: { driver: { name: 'T', dottedQuadFileVersion: '1.2', releaseDateUtc: 'May' } },
    artifacts: [{ mimeType: 'text' }],
  };
  expect(defectsOf(checkRunHeader, run)).toEqual([
    'SF-S205 /tool/driver/dottedQuadFileVersion',
    'SF-S210 /tool/driver/releaseDateUtc',
    'SF-S205 /artifacts/0/mimeType',
  ]);
});

// Compared each with each, these would take longer than a test may.
test('20,000 artifacts are compared', () => {
  const artifacts = Array.from({ length: 20_000 }, (_, index) => ({
    location: { uri: `src/${index}.c`, index },
    hashes: { 'sha-256': `${index}` },
  }));
  const run = {
    tool: { driver: { name: 'T' } },
    artifacts: [...artifacts, { hashes: { 'sha-256': '7' }, location: { index: 7.0, uri: 'src/7.c' } }],
  };
  expect(defectsOf(checkRunHeader, run)).toEqual(['SF-S208 /artifacts/20000']);
});
