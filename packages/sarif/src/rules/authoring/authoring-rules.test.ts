import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../test-support/judge-log.ts';

const text = { text: 'Text.' };
const run = (more: object = {}) => ({ tool: { driver: { name: 'Shop Lint' } }, results: [], ...more });
const logOf = (more: object = {}) => ({ version: '2.1.0', runs: [run(more)] });
const withDriver = (more: object) => logOf({ tool: { driver: { name: 'Shop Lint', ...more } } });
const withRule = (more: object) => withDriver({ rules: [{ id: 'SHOP1001', ...more }] });
const withText = (said: string) => withRule({ messageStrings: { default: { text: said } } });
const withResult = (more: object) => logOf({ results: [{ ruleId: 'SHOP1001', message: text, ...more }] });
const location = (uri: string, more: object = {}) => ({
  physicalLocation: { artifactLocation: { uri }, region: { startLine: 3 }, ...more },
});
const snippet = { snippet: { text: 'x' } };

const found = async (log: object, id: string) =>
  (await diagnosticsOf(log, { authoring: true }, id)).map(({ level, pointer }) => `${level} ${pointer}`);

const driver = 'note /runs/0/tool/driver';
const rule = `${driver}/rules/0`;
const first = 'note /runs/0/results/0';

describe('advice to authors', () => {
  test.each<[string, object, string[]]>([
    ['SF-A01', withDriver({ rules: [{ id: 'A1' }, { id: 'A2' }] }), [`${driver}/rules`]],
    ['SF-A01', withDriver({ rules: [{ id: 'A1' }, { id: 'A2', name: 'Two' }] }), []],
    ['SF-A01', withDriver({ rules: [] }), []],
    ['SF-A01', logOf({ artifacts: [{ location: { uri: 'a.js' } }] }), ['note /runs/0/artifacts']],
    ['SF-A01', logOf({ artifacts: [{ location: { uri: 'a.js' }, length: 1 }] }), []],
    [
      'SF-A02',
      withResult({ analysisTarget: { uri: 'a.js' }, locations: [location('a.js')] }),
      [`${first}/analysisTarget`],
    ],
    ['SF-A02', withResult({ analysisTarget: { uri: 'a.js' }, locations: [location('a.h')] }), []],
    ['SF-A02', withResult({ analysisTarget: { index: -1 }, locations: [location('a.h')] }), []],
    ['SF-A03', withResult({ rule: { index: 0 } }), [`${first}/rule`]],
    ['SF-A03', withResult({ rule: { index: 0, toolComponent: { index: 0 } } }), []],
    ['SF-A03', withResult({ rule: { guid: '7a3f1f9e-8d1c-4a6e-9a53-0c8d5f5f3f10' } }), []],
    ['SF-A04', withDriver({ name: 'The Best Lint', informationUri: 'https://a.example' }), []],
    ['SF-A04', withDriver({ name: 'The Very Best Lint', informationUri: 'https://a.example' }), [`${driver}/name`]],
    ['SF-A04', withDriver({ version: 'v1', informationUri: 'https://a.example' }), [`${driver}/version`]],
    ['SF-A04', withDriver({ version: '1' }), [driver]],
    ...['SHOP1001', 'A1', 'SHOP1001/sub'].map((id): [string, object, string[]] => ['SF-A05', withRule({ id }), []]),
    ...['no-eval', 'shop1001', 'SHOP', '1001', 'SHOP1001b', 'VERYLONGPREFIX1'].map((id): [string, object, string[]] => [
      'SF-A05',
      withRule({ id }),
      [`${rule}/id`],
    ]),
    ['SF-A06', withRule({}), [rule]],
    ...['DoNotUseEval', 'Eval2', 'NoURL'].map((name): [string, object, string[]] => ['SF-A06', withRule({ name }), []]),
    ...['doNotUseEval', 'Do not', 'EVAL', 'SHOP1001', 'Shop1001'].map((name): [string, object, string[]] => [
      'SF-A06',
      withRule({ name }),
      [`${rule}/name`],
    ]),
    ['SF-A07', withRule({}), [rule]],
    ['SF-A07', withRule({ helpUri: 'https://a.example' }), []],
    ['SF-A08', withResult({ locations: [location('a.js', { region: snippet, contextRegion: snippet })] }), []],
    [
      'SF-A08',
      withResult({ locations: [location('a.js')] }),
      [`${first}/locations/0/physicalLocation/region`, `${first}/locations/0/physicalLocation`],
    ],
    ['SF-A08', withResult({ locations: [{ physicalLocation: { artifactLocation: { uri: 'a' } } }] }), []],
    ['SF-A09', withResult({}), [`${first}/message/text`]],
    ['SF-A09', withResult({ message: { id: 'default' } }), []],
    ['SF-A10', withText("The text '{0}' is evaluated."), []],
    ['SF-A10', withText('The text “{0}” of `{1}` is ([evaluated]({2})). '), []],
    ['SF-A10', withText("The text '{0}' is evaluated"), [`${rule}/messageStrings/default/text`]],
    ['SF-A10', withText('Text {{0}} is evaluated.'), [`${rule}/messageStrings/default/text`]],
    ['SF-A10', withText("Both '{0}' and {1} are evaluated."), [`${rule}/messageStrings/default/text`]],
    ['SF-A11', logOf({ versionControlProvenance: [{ repositoryUri: 'https://a.example' }] }), [vcp()]],
    [
      'SF-A11',
      logOf({ versionControlProvenance: [{ repositoryUri: 'https://a.example', mappedTo: { uri: 'file:///a/' } }] }),
      [`${vcp()}/mappedTo`],
    ],
    ['SF-A13', logOf(), ['note /runs/0']],
    ['SF-A13', logOf({ artifacts: [{ contents: text }, { length: 1 }] }), []],
  ])('%s %#', async (id, log, expected) => {
    expect(await found(log, id)).toEqual(expected);
  });

  function vcp(): string {
    return 'note /runs/0/versionControlProvenance/0';
  }
});

test('is given on request only, and none that a destination contradicts', async () => {
  const log = withResult({});
  expect(await diagnosticsOf(log, {}, 'SF-A')).toEqual([]);
  expect(await diagnosticsOf(log, { profile: 'github', authoring: true }, 'SF-A09')).toEqual([]);
  expect(await diagnosticsOf(log, { profile: 'github', authoring: true }, 'SF-A13')).toHaveLength(1);
  expect(await diagnosticsOf(log, { profile: 'cortex', authoring: true }, 'SF-A09')).toHaveLength(1);
});
