import { expect, test } from 'vitest';
import { readSarif } from '../read/read-sarif.ts';
import type { Profile } from '../rules/rule.ts';
import { writeSarif } from '../write/write-sarif.ts';
import { normalize } from './normalize.ts';

async function normalized(text: string, profile: Profile | undefined): Promise<string> {
  const chunks: Uint8Array[] = [];
  const events = normalize(readSarif(new TextEncoder().encode(text)), { profile });
  for await (const chunk of writeSarif(events)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const driver = { name: 'Shop Lint' };
const at = (artifactLocation: object, index: number) => ({
  ruleId: 'shop/eval',
  message: { text: `Value ${index} is evaluated.` },
  locations: [{ physicalLocation: { artifactLocation, region: { startLine: index + 1 } } }],
});
const many = Array.from({ length: 150 }, (_, index) => at({ uri: 'src/cart.js' }, index));

test.each([
  ['an index of a file that gets a made-up name', [at({ uri: '', index: 1 }, 0)], {}],
  [
    'an index of a file where another one is named elsewhere',
    [{ ...at({ uri: ' ', index: 0 }, 0), analysisTarget: { uri: 'src/cart.js' } }, at({ uri: '', index: 1 }, 1)],
    {},
  ],
  [
    'a word for absence whose region gets a line',
    [
      {
        ...at({}, 0),
        locations: [{ physicalLocation: { artifactLocation: { uri: 'undefined' }, region: { charOffset: 2 } } }],
      },
    ],
    {},
  ],
  [
    'a list of overrides that is empty',
    many,
    { invocations: [{ executionSuccessful: true, ruleConfigurationOverrides: [] }] },
  ],
  [
    'a weakness to which a reference leads once its name is corrected',
    [at({ uri: 'src/cart.js' }, 0)],
    {
      tool: {
        driver: {
          ...driver,
          rules: [
            { id: 'shop/eval', relationships: [{ target: { index: 0, toolComponent: { name: '', index: 0 } } }] },
          ],
        },
      },
      taxonomies: [{ name: 'CWE', taxa: [{ id: '95' }] }],
    },
  ],
  [
    'a rule about more weaknesses than GitHub takes tags, of which a repair tells some',
    [at({ uri: 'src/cart.js' }, 0)],
    {
      tool: {
        driver: {
          ...driver,
          rules: [
            {
              id: 'shop/eval',
              relationships: Array.from({ length: 25 }, (_, index) => ({
                target: { index, toolComponent: { name: index % 2 === 0 ? 'CWE' : '', index: 0 } },
              })),
            },
          ],
        },
      },
      taxonomies: [{ name: 'CWE', taxa: Array.from({ length: 25 }, (_, index) => ({ id: String(index + 70) })) }],
    },
  ],
  ['a URI that is another one once it is written', [at({ uri: './a' }, 0), at({ uri: '%41' }, 1)], {}],
  [
    'a link that only the arguments make',
    [{ ...at({}, 0), message: { text: 'See {0}.', arguments: ['[it](1)'] } }],
    {},
  ],
  [
    'a file that is taken from elsewhere, and named in another way before',
    [
      { ...at({ uri: 'b.js' }, 0), attachments: [{ artifactLocation: { uri: 'src/a.js' } }] },
      {
        message: { text: 'x' },
        relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'src/%61.js', uriBaseId: 'SRCROOT' } } }],
      },
    ],
    {},
  ],
  [
    'a message whose string is that of a rule that the index led to by mistake',
    [
      { ruleId: 'other', message: { text: 'x' } },
      { ruleId: 'other', ruleIndex: 0, message: { id: 'm' } },
    ],
    { tool: { driver: { ...driver, rules: [{ id: 'shop/eval', messageStrings: { m: { text: 'What it says.' } } }] } } },
  ],
])('normalizing again changes nothing: %s', async (_, results, members) => {
  const artifacts = [{}, { location: { uri: 'src/file.c' } }];
  const text = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver }, artifacts, ...members, results }] });
  for (const profile of [undefined, 'cortex', 'github'] as const) {
    const once = await normalized(text, profile);
    expect(await normalized(once, profile)).toBe(once);
    expect(once.match(/"level":/g)).toHaveLength(results.length);
  }
});

test('a message says what it said when its rule gets a description of its own', async () => {
  const rules = [{ id: 'shop/eval', messageStrings: { m: { text: 'What it says.' } } }];
  const results = [
    { ruleId: 'other', message: { text: 'x' } },
    { ruleId: 'other', ruleIndex: 0, message: { id: 'm' } },
  ];
  const log = { version: '2.1.0', runs: [{ tool: { driver: { ...driver, rules } }, results }] };
  const { runs } = JSON.parse(await normalized(JSON.stringify(log), undefined));
  expect(runs[0].tool.driver.rules[1]).toEqual({ id: 'other' });
  expect(runs[0].results[1]).toMatchObject({ ruleIndex: 1, message: { text: 'What it says.' } });
});
