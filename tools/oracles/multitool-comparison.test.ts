import { describe, expect, test } from 'vitest';
import { corpusIsAbsent, corpusLogs, type NamedDocument } from './corpus-logs.ts';
import { askMultitool, multitoolIsAbsent } from './multitool.ts';
import { compareWithMultitool } from './multitool-comparison.ts';
import { multitoolDifferences } from './multitool-differences.ts';
import { documentsForMultitool, Mutations } from './mutations.ts';

const documentOf = (name: string, value: unknown): NamedDocument => ({
  name,
  bytes: new TextEncoder().encode(JSON.stringify(value)),
});

/** `node tools/oracles/main.ts` asks about 300: each takes a second. */
const count = 10;

const minutes = 60_000;

describe.skipIf(multitoolIsAbsent !== undefined)('sarif-multitool and Sariflow', () => {
  test(
    'differ on purpose where the list says so',
    async () => {
      const examples = multitoolDifferences.map(({ id, example }) => documentOf(id, example));
      const verdicts = await compareWithMultitool(examples);
      for (const [index, { id, comesWith = [] }] of multitoolDifferences.entries()) {
        const { differences, unexplained } = verdicts.get(examples[index] as NamedDocument) ?? {};
        const expected = { id, differences: [id, ...comesWith], unexplained: [] };
        expect({ id, differences, unexplained }).toEqual(expected);
      }
      for (const { reason } of multitoolDifferences) expect(reason).toMatch(/\.$/);
    },
    5 * minutes,
  );

  test(
    'are asked about every document, also beside one that ends the work of sarif-multitool',
    async () => {
      const result = { message: { text: 'x' }, locations: 'src/cart.js' };
      const run = { tool: { driver: { name: 'Shop Lint' } } };
      const version = '2.1.0';
      const broken = documentOf('broken', { version, runs: [{ ...run, results: [result] }] });
      const dangling = documentOf('dangling', {
        version,
        runs: [{ ...run, results: [{ ruleId: 'R1', ruleIndex: 7, message: { text: 'x' } }] }],
      });
      const answers = await askMultitool([broken, dangling], (ruleId) => ruleId === 'SARIF1009');
      expect(answers.get(broken)?.map(({ ruleId }) => ruleId)).toEqual(['JSON1001']);
      expect(answers.get(dangling)?.map(({ ruleId }) => ruleId)).toEqual(['SARIF1009']);
    },
    5 * minutes,
  );

  test.skipIf(corpusIsAbsent)(
    `agree on ${count} documents, the list of differences apart`,
    async () => {
      const mutations = new Mutations(corpusLogs(), 20261122);
      const verdicts = await compareWithMultitool(documentsForMultitool(mutations, count));
      let agreed = 0;
      for (const [{ name }, verdict] of verdicts) {
        expect({ name, unexplained: verdict.unexplained }).toEqual({ name, unexplained: [] });
        agreed += verdict.agreed;
      }
      expect(verdicts.size).toBe(count);
      expect(agreed).toBeGreaterThan(count);
    },
    5 * minutes,
  );
});
