import { describe, expect, test } from 'vitest';
import { checkLogHeader, checkResult } from '../../schema/check.ts';
import type { SchemaDefect } from '../../schema/defect.ts';
import { structureRules } from './index.ts';

interface Sample {
  readonly breaks: object;
  readonly at: readonly (string | number)[];
  readonly says: string;
  readonly keeps: object;
}

const text = { text: 'Unused variable.' };
const guid = '7a3f1f9e-8d1c-7a6e-0a53-0c8d5f5f3f10';
const inFile = (region: object) => ({
  message: text,
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.c' }, region } }],
});
const toRegion = ['locations', 0, 'physicalLocation', 'region'] as const;

/** For each rule a result that breaks only this rule, and one close to it that breaks none. */
const resultSamples: Readonly<Record<string, Sample>> = {
  'SF-S201': {
    breaks: inFile({ startLine: '3' }),
    at: [...toRegion, 'startLine'],
    says: `'startLine' is a string ("3"), but SARIF wants an integer.`,
    keeps: inFile({ startLine: 3.0 }),
  },
  'SF-S202': {
    breaks: { message: text, level: null },
    at: ['level'],
    says: "'level' is null.",
    keeps: { message: text, suppressions: [], workItemUris: [] },
  },
  'SF-S203': {
    breaks: { message: text, fixes: [{ description: text }] },
    at: ['fixes', 0],
    says: "'fixes[0]' lacks the required member 'artifactChanges'.",
    keeps: { message: text, fixes: [] },
  },
  'SF-S204': {
    breaks: inFile({ startLine: 3, endline: 4 }),
    at: [...toRegion, 'endline'],
    says: 'SARIF knows no member "endline" in region. Did you mean \'endLine\'?',
    keeps: { message: text, properties: { endline: 4, JSON: { constructor: 1 } } },
  },
  'SF-S205': {
    breaks: { message: text, level: 'critical' },
    at: ['level'],
    says: "'level' is \"critical\", which is not one of SARIF's words. Use 'none', 'note', 'warning' or 'error'.",
    keeps: { message: text, level: 'error', kind: 'fail', baselineState: 'new' },
  },
  'SF-S206': {
    breaks: inFile({ startLine: 3, startColumn: 0 }),
    at: [...toRegion, 'startColumn'],
    says: "'startColumn' is 0; it has to be at least 1.",
    keeps: { ...inFile({ byteOffset: 0, byteLength: 0 }), rank: -1, ruleIndex: -1, occurrenceCount: 1 },
  },
  'SF-S207': {
    breaks: { message: text, codeFlows: [{ threadFlows: [] }] },
    at: ['codeFlows', 0, 'threadFlows'],
    says: "'threadFlows' has 0 elements, but SARIF wants at least 1.",
    keeps: { message: text, codeFlows: [], stacks: [{ frames: [] }] },
  },
  'SF-S208': {
    breaks: {
      message: text,
      relatedLocations: [
        { id: 1, message: text },
        { message: text, id: 1.0 },
      ],
    },
    at: ['relatedLocations', 1],
    says: "'relatedLocations[1]' equals element [0] of the same array",
    keeps: { message: { text: 'x', arguments: ['a', 'a'] }, locations: [{}, {}], codeFlows: [] },
  },
  'SF-S209': {
    breaks: { message: text, guid: `{${guid}}` },
    at: ['guid'],
    says: 'which is not a GUID',
    keeps: { message: text, guid },
  },
  'SF-S210': {
    breaks: { message: text, provenance: { firstDetectionTimeUtc: '2016-02-08T16:08:25+02:00' } },
    at: ['provenance', 'firstDetectionTimeUtc'],
    says: 'which is not a date or UTC time of SARIF',
    keeps: {
      message: text,
      provenance: { firstDetectionTimeUtc: '2016-02-08', lastDetectionTimeUtc: '2016-02-08T16:08Z' },
    },
  },
  'SF-S212': {
    breaks: { message: { markdown: 'Use `os.Root`.' } },
    at: ['message'],
    says: "'message' has neither 'text' nor 'id'.",
    keeps: { message: { id: 'default' } },
  },
  'SF-S213': {
    breaks: { message: text, locations: [{ physicalLocation: { region: { startLine: 1 } } }] },
    at: ['locations', 0, 'physicalLocation'],
    says: "'physicalLocation' has neither 'artifactLocation' nor 'address'.",
    keeps: { message: text, locations: [{ physicalLocation: { address: { absoluteAddress: 16, length: 4 } } }] },
  },
  'SF-S214': {
    breaks: inFile({ endLine: 7 }),
    at: toRegion,
    says: "'region' has none of 'startLine', 'charOffset' and 'byteOffset'.",
    keeps: inFile({ charOffset: 0 }),
  },
  'SF-S215': {
    breaks: { message: text, properties: { tags: 'a, b' } },
    at: ['properties', 'tags'],
    says: '\'tags\' is "a, b", but tags are an array of strings.',
    keeps: { message: text, properties: { tags: ['a', 'b'] } },
  },
  'SF-S216': {
    breaks: { message: text, partialFingerprints: { hash: { value: 'x' } } },
    at: ['partialFingerprints', 'hash'],
    says: "The fingerprint 'hash' is",
    keeps: { message: text, partialFingerprints: { hash: 'x', constructor: 'y' } },
  },
};

const log = (run: object) => ({ version: '2.1.0', runs: [{ tool: { driver: { name: 'T' } }, ...run }] });

/** The rules that no result can break. */
const headerSamples: Readonly<Record<string, Sample>> = {
  'SF-S211': {
    breaks: log({ language: 'en_US' }),
    at: ['runs', 0, 'language'],
    says: '\'language\' is "en_US", which is not an RFC 5646 language tag.',
    keeps: log({ language: 'zh-Hans-CN', results: [] }),
  },
  'SF-S217': {
    breaks: log({ artifacts: [{ roles: ['conversionSource'] }] }),
    at: ['runs', 0, 'artifacts', 0, 'roles', 0],
    says: `'roles[0]' is "conversionSource", which the text of SARIF defines`,
    keeps: log({ artifacts: [{ roles: ['analysisTarget'] }] }),
  },
};

const samples = [
  ...Object.entries(resultSamples).map(([id, sample]) => ({ id, sample, check: checkResult })),
  ...Object.entries(headerSamples).map(([id, sample]) => ({ id, sample, check: checkLogHeader })),
];

test('the catalogue is complete, in order, and every rule has its samples', () => {
  expect(structureRules.map(({ id }) => id)).toEqual(Array.from({ length: 17 }, (_, index) => `SF-S${201 + index}`));
  expect(samples.map(({ id }) => id).sort()).toEqual(structureRules.map(({ id }) => id));
});

describe.each(samples)('$id', ({ id, sample, check }) => {
  test('is reported where it is broken, and alone', () => {
    const defects: SchemaDefect[] = [];
    const clean = check(sample.breaks, (defect) => defects.push(defect));
    expect(defects.map(({ rule, path }) => ({ id: rule.id, path }))).toEqual([{ id, path: sample.at }]);
    expect(defects[0]?.message).toContain(sample.says);
    expect(clean).toBe(defects[0]?.rule.level === 'note');
  });

  test('is silent where it is kept', () => {
    const ids: string[] = [];
    expect(check(sample.keeps, ({ rule }) => ids.push(rule.id))).toBe(true);
    expect(ids).toEqual([]);
  });
});

test.each(structureRules)('$id explains itself with valid JSON', ({ name, summary, explanation, specSection }) => {
  expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(summary).toMatch(/\.$/);
  expect(specSection).toMatch(/^3(\.\d+)+$/);
  expect(JSON.parse(explanation.before)).not.toEqual(JSON.parse(explanation.after));
  for (const words of [explanation.cause, explanation.reason, explanation.repair])
    expect(words.length).toBeGreaterThan(10);
});
