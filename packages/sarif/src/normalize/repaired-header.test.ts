import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readSarif } from '../read/read-sarif.ts';
import type { Profile } from '../rules/rule.ts';
import { bytesOf } from '../split/test-support/events-of.ts';
import { normalize } from './normalize.ts';

const decoder = new TextDecoder();

const run = (members: object) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Shop Lint' } }, ...members }],
});
const message = { text: 'x' };

const logs: readonly (readonly [string, object])[] = [
  [
    'a driver that was thought to stand elsewhere',
    run({
      externalPropertyFileReferences: { driver: { location: {} } },
      results: [{ message, rule: { index: 2, toolComponent: { name: 'E' } }, taxa: [{ index: 2 }] }],
    }),
  ],
  [
    'references of which some lead nowhere',
    run({
      externalPropertyFileReferences: { results: [{ location: { uri: 'a.json' } }], policies: [{}] },
      results: [],
    }),
  ],
  [
    'an index that was thought to lead to another file',
    run({
      externalPropertyFileReferences: {
        driver: { location: { uri: 'd.json', index: 3 } },
        artifacts: [{ location: {} }],
      },
      results: [{ message, analysisTarget: { uri: 'a.c', index: 3 } }],
    }),
  ],
  [
    'an artifact that a result names in other letters, beside one that is repaired',
    run({
      artifacts: [{ location: {} }, { location: { uri: 'src/%46ile.c' } }],
      results: [{ message, analysisTarget: { uri: 'SRC/%46ile.c' } }],
    }),
  ],
  ['a result about the root of the repository', run({ results: [{ message, analysisTarget: { uri: '.' } }] })],
];

test.each(logs)('%s: the results are seen in the header as it is written', async (_name, log) => {
  for (const profile of [undefined, 'cortex', 'github'] satisfies (Profile | undefined)[]) {
    const once = await bytesOf(normalize(readSarif(new TextEncoder().encode(JSON.stringify(log))), { profile }));
    const twice = await bytesOf(normalize(readSarif(once), { profile }));
    expect(decoder.decode(twice)).toBe(decoder.decode(once));
  }
});

test('a result about the root of the repository gets a file that GitHub and Cortex accept', async () => {
  const [, log] = logs.at(-1) as [string, object];
  for (const profile of ['cortex', 'github'] as const) {
    const bytes = await bytesOf(normalize(readSarif(new TextEncoder().encode(JSON.stringify(log))), { profile }));
    expect(JSON.parse(decoder.decode(bytes)).runs[0].results[0].locations[0]).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'no-file' } },
    });
  }
});

test('a repair tells what was wrong and what was done about it', async () => {
  const log = run({ results: [{ message: 'x', ruleId: 7 }, null] });
  const said: (readonly [string, string | undefined])[] = [];
  const report = ({ message: text, fix }: Diagnostic) => said.push([text, fix?.description]);
  await bytesOf(normalize(readSarif(new TextEncoder().encode(JSON.stringify(log))), { report, profile: 'cortex' }));
  expect(said).toEqual(
    expect.arrayContaining([
      ["'ruleId' is a number (7), but SARIF wants a string. Write a string.", 'Converted 7 to "7".'],
      ['This object is null, but SARIF wants an object (result). Write an object (result).', 'Dropped the result.'],
      ["No file is known: the uri 'no-file' is made up.", "No file is known: the uri 'no-file' is made up."],
    ]),
  );
});
