import { describe, expect, test } from 'vitest';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';
import { githubLimits } from './github-limits.ts';

const location = (uri: unknown = 'src/cart.js', region: object = { startLine: 7 }) => ({
  physicalLocation: { artifactLocation: { uri }, region },
});
const wholeFile = { physicalLocation: { artifactLocation: { uri: 'src/cart.js' } } };
const result = (more: object = {}) => ({
  ruleId: 'R1',
  level: 'error',
  message: { text: 'The text is evaluated.' },
  locations: [location()],
  ...more,
});
const logOf = (run: object = {}) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Shop Lint', rules: [rule()] } }, results: [result()], ...run }],
});
const text = { text: 'Do not evaluate text.' };
const rule = (more: object = {}) => ({
  id: 'R1',
  shortDescription: text,
  fullDescription: text,
  help: text,
  ...more,
});
const withRule = (more: object) => logOf({ tool: { driver: { name: 'Shop Lint', rules: [rule(more)] } } });
const withResult = (more: object) => logOf({ results: [result(more)] });
const many = <T>(count: number, element: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => element(at));

const found = async (log: object, id: string) =>
  (await diagnosticsOf(log, { profile: 'github' }, id)).map(({ level, pointer }) => `${level} ${pointer}`);

const flow = (locations: number) => ({
  threadFlows: [{ locations: many(locations, () => ({ location: location() })) }],
});
const run = (id?: string, driver: object = {}) => ({
  tool: { driver: { name: 'Shop Lint', ...driver } },
  ...(id === undefined ? {} : { automationDetails: { id } }),
  results: [],
});

describe('what GitHub takes, on both sides of each limit', () => {
  const { runs, results, resultsShown, rules, extensions } = githubLimits;
  const { threadFlowLocations, threadFlowLocationsShown, locations, locationsShown, tags, tagsShown } = githubLimits;
  const logOfRuns = (count: number) => ({ version: '2.1.0', runs: many(count, (at) => run(`r${at}/`)) });
  const logOfResults = (count: number) => logOf({ results: many(count, () => result()) });
  const logOfRules = (driver: number, extension: number) =>
    logOf({
      tool: {
        driver: { name: 'Shop Lint', rules: many(driver, (at) => rule({ id: `D${at}` })) },
        extensions: [{ name: 'Extra', rules: many(extension, (at) => rule({ id: `E${at}` })) }],
      },
    });
  const logOfExtensions = (count: number) =>
    logOf({ tool: { driver: { name: 'Shop Lint' }, extensions: many(count, (at) => ({ name: `E${at}` })) } });
  const logOfFlows = (...counts: number[]) => withResult({ codeFlows: counts.map(flow) });
  const logOfLocations = (count: number) => withResult({ locations: many(count, () => location()) });
  const logOfTags = (count: number) => withRule({ properties: { tags: many(count, (at) => `tag${at}`) } });

  test.each<[string, () => object, string[]]>([
    ['SF-G002', () => logOfRuns(runs), []],
    ['SF-G002', () => logOfRuns(runs + 1), ['error /runs/20']],
    ['SF-G003', () => logOfResults(resultsShown), []],
    ['SF-G003', () => logOfResults(resultsShown + 1), ['note /runs/0/results/5000']],
    ['SF-G003', () => logOfResults(results), ['note /runs/0/results/5000']],
    ['SF-G003', () => logOfResults(results + 1), ['error /runs/0/results/25000']],
    ['SF-G004', () => logOfRules(rules, 0), []],
    ['SF-G004', () => logOfRules(rules + 1, 0), ['error /runs/0/tool/driver/rules/25000']],
    ['SF-G004', () => logOfRules(rules - 5, 6), ['error /runs/0/tool/extensions/0/rules/5']],
    ['SF-G004', () => logOfExtensions(extensions), []],
    ['SF-G004', () => logOfExtensions(extensions + 1), ['error /runs/0/tool/extensions/100']],
    ['SF-G005', () => logOfFlows(threadFlowLocationsShown), []],
    ['SF-G005', () => logOfFlows(threadFlowLocationsShown, 1), ['note /runs/0/results/0/codeFlows/1']],
    ['SF-G005', () => logOfFlows(threadFlowLocations), ['note /runs/0/results/0/codeFlows/0']],
    ['SF-G005', () => logOfFlows(4000, threadFlowLocations - 4000, 1), ['error /runs/0/results/0/codeFlows/2']],
    ['SF-G006', () => logOfLocations(locationsShown), []],
    ['SF-G006', () => logOfLocations(locationsShown + 1), ['note /runs/0/results/0/locations/100']],
    ['SF-G006', () => logOfLocations(locations), ['note /runs/0/results/0/locations/100']],
    ['SF-G006', () => logOfLocations(locations + 1), ['error /runs/0/results/0/locations/1000']],
    ['SF-G007', () => logOfTags(tagsShown), []],
    ['SF-G007', () => logOfTags(tagsShown + 1), ['note /runs/0/tool/driver/rules/0/properties/tags/10']],
    ['SF-G007', () => logOfTags(tags), ['note /runs/0/tool/driver/rules/0/properties/tags/10']],
    ['SF-G007', () => logOfTags(tags + 1), ['error /runs/0/tool/driver/rules/0/properties/tags/20']],
  ])('%s %#', async (id, log, expected) => expect(await found(log(), id)).toEqual(expected));

  test('places stand where the results do', async () => {
    const log = logOfResults(resultsShown + 1);
    const [diagnostic] = await diagnosticsOf(log, { profile: 'github' }, 'SF-G003');
    const before = JSON.stringify(logOfResults(resultsShown)).lastIndexOf(']}]}');
    expect(diagnostic?.place?.byteOffset).toBe(before + 1);
  });

  test('what goes beyond is cut, and said to be', async () => {
    const normalized = async (log: object) => (await normalizedLog(log, { profile: 'github' })).runs?.[0]?.results?.[0];
    const flows = await normalized(logOfFlows(6000, 6000, 4000));
    expect(flows?.codeFlows?.map(({ threadFlows }) => threadFlows[0]?.locations.length)).toEqual([6000, 4000]);
    expect(flows?.properties).toEqual({ 'sariflow/shortened': ['codeFlows'] });
    const places = await normalized(logOfLocations(locations + 5));
    expect(places?.locations).toHaveLength(locations);
    expect(places?.properties).toEqual({ 'sariflow/shortened': ['locations'] });
  });

  test('the tags that GitHub reads are kept', async () => {
    const words = [...many(25, (at) => `tag${at}`), 'security', 'external/cwe/cwe-095'];
    const log = await normalizedLog(withRule({ properties: { tags: words } }), { profile: 'github' });
    const properties = log.runs?.[0]?.tool.driver.rules?.[0]?.properties;
    expect(properties?.tags?.slice(0, 3)).toEqual(['security', 'external/cwe/cwe-095', 'tag0']);
    expect(properties).toMatchObject({ 'original/tags': words });
  });
});

describe('what GitHub rejects', () => {
  const first = 'error /runs/0/results/0';
  test.each<[string, object, string[]]>([
    ['SF-G008', logOf({ results: undefined }), ['error /runs/0']],
    ['SF-G008', logOf({ results: null }), ['error /runs/0/results']],
    ['SF-G008', logOf({ results: [] }), []],
    ['SF-G008', withResult({ locations: undefined }), [first]],
    ['SF-G008', withResult({ locations: [] }), [`${first}/locations`]],
    ['SF-G008', withResult({ locations: [location(' ')] }), [`${first}/locations/0`]],
    ['SF-G008', withResult({ locations: [location(), {}] }), []],
    ['SF-G009', withResult({ message: { text: ' ' } }), [`${first}/message`]],
    ['SF-G009', withResult({ message: { id: 'default' } }), [`${first}/message`]],
    ['SF-G009', withResult({ message: { id: 'default', text: 'Text.' } }), []],
    ['SF-G010', withResult({ locations: [location('https://shop.example/a.js')] }), [uriOf('locations/0')]],
    ['SF-G010', withResult({ locations: [location('C:/shop/a.js')] }), [uriOf('locations/0')]],
    ['SF-G010', withResult({ relatedLocations: [location('pkg:npm/cart')] }), [uriOf('relatedLocations/0')]],
    ['SF-G010', withResult({ locations: [location('FILE:///shop/a.js')] }), []],
    ['SF-G010', withResult({ locations: [location('./a:b.js')] }), []],
    ['SF-G010', withResult({ analysisTarget: { uri: 'https://shop.example/a.js' } }), []],
    ['SF-G011', withRule({ properties: { 'security-severity': '7.5' } }), []],
    ['SF-G011', withRule({ properties: { 'security-severity': '10' } }), []],
    ...[7.5, 'high', '', 'undefined', null, '7.5.1', '1e1', ['7.5']].map((value): [string, object, string[]] => [
      'SF-G011',
      withRule({ properties: { 'security-severity': value } }),
      ['error /runs/0/tool/driver/rules/0/properties/security-severity'],
    ]),
    ['SF-G011', withResult({ properties: { 'security-severity': 7.5 } }), []],
    ['SF-G012', { version: '2.1.0', runs: [run(), run()] }, ['error /runs/1']],
    ['SF-G012', { version: '2.1.0', runs: [run('a/'), run('b/'), run('a/')] }, ['error /runs/2/automationDetails/id']],
    ['SF-G012', { version: '2.1.0', runs: [run('a/1'), run('a/2')] }, []],
    ['SF-G012', { version: '2.1.0', runs: [run('a/'), run('a/', { version: '2' })] }, []],
  ])('%s %#', async (id, log, expected) => expect(await found(log, id)).toEqual(expected));

  function uriOf(path: string): string {
    return `${first}/${path}/physicalLocation/artifactLocation/uri`;
  }
});

describe('what GitHub shows', () => {
  const physical = 'warning /runs/0/results/0/locations/0/physicalLocation';
  const aRule = 'warning /runs/0/tool/driver/rules/0';
  test.each<[string, object, string[]]>([
    ['SF-G013', withResult({ locations: [location('a.js', { byteOffset: 3 })] }), [`${physical}/region`]],
    ['SF-G013', withResult({ locations: [wholeFile] }), [physical]],
    ['SF-G013', withResult({ locations: [location(), wholeFile] }), []],
    ['SF-G013', withResult({ locations: [] }), []],
    ['SF-G014', withRule({ help: { text: '' } }), [aRule]],
    ['SF-G014', withRule({ name: 'N'.repeat(255), shortDescription: { text: 'x'.repeat(1024) } }), []],
    ['SF-G014', withRule({ name: 'N'.repeat(256) }), [`${aRule}/name`]],
    ['SF-G014', withRule({ fullDescription: { text: 'x'.repeat(1025) } }), [`${aRule}/fullDescription/text`]],
  ])('%s %#', async (id, log, expected) => expect(await found(log, id)).toEqual(expected));
});

describe('what GitHub does not read', () => {
  const note = 'note /runs/0/results/0';
  const line = { partialFingerprints: { primaryLocationLineHash: 'a:1' } };
  test.each<[object, string[]]>([
    [withResult({ suppressions: [{ kind: 'inSource' }] }), [`${note}/suppressions`]],
    [withResult({ suppressions: [] }), []],
    [withResult({ baselineState: 'absent' }), [`${note}/baselineState`]],
    [withResult({ kind: 'pass', level: 'none' }), [`${note}/kind`]],
    [withResult({ kind: 'fail' }), []],
    [withBase('web/'), [`${note}/locations/0/physicalLocation/artifactLocation`]],
    [withBase('file:///ci/shop/'), []],
    [
      withResult({ relatedLocations: [{ ...location(), message: { id: 'x' } }] }),
      [`${note}/relatedLocations/0/message`],
    ],
    [withResult({ fingerprints: { a: '1' } }), [`${note}/fingerprints`]],
    [withResult({ partialFingerprints: { a: '1' } }), [`${note}/partialFingerprints`]],
    [withResult({ ...line, fingerprints: { a: '1' } }), []],
    [withResult({ ruleId: 'R1/b' }), [`${note}/ruleId`]],
    [withResult({ taxa: [{ id: '95', toolComponent: { name: 'CWE' } }] }), [`${note}/taxa`]],
    [withRule({ properties: { tags: ['CWE-95'] } }), ['note /runs/0/tool/driver/rules/0']],
    [withRule({ properties: { tags: ['CWE-95', 'external/cwe/cwe-095'] } }), []],
  ])('%#', async (log, expected) => expect(await found(log, 'SF-G015')).toEqual(expected));

  test('is said once for a run, with the number of results', async () => {
    const results = many(3, () => result({ kind: 'review', level: 'none' }));
    const diagnostics = await diagnosticsOf(
      logOf({ results: [result(), ...results] }),
      { profile: 'github' },
      'SF-G015',
    );
    expect(diagnostics.map(({ pointer, message }) => ({ pointer, message }))).toEqual([
      { pointer: '/runs/0/results/1/kind', message: expect.stringMatching(/^3 results rely on 'kind'/) },
    ]);
    expect(diagnostics[0]?.place).toBeDefined();
  });

  function withBase(uri: string): object {
    const artifactLocation = { uri: 'a.js', uriBaseId: 'SRCROOT' };
    const locations = [{ physicalLocation: { artifactLocation, region: { startLine: 1 } } }];
    return logOf({ originalUriBaseIds: { SRCROOT: { uri } }, results: [result({ locations })] });
  }
});

test.each<[unknown, unknown]>([
  [7.5, '7.5'],
  [10, '10.0'],
  [' 7.5 ', '7.5'],
  ['High', '8.0'],
  ['undefined', undefined],
  [-1, undefined],
])('a security severity of %j is written as %j', async (given, written) => {
  const log = await normalizedLog(withRule({ properties: { 'security-severity': given } }), { profile: 'github' });
  const properties = log.runs?.[0]?.tool.driver.rules?.[0]?.properties;
  expect(properties?.['security-severity']).toBe(written);
  expect(properties?.['original/security-severity']).toBe(given);
});
