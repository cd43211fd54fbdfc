import { describe, expect, test } from 'vitest';
import { corpusIsAbsent, corpusLogs } from './corpus-logs.ts';
import { schemaDifferences } from './differences.ts';
import { Mutations } from './mutations.ts';
import { compareWithSchema } from './schema-comparison.ts';
import { surveyOf } from './survey.ts';

const encoder = new TextEncoder();
const bytesOf = (document: unknown): Uint8Array => encoder.encode(JSON.stringify(document));

/** A tenth of what `node tools/oracles/main.ts` looks at. */
const changes = 1000;

describe('a deliberate difference from the published schema', () => {
  const examples = schemaDifferences.flatMap(({ id, side, examples }) =>
    examples.map((example) => ({ id, side, text: JSON.stringify(example) })),
  );

  test('has an id of its own, a reason, and examples', () => {
    expect(new Set(schemaDifferences.map(({ id }) => id)).size).toBe(schemaDifferences.length);
    for (const { reason, topic, examples } of schemaDifferences) {
      expect(reason).toMatch(/\.$/);
      expect(topic).not.toBe('');
      expect(examples.length).toBeGreaterThan(0);
    }
  });

  test.each(examples)('$id is still one: $text', async ({ id, text }) => {
    const { compared, differences, unexplained } = await compareWithSchema(encoder.encode(text));
    expect({ compared, differences, unexplained }).toEqual({ compared: true, differences: [id], unexplained: [] });
  });
});

describe('the comparison', () => {
  const run = (members: object): object => ({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Shop Lint' } }, results: [], ...members }],
  });

  test('knows nothing to explain in a log that both find right', async () => {
    const comparison = await compareWithSchema(bytesOf(run({})));
    expect(comparison).toEqual({ compared: true, agreed: 0, differences: [], unexplained: [] });
  });

  test('counts what both say at the same place', async () => {
    const log = run({ columnKind: 'utf8', notSarif: 1, language: 7, tool: { driver: {} } });
    const comparison = await compareWithSchema(bytesOf(log));
    expect(comparison).toEqual({ compared: true, agreed: 4, differences: [], unexplained: [] });
  });

  test('names what ajv could not bear as it is', async () => {
    const artifacts: object[] = [{ toString: 1, valueOf: 2, constructor: 3 }, { toString: 1 }];
    const { agreed, unexplained } = await compareWithSchema(bytesOf(run({ artifacts })));
    expect({ agreed, unexplained }).toEqual({ agreed: 4, unexplained: [] });
  });

  test.each<[string, string]>([
    ['neither is JSON for either', '{"version":"2.1.0","runs":['],
    ['nor is this', '{"version":"2.1.0","runs":[]} x'],
  ])('%s', async (_name, text) => {
    const comparison = await compareWithSchema(encoder.encode(text));
    expect(comparison).toEqual({ compared: false, agreed: 0, differences: [], unexplained: [] });
  });
});

describe.skipIf(corpusIsAbsent)('ajv with the published schema and Sariflow', () => {
  test('say the same of every log of the corpus', async () => {
    const survey = await surveyOf(corpusLogs(), compareWithSchema);
    expect(survey.unexplained).toEqual([]);
    expect(survey.agreed).toBeGreaterThan(1000);
  });

  test(`say the same of ${changes} changes of the corpus`, async () => {
    const mutations = new Mutations(corpusLogs(), 20261122);
    const documents = Array.from({ length: changes }, (_, index) => mutations.get(index));
    const survey = await surveyOf(documents, compareWithSchema);
    expect(survey.unexplained).toEqual([]);
    expect(survey.agreed).toBeGreaterThan(500);
    expect([...survey.differences.keys()].length).toBeGreaterThan(schemaDifferences.length / 3);
  });
});
