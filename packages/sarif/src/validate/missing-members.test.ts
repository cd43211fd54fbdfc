import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readSarif } from '../read/read-sarif.ts';
import type { Profile } from '../rules/rule.ts';
import { existingPath } from './existing-path.ts';
import { validate } from './validate.ts';

const tool = { driver: { name: 'Shop Lint' } };

async function diagnosticsOf(log: unknown, profile?: Profile): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  const bytes = new TextEncoder().encode(JSON.stringify(log));
  for await (const event of validate(readSarif(bytes), { report, profile, authoring: true })) void event;
  return diagnostics;
}

const logs: readonly (readonly [string, unknown])[] = [
  ['a run without a tool', { version: '2.1.0', runs: [{}] }],
  ['a result that is null', { version: '2.1.0', runs: [{ tool, results: [null] }] }],
  ['an invocation without its success', { version: '2.1.0', runs: [{ tool, invocations: [{}] }] }],
  ['a repository without an address', { version: '2.1.0', runs: [{ tool, versionControlProvenance: [{}] }] }],
  [
    'a relationship that is a number',
    { version: '2.1.0', runs: [{ tool, results: [{ message: { text: 'x' }, locations: [{ relationships: [9] }] }] }] },
  ],
  [
    'a text without text',
    {
      version: '2.1.0',
      runs: [{ tool, results: [{ message: { text: 'x' }, webResponse: { body: { rendered: {} } } }] }],
    },
  ],
];

test.each(logs)('every diagnostic about %s points at something that is there', async (_name, log) => {
  for (const profile of [undefined, 'cortex', 'github'] as const) {
    const diagnostics = await diagnosticsOf(log, profile);
    expect(diagnostics.map(({ ruleId }) => ruleId)).toContainEqual(expect.stringMatching(/^SF-S20[13]$/));
    for (const { ruleId, pointer } of diagnostics) {
      const path = pointer.split('/').slice(1);
      expect({ ruleId, path: existingPath(log, path) }).toEqual({ ruleId, path });
    }
  }
});

test('what a stand-in says is not taken for what the log says, but by destinations', async () => {
  const [, withoutTool] = logs[0] as [string, unknown];
  const [, withoutSuccess] = logs[2] as [string, unknown];
  const rulesOf = async (log: unknown, profile?: Profile) =>
    (await diagnosticsOf(log, profile)).map(({ ruleId }) => ruleId);
  expect(await rulesOf(withoutTool)).not.toContain('SF-V006');
  expect(await rulesOf(withoutTool, 'cortex')).toContain('SF-C001');
  expect(await rulesOf(withoutSuccess)).not.toContain('SF-V010');
});

test('what is no object is said to be none, and nothing else of it', async () => {
  const said = await diagnosticsOf({ version: '2.1.0', runs: [{ tool, results: [null, 5, [], 'x'] }] });
  const inResults = said.filter(({ pointer }) => pointer.startsWith('/runs/0/results/'));
  expect(inResults.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual(
    [0, 1, 2, 3].map((at) => `SF-S201 /runs/0/results/${at}`),
  );
});
