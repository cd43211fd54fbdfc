import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concatenate } from '../../json/concatenate.ts';
import type { Log, Run } from '../../model/model.ts';
import { normalize } from '../../normalize/normalize.ts';
import { readSarif } from '../../read/read-sarif.ts';
import { validate } from '../../validate/validate.ts';
import { writeSarif } from '../../write/write-sarif.ts';

const driver = {
  name: 'Shop Lint',
  rules: [
    {
      id: 'R1',
      shortDescription: { text: 'Short.' },
      messageStrings: { one: { text: 'Takes {0}.' }, plain: { text: 'Nothing.' }, whole: { text: '{0}' } },
    },
    { id: 'R2' },
  ],
  notifications: [{ id: 'N1', shortDescription: { text: 'Timing.' }, messageStrings: { took: { text: '{0} ms' } } }],
  globalMessageStrings: { global: { text: 'Link to [it](1).' } },
};

const bytesOf = (run: object) =>
  new TextEncoder().encode(JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver }, results: [], ...run }] }));

const isOurs = ({ ruleId }: Diagnostic) => ruleId.startsWith('SF-V3');

/** What the rules about messages say of a run: rule and place. */
async function said(run: object): Promise<string[]> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  for await (const event of validate(readSarif(bytesOf(run)), { report, maxPerRule: 1000 })) void event;
  return diagnostics.filter(isOurs).map(({ ruleId, pointer }) => `${ruleId} ${pointer.replace('/runs/0/', '')}`);
}

async function normalized(run: object): Promise<Run> {
  let bytes: Uint8Array = bytesOf(run);
  for (const pass of ['first', 'second']) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of writeSarif(normalize(readSarif(bytes)))) chunks.push(chunk);
    const next = concatenate(chunks);
    if (pass === 'second') expect(new TextDecoder().decode(next)).toBe(new TextDecoder().decode(bytes));
    bytes = next;
  }
  const errors: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => errors.push(diagnostic);
  for await (const event of validate(readSarif(bytes), { report })) void event;
  expect(errors.filter((each) => isOurs(each) && each.level === 'error')).toEqual([]);
  return (JSON.parse(new TextDecoder().decode(bytes)) as Log).runs?.[0] as Run;
}

const resultWith = (message: object, more: object = {}) => ({ results: [{ ruleId: 'R1', message, ...more }] });
const related = (...ids: number[]) => ({ relatedLocations: ids.map((id) => ({ id, message: { text: 'Here.' } })) });
const notifying = (message: object) => ({
  invocations: [
    { executionSuccessful: true, toolExecutionNotifications: [{ message, descriptor: { id: 'N1', index: 0 } }] },
  ],
});

describe('what is said of the message of a result', () => {
  const message = 'results/0/message';

  test.each<[what: string, message: object, said: readonly string[]]>([
    ['a string of the rule', { id: 'one', arguments: ['x'] }, []],
    ['a global string, with a link that leads nowhere', { id: 'global' }, [`SF-V306 ${message}`]],
    ['an id that names nothing', { id: 'toString' }, [`SF-V301 ${message}/id`]],
    ['an id that names nothing beside a text', { id: 'x', text: 'Text.' }, [`SF-V301 ${message}/id`]],
    ['too few arguments', { text: '{0} {1}', arguments: ['a'] }, [`SF-V302 ${message}/arguments`]],
    ['too few for a string of the rule', { id: 'one' }, [`SF-V302 ${message}`]],
    ['too few for the Markdown', { text: '{0}', markdown: '{1}', arguments: ['a'] }, [`SF-V302 ${message}/arguments`]],
    ['just enough arguments', { text: '{0} {1}', arguments: ['a', 'b'] }, []],
    ['a placeholder without arguments', { text: 'Use #{x} and {0} or {{ y }.' }, []],
    ['an escaped placeholder', { text: '{{5}} {0}', arguments: ['a'] }, []],
    ['a string of the rule with a blank argument', { id: 'whole', arguments: [''] }, [`SF-V303 ${message}`]],
    ['a blank argument', { text: '{0} ', arguments: [' '] }, [`SF-V303 ${message}`]],
    ['Markdown and an id', { id: 'plain', markdown: 'x' }, [`SF-V304 ${message}/markdown`]],
    ['a brace beside arguments', { text: '{0} }', arguments: ['a'] }, [`SF-V305 ${message}/text`]],
    ['a link without a location', { text: '[a](4)' }, [`SF-V306 ${message}/text`]],
    ['a link in code', { text: 'a', markdown: '`f[i](4)`' }, []],
    ['an empty text', { text: '' }, [`SF-V307 ${message}/text`]],
    ['HTML', { text: 'a', markdown: '<b>a</b>' }, [`SF-V308 ${message}/markdown`]],
    ['a link to the rule', { text: '[a](sarif:/runs/0/tool/driver/rules/1)' }, []],
    ['a link to nothing', { text: '[a](sarif:/runs/0/tool/driver/rules/2)' }, [`SF-V309 ${message}/text`]],
    ['a link to a result that never comes', { text: '[a](sarif:/runs/0/results/1)' }, [`SF-V309 ${message}/text`]],
    ['a link to itself', { text: '[a](sarif:/runs/0/results/0/message)' }, []],
    ['a link to another run', { text: '[a](sarif:/runs/7/results/0)' }, []],
    ['arguments that nothing uses', { text: 'Text.', arguments: ['a'] }, [`SF-V310 ${message}/arguments`]],
    ['arguments that the looked-up string would use', { text: 'Takes x.', id: 'one', arguments: ['x'] }, []],
    ['no arguments', { text: 'Text.', arguments: [] }, []],
  ])('%s', async (_what, given, expected) => expect(await said(resultWith(given))).toEqual(expected));
});

test('links count the locations of the whole result', async () => {
  const step = { location: { id: 3 } };
  const more = { ...related(1), codeFlows: [{ threadFlows: [{ locations: [step, { index: 0 }] }] }] };
  const message = { text: '[a](1) [b](3) [c](9)' };
  expect(await said({ ...resultWith(message, more), threadFlowLocations: [{ location: { id: 9 } }] })).toEqual([]);
  expect(await said(resultWith({ text: '[a](1)' }, related(1, 1)))).toEqual(['SF-V306 results/0/message/text']);
  expect(await said(resultWith({ text: '[a]({0})', arguments: ['2'] }, related(1)))).toEqual([
    'SF-V306 results/0/message/text',
  ]);
});

describe('what is said of other messages', () => {
  test.each<[what: string, run: object, said: readonly string[]]>([
    [
      'a string of the rule is not for locations',
      resultWith({ text: 'a' }, { locations: [{ message: { id: 'one' } }] }),
      ['SF-V301 results/0/locations/0/message/id'],
    ],
    ['a string of a notification', notifying({ id: 'took', arguments: ['7'] }), []],
    [
      'a string of a rule is not for notifications',
      notifying({ id: 'one' }),
      ['SF-V301 invocations/0/toolExecutionNotifications/0/message/id'],
    ],
  ])('%s', async (_what, run, expected) => expect(await said(run)).toEqual(expected));

  test('strings of descriptors', async () => {
    const rules = [
      {
        id: 'R1',
        shortDescription: { text: '' },
        fullDescription: { text: 'Close { it.' },
        help: { text: '', markdown: '<i>x</i>' },
        messageStrings: { a: { text: 'Close { it.' }, b: { text: '' } },
      },
    ];
    const run = { tool: { driver: { name: 'T', rules } }, results: [{ ruleId: 'R1', message: { id: 'b' } }] };
    const rule = 'tool/driver/rules/0';
    expect((await said(run)).sort()).toEqual([
      'SF-V303 results/0/message',
      `SF-V304 ${rule}/help/text`,
      `SF-V305 ${rule}/messageStrings/a/text`,
      `SF-V307 ${rule}/messageStrings/b/text`,
      `SF-V307 ${rule}/shortDescription/text`,
      `SF-V308 ${rule}/help/markdown`,
    ]);
    const { tool, results } = await normalized(run);
    expect(tool.driver.rules?.[0]).toEqual({
      id: 'R1',
      fullDescription: { text: 'Close { it.' },
      help: { text: expect.any(String), markdown: '\\<i>x\\</i>' },
      messageStrings: { a: { text: 'Close { it.' }, b: { text: '' } },
    });
    expect(results?.[0]?.message.text).toBe('Close { it.');
  });
});

describe('the repair of a message', () => {
  test.each<[message: object, repaired: object]>([
    [{ id: 'x', text: 'Text.' }, { text: 'Text.' }],
    [
      { id: 'x', arguments: ['a'] },
      { text: 'Short.', properties: { 'original/id': 'x', 'original/arguments': ['a'] } },
    ],
    [
      { text: 'a {1} {{x}}', arguments: ['b'] },
      { text: 'a {1} {x}', properties: { 'original/arguments': ['b'] } },
    ],
    [{ id: 'one' }, { text: 'Takes {0}.', properties: { 'original/id': 'one' } }],
    [
      { text: ' ', markdown: 'See `x`.' },
      { text: 'See x.', markdown: 'See `x`.' },
    ],
    [
      { text: '', id: 'plain' },
      { text: 'Nothing.', properties: { 'original/id': 'plain' } },
    ],
    [
      { id: 'plain', markdown: '*No.*' },
      { text: 'Nothing.', markdown: '*No.*', properties: { 'original/id': 'plain' } },
    ],
    [{ text: 'a [b](1), [c](2)' }, { text: 'a [b](1), c' }],
    [
      { id: 'global', arguments: [] },
      { id: 'global', arguments: [] },
    ],
    [{ text: '[a](sarif:/x) [b](sarif:/runs/0)' }, { text: 'a [b](sarif:/runs/0)' }],
    [{ text: '[\\[a\\](sarif:/x)](sarif:/x)' }, { text: 'a' }],
  ])('%j → %j', async (message, repaired) => {
    const { results } = await normalized(resultWith(message, related(1)));
    expect(results?.[0]?.message).toEqual(repaired);
  });

  test('of a location is taken away when nothing stands for it', async () => {
    const physicalLocation = { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 1 } };
    const { results } = await normalized(
      resultWith({ text: 'a' }, { locations: [{ physicalLocation, message: { id: 'x' } }] }),
    );
    expect(results?.[0]?.locations).toEqual([{ physicalLocation }]);
  });

  test('of a notification is what its descriptor says', async () => {
    const { invocations } = await normalized(notifying({ text: '' }));
    expect(invocations?.[0]?.toolExecutionNotifications?.[0]?.message).toEqual({ text: 'Timing.' });
  });
});

describe('texts of several results (SF-V311)', () => {
  const at = (uri: string, startLine: number) => ({
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
  });
  const results = (...texts: [ruleId: string, text: string, more?: object][]) => ({
    results: texts.map(([ruleId, text, more]) => ({ ruleId, message: { text }, ...more })),
  });

  test.each<[what: string, run: object, positions: readonly number[]]>([
    ['one text for two rules is told once', results(['R1', 'a'], ['R2', 'a'], ['R2', 'a']), [1]],
    ['one text for one rule and its parts', results(['R1', 'a'], ['R1/x', 'a'], ['R1', 'a']), []],
    ['results that are no findings', results(['R1', 'a', { kind: 'pass' }], ['R2', 'a', { kind: 'pass' }]), []],
    ['the path', results(['R1', 'In src/a.js it is.', at('src/a.js', 7)]), [0]],
    ['an absolute path', results(['R1', 'In /ci/src/a.js: x', at('file:///ci/src/a.js', 7)]), [0]],
    ['the name alone', results(['R1', 'In a.js it is.', at('src/a.js', 7)]), []],
    ['a name of the top folder', results(['R1', 'package.json lists x.', at('package.json', 7)]), []],
    ['another path', results(['R1', 'In src/a.jsx it is.', at('src/a.js', 7)]), []],
    ['name and line', results(['R1', 'a.js:7 x', at('src/a.js', 7)]), [0]],
    ['the line', results(['R1', 'x on line 7.', at('src/a.js', 7)]), [0]],
    ['another line', results(['R1', 'x on line 70, 7 times.', at('src/a.js', 7)]), []],
  ])('%s', async (_what, run, positions) => {
    expect(await said(run)).toEqual(positions.map((position) => `SF-V311 results/${position}/message/text`));
  });
});

test('a result without a message gets the text of its rule when the schema is repaired', async () => {
  for (const results of [[{ ruleId: 'R1' }], [{ ruleId: 'R1', message: {} }]]) {
    expect((await normalized({ results })).results?.[0]?.message).toEqual({ text: 'Short.' });
  }
});

test('a link to a result that comes later is good, however plain the results in between are', async () => {
  const plain = (position: number) => ({
    ruleId: 'R1',
    message: { text: `Text ${position}.` },
    partialFingerprints: { 'own/v1': `x${position}` },
  });
  const results = Array.from({ length: 50 }, (_, position) => plain(position));
  const linking = (target: number) => ({ ...plain(0), message: { text: `[a](sarif:/runs/0/results/${target})` } });
  expect(await said({ results: [linking(50), ...results] })).toEqual([]);
  expect(await said({ results: [linking(51), ...results] })).toEqual(['SF-V309 results/0/message/text']);
});
