import { describe, expect, test } from 'vitest';
import type { ArtifactLocation, Log, Result } from '../../model/model.ts';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';

const resultAt = (artifactLocation: object, more: object = {}) => ({
  ruleId: 'R1',
  level: 'error',
  message: { text: 'The text is evaluated.' },
  locations: [{ physicalLocation: { artifactLocation, region: { startLine: 7 } } }],
  ...more,
});
const logOf = (run: object, ...results: object[]) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Shop Lint', rules: [{ id: 'R1' }] } }, results, ...run }],
});
const logAt = (location: object, run: object = {}) => logOf(run, resultAt(location));

/** What the rules of the family say: the rule, and the end of the pointer. */
async function found(log: object): Promise<string[]> {
  const diagnostics = await diagnosticsOf(log, {}, 'SF-V4');
  return diagnostics.map(({ ruleId, pointer }) => `${ruleId.slice(3)} ${pointer.split('/').slice(-1)[0]}`);
}

async function normal(log: object): Promise<{ log: Log; result: Result; location: ArtifactLocation | undefined }> {
  const once = await normalizedLog(log, {});
  const errors = await diagnosticsOf(once, {}, 'SF-V4');
  expect(errors.filter(({ level }) => level === 'error')).toEqual([]);
  expect(await normalizedLog(once, {})).toEqual(once);
  const result = once.runs?.[0]?.results?.[0] as Result;
  return { log: once, result, location: result?.locations?.[0]?.physicalLocation?.artifactLocation };
}

describe('the uri of a location', () => {
  test.each<[ArtifactLocation, string[], ArtifactLocation]>([
    [{ uri: 'src/cart.js' }, [], { uri: 'src/cart.js' }],
    // The vectors of the specification.
    [{ uri: 'C:/x/y.c' }, ['V402 uri'], { uri: 'file:///C:/x/y.c' }],
    [{ uri: 'a b#1.c' }, ['V401 uri', 'V418 uri'], { uri: 'a%20b#1.c' }],
    [{ uri: 'src/a.c', uriBaseId: '%SRCROOT%' }, ['V408 uriBaseId'], { uri: 'src/a.c', uriBaseId: '%SRCROOT%' }],
    // A character is reported once: as part of a path of Windows, or for itself.
    [{ uri: 'src\\a.c' }, ['V402 uri'], { uri: 'src/a.c' }],
    [{ uri: 'C:\\my shop\\a.c' }, ['V401 uri', 'V402 uri'], { uri: 'file:///C:/my%20shop/a.c' }],
    [{ uri: 'src/a\\b.c' }, ['V401 uri'], { uri: 'src/a%5Cb.c' }],
    [{ uri: 'file://C:\\a.c' }, ['V402 uri', 'V403 uri'], { uri: 'file:///C:/a.c' }],
    [{ uri: 'file://c:80/a.c' }, ['V419 uri'], { uri: 'file://c:80/a.c' }],
    [{ uri: '/src/a.c' }, ['V406 uri'], { uri: 'file:///src/a.c' }],
    [{ uri: '//host/share/a.c' }, ['V406 uri'], { uri: 'file://host/share/a.c' }],
    [{ uri: '/src/a.c', uriBaseId: 'SRCROOT' }, ['V406 uri', 'V408 uriBaseId'], { uri: 'file:///src/a.c' }],
    [{ uri: '../a.c' }, ['V407 uri'], { uri: '../a.c' }],
    [{ uri: 'a/%2E%2e/b.c' }, ['V407 uri'], { uri: 'a/%2E%2e/b.c' }],
    [{ uri: 'a..b/..c' }, [], { uri: 'a..b/..c' }],
    [{ uri: 'src/a.c?x' }, ['V418 uri'], { uri: 'src/a.c?x' }],
    [{ uri: 'repo:///shop/a.c?x' }, [], { uri: 'repo:///shop/a.c?x' }],
    [{ uri: './' }, [], { uri: './' }],
    [{ uri: '.' }, [], { uri: '.' }],
    [{ uri: './src//a.c' }, [], { uri: 'src/a.c' }],
  ])('%j: %j', async (location, expected, after) => {
    expect((await found(logAt(location))).toSorted()).toEqual(expected);
    const { location: written } = await normal(logAt(location));
    expect(written).toEqual(after);
  });

  test('a nested artifact may have a path from the root of its container', async () => {
    const artifacts = [
      { location: { uri: 'lib.zip' } },
      { location: { uri: '/in/a.c' }, parentIndex: 0 },
      { location: { uri: '/out.c' } },
    ];
    expect(await found(logAt({ uri: '/in/a.c', index: 1 }, { artifacts }))).toEqual(['V406 uri']);
    const { log, location } = await normal(logAt({ uri: '/in/a.c', index: 1 }, { artifacts }));
    expect(location).toEqual({ uri: '/in/a.c', index: 1 });
    expect(log.runs?.[0]?.artifacts?.[2]?.location).toEqual({ uri: 'file:///out.c' });
  });

  test('a file below a known root gets its path, whatever way it was written in', async () => {
    const run = { originalUriBaseIds: { SRCROOT: { uri: 'file:///C:/ci/shop' } } };
    for (const uri of ['C:\\ci\\shop\\src\\a.c', 'file://C:/ci/shop/src/a.c', '/C:/ci/shop/src/a.c']) {
      expect((await normal(logAt({ uri }, run))).location).toEqual({ uri: 'src/a.c' });
    }
    const artifacts = [{ location: { uri: 'file:///C:/ci/shop/src/a.c' } }];
    const { log } = await normal(logAt({ index: 0 }, { ...run, artifacts }));
    expect(log.runs?.[0]?.artifacts).toEqual([{ location: { uri: 'src/a.c' } }]);
  });

  test('folders of the computer that ran the scan are no files of the repository', async () => {
    const workingDirectory = { uri: 'file:///ci/shop' };
    const run = { invocations: [{ executionSuccessful: true, workingDirectory }] };
    expect(await found(logAt({ uri: 'src/a.c' }, run))).toEqual([]);
  });
});

describe('a location that names nothing', () => {
  const nameless = { artifactLocation: {}, region: { startLine: 1 } };

  test('goes, with what makes no sense without it', async () => {
    const change = (artifactLocation: object) => ({
      artifactLocation,
      replacements: [{ deletedRegion: { startLine: 1 } }],
    });
    const result = resultAt(
      { uri: 'src/a.c' },
      {
        analysisTarget: {},
        provenance: { conversionSources: [nameless, { artifactLocation: { uri: 'in.xml' } }, nameless] },
        relatedLocations: [{ message: { text: 'Here.' }, physicalLocation: nameless }],
        attachments: [
          { artifactLocation: {} },
          { artifactLocation: { uri: 'a.png' } },
          { artifactLocation: { index: -1 } },
        ],
        fixes: [
          { artifactChanges: [change({}), change({ uri: 'src/a.c' })] },
          { artifactChanges: [change({})] },
          { artifactChanges: [change({ uri: 'src/b.c' })] },
          { artifactChanges: [change({ index: 7 }), change({})] },
        ],
      },
    );
    expect((await found(logOf({}, result))).toSorted()).toEqual([
      'V404 analysisTarget',
      ...Array(8).fill('V404 artifactLocation'),
      'V411 index',
    ]);
    const { result: written } = await normal(logOf({}, result));
    expect(written).not.toHaveProperty('analysisTarget');
    expect(written.provenance).toEqual({ conversionSources: [{ artifactLocation: { uri: 'in.xml' } }] });
    expect(written.relatedLocations).toEqual([{ message: { text: 'Here.' } }]);
    expect(written.attachments).toEqual([{ artifactLocation: { uri: 'a.png' } }]);
    expect(written.fixes).toEqual([
      { artifactChanges: [change({ uri: 'src/a.c' })] },
      { artifactChanges: [change({ uri: 'src/b.c' })] },
    ]);
  });

  test('leaves the address beside it', async () => {
    const location = { physicalLocation: { artifactLocation: {}, address: { absoluteAddress: 4096 } } };
    const { result } = await normal(logOf({}, resultAt({}, { locations: [location] })));
    expect(result.locations).toEqual([{ physicalLocation: { address: { absoluteAddress: 4096 } } }]);
  });

  test('is allowed for a base, and for a folder that is a base', async () => {
    const run = {
      originalUriBaseIds: { SRCROOT: {}, BIN: { uriBaseId: 'SRCROOT' } },
      versionControlProvenance: [{ repositoryUri: 'https://git.example/shop', mappedTo: { uriBaseId: 'SRCROOT' } }],
      invocations: [{ executionSuccessful: true, responseFiles: [{}, { uri: 'a.rsp' }, {}], executableLocation: {} }],
    };
    expect((await found(logAt({ uri: 'a.c' }, run))).toSorted()).toEqual([
      'V404 0',
      'V404 2',
      'V404 BIN',
      'V404 executableLocation',
    ]);
    const { log } = await normal(logAt({ uri: 'a.c' }, run));
    const [written] = log.runs ?? [];
    expect(written?.originalUriBaseIds).toEqual({ SRCROOT: {}, BIN: {} });
    expect(written?.invocations).toEqual([{ executionSuccessful: true, responseFiles: [{ uri: 'a.rsp' }] }]);
  });

  test('that nobody wrote is a missing member, not a nameless one', async () => {
    expect(await found(logOf({}, resultAt({ uri: 'a.c' }, { attachments: [{}] })))).toEqual([]);
  });
});

describe('originalUriBaseIds', () => {
  const basesOf = (originalUriBaseIds: object) => logAt({ uri: 'a.c', uriBaseId: 'A' }, { originalUriBaseIds });

  test.each<[object, string[], object]>([
    [{ A: { uri: 'file:///ci/' } }, [], { A: { uri: 'file:///ci/' } }],
    [{ A: {} }, [], { A: {} }],
    [{ A: { uri: 'file:///a/b' } }, ['V410 uri'], { A: { uri: 'file:///a/b/' } }],
    [{ A: { uri: 'C:\\ci\\' } }, ['V402 uri'], { A: { uri: 'file:///C:/ci/' } }],
    [{ A: { uri: '/ci' } }, ['V406 uri', 'V410 uri'], { A: { uri: 'file:///ci/' } }],
    [{ A: { uri: 'file:///ci/?x' } }, ['V410 uri'], { A: {} }],
    [{ A: { uri: 'file:///ci/../' } }, ['V410 uri'], { A: {} }],
    [{ A: { uri: 'in', uriBaseId: 'B' }, B: {} }, ['V410 uri'], { A: { uri: 'in/', uriBaseId: 'B' }, B: {} }],
    [{ A: { uri: '', uriBaseId: 'B' }, B: {} }, ['V410 uri'], { A: { uri: './', uriBaseId: 'B' }, B: {} }],
    [{ A: { uri: 'file:///ci/', uriBaseId: 'B' }, B: {} }, ['V410 uriBaseId'], { A: { uri: 'file:///ci/' }, B: {} }],
    [{ A: { uri: 'web' } }, ['V410 uri', 'V410 uri'], { A: { uri: 'web/', uriBaseId: '%SRCROOT%' }, '%SRCROOT%': {} }],
    [
      { A: { uri: 'web/' }, SRCROOT: { uri: 'file:///ci/' } },
      ['V410 uri'],
      { A: { uri: 'web/', uriBaseId: 'SRCROOT' }, SRCROOT: { uri: 'file:///ci/' } },
    ],
    // Circles: of the specification, of one base, and one that others lead into.
    [
      { A: { uri: 'x/', uriBaseId: 'B' }, B: { uri: 'y/', uriBaseId: 'A' } },
      ['V409 uriBaseId'],
      { A: { uri: 'x/', uriBaseId: 'B' }, B: {} },
    ],
    [{ A: { uri: 'x/', uriBaseId: 'A' } }, ['V409 uriBaseId'], { A: {} }],
    [
      { A: { uri: 'x/', uriBaseId: 'B' }, B: { uri: 'y/', uriBaseId: 'C' }, C: { uri: 'z/', uriBaseId: 'B' } },
      ['V409 uriBaseId'],
      { A: { uri: 'x/', uriBaseId: 'B' }, B: { uri: 'y/', uriBaseId: 'C' }, C: {} },
    ],
    [{ A: { uri: 'x/', uriBaseId: 'GONE' } }, ['V408 uriBaseId'], { A: { uri: 'x/', uriBaseId: 'GONE' } }],
  ])('%j: %j', async (bases, expected, after) => {
    expect((await found(basesOf(bases))).toSorted()).toEqual(expected);
    const { log } = await normal(basesOf(bases));
    expect(log.runs?.[0]?.originalUriBaseIds).toEqual(after);
  });

  test.each(['.', './', ''])('the root of the sources may be written %j', async (uri) => {
    const run = { originalUriBaseIds: { SRCROOT: { uri } } };
    const { log, location } = await normal(logAt({ uri: 'a.c', uriBaseId: 'SRCROOT' }, run));
    expect(log.runs?.[0]?.originalUriBaseIds).toEqual({ SRCROOT: {} });
    expect(location).toEqual({ uri: 'a.c', uriBaseId: 'SRCROOT' });
  });

  test('what a relative base says is kept', async () => {
    const { location } = await normal(basesOf({ A: { uri: 'web' } }));
    expect(location).toEqual({ uri: 'web/a.c' });
  });

  test('names of objects are names like others', async () => {
    const run = { originalUriBaseIds: { constructor: { uri: 'file:///ci' }, invocations: { uri: 'file:///x/' } } };
    expect(await found(logAt({ uri: 'a.c', uriBaseId: 'constructor' }, run))).toEqual(['V410 uri']);
    expect(await found(logAt({ uri: 'a.c', uriBaseId: 'toString' }, run))).toContain('V408 uriBaseId');
  });
});

describe('artifacts and indices', () => {
  const artifacts = [{ location: { uri: 'src/a.c' } }, { location: { uri: 'src/b.c', uriBaseId: 'SRCROOT' } }];
  const run = { artifacts, originalUriBaseIds: { SRCROOT: { uri: 'file:///ci/shop/' } } };

  test.each<[ArtifactLocation, string[], ArtifactLocation | undefined]>([
    [{ uri: 'src/a.c', index: 0 }, [], { uri: 'src/a.c', index: 0 }],
    [{ index: 1 }, [], { index: 1 }],
    [{ uri: 'src/b.c', index: 1 }, [], { uri: 'src/b.c', index: 1 }],
    [{ uri: 'src/%62.c', index: 1 }, [], { uri: 'src/%62.c', index: 1 }],
    [{ uri: 'src/b.c', uriBaseId: 'SRCROOT', index: 1 }, [], { uri: 'src/b.c', uriBaseId: 'SRCROOT', index: 1 }],
    [{ uri: 'src/a.c', index: 1 }, ['V412 index'], { uri: 'src/a.c' }],
    [{ uri: 'src/a.c', index: 2 }, ['V411 index'], { uri: 'src/a.c' }],
    [{ index: 2 }, ['V411 index'], undefined],
  ])('%j: %j', async (location, expected, after) => {
    expect((await found(logAt(location, run))).filter((line) => !line.startsWith('V421'))).toEqual(expected);
    expect((await normal(logAt(location, run))).location).toEqual(after);
  });

  test('artifacts that stand in a file that was not read cannot be judged', async () => {
    const references = { artifacts: [{ location: { uri: 'artifacts.json' } }] };
    expect(await found(logAt({ uri: 'a.c', index: 9 }, { externalPropertyFileReferences: references }))).toEqual([]);
  });

  test('an element gives its own position, or none', async () => {
    const elements = (index: number) => ({
      artifacts: [{ location: { uri: 'src/a.c', index } }, { location: { uri: 'src/b.c', index: -1 } }],
      logicalLocations: [{ name: 'a', index }],
      addresses: [{ absoluteAddress: 1, index }],
      threadFlowLocations: [{ kinds: ['call'], index }],
      webRequests: [{ method: 'GET', index }],
      webResponses: [{ statusCode: 200, index }],
    });
    expect(await found(logAt({ uri: 'src/a.c' }, elements(0)))).toEqual([]);
    expect(await found(logAt({ uri: 'src/a.c' }, elements(1)))).toEqual(Array(6).fill('V413 index'));
    const { log } = await normal(logAt({ uri: 'src/a.c' }, elements(1)));
    expect(JSON.stringify(log)).not.toContain('"index":1');
  });

  test('parents exist, and nothing lies in itself', async () => {
    const parents = (...list: number[]) => list.map((parentIndex, at) => ({ name: `n${at}`, parentIndex }));
    const check = (logicalLocations: object[]) => found(logAt({ uri: 'a.c' }, { logicalLocations }));
    expect(await check(parents(-1, 0, 1, 0))).toEqual([]);
    expect(await check(parents(4, 0))).toEqual(['V414 parentIndex']);
    expect(await check(parents(0))).toEqual(['V414 parentIndex']);
    expect(await check(parents(1, 2, 0, 1, 4))).toEqual(['V414 parentIndex', 'V414 parentIndex']);
    const { log } = await normal(logAt({ uri: 'a.c' }, { logicalLocations: parents(1, 2, 0) }));
    expect(log.runs?.[0]?.logicalLocations).toEqual([
      { name: 'n0', parentIndex: 1 },
      { name: 'n1', parentIndex: 2 },
      { name: 'n2' },
    ]);
  });

  test('so do the parents of objects in results', async () => {
    const locations = [
      {
        logicalLocations: [
          { name: 'x', parentIndex: 0 },
          { name: 'y', parentIndex: 1 },
          { index: 0, parentIndex: 0 },
        ],
        physicalLocation: { artifactLocation: { uri: 'a.c' }, address: { name: 'z', parentIndex: 3 } },
      },
    ];
    const log = logOf({ logicalLocations: [{ name: 'n' }] }, resultAt({}, { locations }));
    expect(await found(log)).toEqual(Array(3).fill('V414 parentIndex'));
    await normal(log);
  });

  test('one file is listed once', async () => {
    const twice = (uri: string, more: object = {}) => ({
      artifacts: [{ location: { uri: 'src/a.c' } }, { location: { uri }, ...more }],
    });
    expect(await found(logAt({ uri: 'src/a.c' }, twice('./src/a.c')))).toContain('V423 uri');
    expect(await found(logAt({ uri: 'src/a.c' }, twice('src/b.c')))).toEqual([]);
    expect(await found(logAt({ uri: 'src/a.c' }, twice('src/a.c', { parentIndex: 0 })))).toEqual([]);
  });
});

describe('cached objects', () => {
  const run = {
    logicalLocations: [{ name: 'total', fullyQualifiedName: 'Cart.total', kind: 'function' }],
    threadFlowLocations: [
      { importance: 'essential', kinds: ['call'], location: { message: { text: 'Cached.' }, id: 1 } },
    ],
    webRequests: [{ method: 'GET', target: '/cart' }],
  };
  const resultOf = (more: object) => logOf(run, resultAt({ uri: 'a.c' }, more));
  const flow = (location: object) => ({ codeFlows: [{ threadFlows: [{ locations: [location] }] }] });

  test.each<[string, object, string[]]>([
    ['equal', { webRequest: { index: 0, method: 'GET' } }, []],
    ['more than is cached', { webRequest: { index: 0, protocol: 'HTTP' } }, []],
    ['its own properties', { webRequest: { index: 0, properties: { a: 1 } } }, []],
    ['another method', { webRequest: { index: 0, method: 'PUT' } }, ['V415 index']],
    ['no such request', { webRequest: { index: 3 } }, ['V415 index']],
    ['no responses at all', { webResponse: { index: 0, statusCode: 200 } }, ['V415 index']],
    ['members of each use', flow({ index: 0, importance: 'unimportant', nestingLevel: 2 }), []],
    ['a message of its own', flow({ index: 0, location: { id: 4, message: { text: 'Here.' } } }), []],
    ['other kinds', flow({ index: 0, kinds: ['return'] }), ['V415 index']],
    ['no such location', flow({ index: 1, kinds: ['return'] }), ['V415 index']],
  ])('%s', async (_name, more, expected) => {
    expect(await found(resultOf(more))).toEqual(expected);
    await normal(resultOf(more));
  });

  test('what the object says is kept, and what it left out comes along', async () => {
    const location = (more: object) => [
      { physicalLocation: { artifactLocation: { uri: 'a.c' } }, logicalLocations: [{ index: 0, ...more }] },
    ];
    const { result } = await normal(resultOf({ locations: location({ name: 'pay' }) }));
    expect(result.locations?.[0]?.logicalLocations).toEqual([
      { name: 'pay', fullyQualifiedName: 'Cart.total', kind: 'function' },
    ]);
    expect(await found(resultOf({ locations: location({ name: 'total' }) }))).toEqual([]);
  });
});

describe('links out of the log', () => {
  const runWith = (repositoryUri: string) => ({ versionControlProvenance: [{ repositoryUri, revisionId: '5f3a1c' }] });

  test.each([
    ['git@git.example:shop/cart.git', 'ssh://git@git.example/shop/cart.git'],
    ['/srv/git/cart', 'file:///srv/git/cart'],
    ['C:\\git\\cart', 'file:///C:/git/cart'],
    ['git.example/shop/cart', 'https://git.example/shop/cart'],
    ['cart', undefined],
    ['', undefined],
  ])('the repository %j becomes %j', async (given, uri) => {
    expect(await found(logAt({ uri: 'a.c' }, runWith(given)))).toEqual(['V416 repositoryUri']);
    const { log } = await normal(logAt({ uri: 'a.c' }, runWith(given)));
    const details = log.runs?.[0]?.versionControlProvenance;
    expect(details).toEqual(uri === undefined ? [] : [{ repositoryUri: uri, revisionId: '5f3a1c' }]);
  });

  test.each(['https://git.example/shop', 'ssh://git@git.example:shop/cart', 'file:///srv/git', 'urn:x'])(
    'the repository %j is as it should be',
    async (uri) => expect(await found(logAt({ uri: 'a.c' }, runWith(uri)))).toEqual([]),
  );

  test('of descriptors, components and results', async () => {
    const driver = {
      name: 'Shop Lint',
      informationUri: 'shop.example',
      downloadUri: 'https://shop.example/my lint',
      rules: [{ id: 'R1', helpUri: '' }],
    };
    const more = { hostedViewerUri: 'view', workItemUris: ['SHOP-1', 'https://shop.example/1', ''] };
    const log = logOf({ tool: { driver } }, resultAt({ uri: 'a.c' }, more));
    expect((await found(log)).toSorted()).toEqual([
      'V401 downloadUri',
      'V416 0',
      'V416 2',
      'V416 helpUri',
      'V416 hostedViewerUri',
      'V416 informationUri',
    ]);
    const { log: written, result } = await normal(log);
    expect(written.runs?.[0]?.tool.driver).toEqual({
      name: 'Shop Lint',
      downloadUri: 'https://shop.example/my%20lint',
      rules: [{ id: 'R1' }],
    });
    expect(result).not.toHaveProperty('hostedViewerUri');
    expect(result.workItemUris).toEqual(['https://shop.example/1']);
  });
});

describe('the locations of a run together', () => {
  /** Each of a rule of its own: results that are alike in everything else need not be looked at again. */
  const logOfUris = (...uris: string[]) =>
    logOf({}, ...uris.map((uri, at) => resultAt({ uri }, { ruleId: `R1/${at}` })));
  const only = async (rule: string, ...uris: string[]) =>
    (await diagnosticsOf(logOfUris(...uris), {}, rule)).map(({ message, pointer }) => ({ message, pointer }));

  test.each([
    [['a.c', 'b/c.c', '../d.c']],
    [['file:///a.c', 'file:///b.c', '/c.c']],
    [['https://x.example/a', 'https://x.example/b']],
  ])('%j are of one kind', async (uris) => expect(await only('SF-V420', ...uris)).toEqual([]));

  test('two kinds are one note, at the first of the second kind', async () => {
    const [note, ...others] = await only('SF-V420', 'a.c', 'b.c', 'file:///ci/c.c', '/d.c');
    expect(others).toEqual([]);
    expect(note?.pointer).toBe('/runs/0/results/2/locations/0/physicalLocation/artifactLocation');
    expect(note?.message).toContain("'file:///ci/c.c'");
    expect((await only('SF-V420', 'a.c', 'file:///b.c', 'ftp://x/c'))[0]?.message).toContain('3 ways');
  });

  test('spellings that differ by case are named once each, encodings are decoded', async () => {
    expect(await only('SF-V421', 'src/a.c', 'src/b.c', 'src/a.c')).toEqual([]);
    const cases = await only('SF-V421', 'src/a.c', 'Src/a.c', 'Src/a.c', 'src/a.c', 'SRC/a.c');
    expect(cases.map(({ pointer }) => pointer.split('/')[4])).toEqual(['1', '4']);
    const escapes = logOfUris('src/a.c', 'src/%61.c', 'src/%61.c');
    expect((await diagnosticsOf(escapes, {}, 'SF-V421')).map(({ fix }) => fix?.description)).toEqual([
      "'src/a.c' is written.",
      "'src/a.c' is written.",
    ]);
    const { log } = await normal(escapes);
    const uris = log.runs?.[0]?.results?.map(
      ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    );
    expect(uris).toEqual(['src/a.c', 'src/a.c', 'src/a.c']);
  });
});

describe('what is no file', () => {
  const bare = (uri: string, region: object | undefined = { startLine: 1 }) =>
    logOf(
      {},
      resultAt({}, { locations: [{ physicalLocation: { artifactLocation: { uri }, ...(region && { region }) } }] }),
    );
  const digest = 'a'.repeat(64);

  test.each([
    'https://shop.example/cart',
    'host://10.0.0.1',
    'pkg:npm/left-pad@1.3.0',
    'nginx:latest',
    'registry.shop.example/team/cart:v1',
    `alpine@sha256:${digest}`,
    'urn:shop:1',
  ])('%j is moved to a logical location', async (uri) => {
    expect(await found(bare(uri))).toContain('V422 uri');
    const { result } = await normal(bare(uri));
    expect(result.locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: uri }] }]);
  });

  test.each(['', ' ', 'N/A', 'unknown', '<unknown>', 'no file associated with this alert', 'none.'])(
    '%j is removed',
    async (uri) => {
      expect(await found(bare(uri))).toEqual(['V422 uri']);
      expect((await normal(bare(uri))).location).toBeUndefined();
    },
  );

  test.each([
    'Dockerfile',
    'unknown.c',
    'src/none',
    'src/main:12',
    'file:///x',
    'webpack:///src/a.js',
    'jar:file:///a.jar!/b.class',
    'repo://shop/a',
  ])('%j may be a file', async (uri) => expect((await diagnosticsOf(bare(uri), {}, 'SF-V422')).length).toBe(0));

  test('a region that tells something keeps the location where it is', async () => {
    const region = { startLine: 17, snippet: { text: '<a href>' } };
    expect(await found(bare('https://shop.example/cart', region))).toContain('V422 uri');
    const { location } = await normal(bare('https://shop.example/cart', region));
    expect(location).toEqual({ uri: 'https://shop.example/cart' });
  });

  test('words for absence go elsewhere, too; pages may be looked at', async () => {
    const log = logOf(
      { artifacts: [{ location: { uri: '' } }, { location: { uri: 'https://shop.example/' } }] },
      resultAt({ uri: 'a.c' }, { analysisTarget: { uri: 'unknown' } }),
    );
    expect(await found(log)).toEqual(['V422 uri', 'V422 uri']);
    const { log: written, result } = await normal(log);
    expect(result).not.toHaveProperty('analysisTarget');
    expect(written.runs?.[0]?.artifacts).toEqual([{}, { location: { uri: 'https://shop.example/' } }]);
  });
});
