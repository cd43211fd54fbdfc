import { describe, expect, test } from 'vitest';
import type { Location, PhysicalLocation, Region, Result, Run } from '../../model/model.ts';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';

function logOf(result: Partial<Result>, run: Partial<Run> = {}): object {
  const results = [{ ruleId: 'R1', level: 'error', message: { text: 'Text.' }, ...result }];
  return { version: '2.1.0', runs: [{ tool: { driver: { name: 'T', rules: [{ id: 'R1' }] } }, ...run, results }] };
}

const file = { uri: 'src/cart.js' };

function at(physical: Partial<PhysicalLocation>): Partial<Result> {
  return { locations: [{ physicalLocation: { artifactLocation: file, ...physical } }] };
}

/** Rule ids and the ends of the pointers. */
async function found(result: Partial<Result>, run?: Partial<Run>): Promise<string[]> {
  const diagnostics = await diagnosticsOf(logOf(result, run), {}, 'SF-V5');
  return diagnostics.map(({ ruleId, pointer }) => `${ruleId.slice(3)} ${pointer.split('/').at(-1)}`);
}

async function fixed(result: Partial<Result>, run?: Partial<Run>): Promise<Partial<Result>> {
  const { runs } = await normalizedLog(logOf(result, run), {});
  return runs?.[0]?.results?.[0] ?? {};
}

const inRegion = (region: Region, run?: Partial<Run>) => found(at({ region }), run);

describe('one region', () => {
  test.each<[Region, string[]]>([
    [{ startLine: 3, endLine: 3 }, []],
    [{ startLine: 3, endLine: 2, endColumn: 1 }, ['V501 endLine']],
    [{ startLine: 3, startColumn: 5, endColumn: 5 }, []],
    [{ startLine: 3, startColumn: 5, endColumn: 4 }, ['V502 endColumn']],
    [{ startLine: 3, startColumn: 5, endLine: 3, endColumn: 4 }, ['V502 endColumn']],
    [{ startLine: 3, startColumn: 5, endLine: 4, endColumn: 4 }, []],
    [
      { charOffset: 0, startColumn: 1, endLine: 2, endColumn: 3 },
      ['V503 startColumn', 'V503 endLine', 'V503 endColumn'],
    ],
    [{ startLine: 1, charLength: 3 }, ['V503 charLength']],
    [{ startLine: 1, byteOffset: -1, byteLength: 3 }, ['V503 byteLength']],
    [{ startLine: 1, charOffset: -1, charLength: 0, byteOffset: -1, byteLength: 0 }, []],
    [{ startLine: 1, charLength: 0 }, ['V503 charLength']],
    [{ startLine: 1, startColumn: 2, endColumn: 6, charOffset: 9, charLength: 4 }, []],
    [{ startLine: 1, startColumn: 2, endColumn: 6, charOffset: 9, charLength: 5 }, ['V504 charLength']],
    [{ startLine: 1, endColumn: 4, charOffset: 1 }, ['V504 charOffset']],
    [{ startLine: 1, startColumn: 2, charOffset: 9, charLength: 5 }, []],
    [{ startLine: 1, endLine: 2, endColumn: 6, charOffset: 9, charLength: 5 }, []],
    [{ startLine: 1, startColumn: 2, endColumn: 6, byteOffset: 9, byteLength: 77 }, []],
  ])('%j', async (region, expected) => expect(await inRegion(region)).toEqual(expected));

  test.each<[Region, Region]>([
    [
      { startLine: 3, startColumn: 2, endLine: 2, endColumn: 1 },
      { startLine: 3, startColumn: 2 },
    ],
    [{ charOffset: 4, endLine: 2, byteLength: 3 }, { charOffset: 4 }],
    [
      { startLine: 1, endColumn: 6, charOffset: 9, charLength: 4 },
      { startLine: 1, endColumn: 6 },
    ],
    [{ startLine: 3, endLine: 2, endColumn: 9, charLength: 4 }, { startLine: 3 }],
  ])('%j becomes %j', async (region, expected) => {
    const { locations } = await fixed(at({ region }));
    expect(locations?.[0]?.physicalLocation?.region).toEqual(expected);
  });

  test("a region without any start is the schema's matter", async () => {
    expect(await inRegion({ endLine: 3 })).toEqual([]);
  });
});

describe('regions in a text that the log holds', () => {
  const text = 'abcd\r\nefg\r\n😀hijk\r\nlmn\r\n';
  const utf8 = new TextEncoder().encode(`\uFEFF${text}`);
  const run: Partial<Run> = {
    artifacts: [
      { location: file, contents: { text } },
      {
        location: { uri: 'src/bytes.js' },
        encoding: 'utf-8',
        contents: { binary: btoa(String.fromCharCode(...utf8)) },
      },
    ],
    columnKind: 'utf16CodeUnits',
  };

  test.each<[Region, string[]]>([
    [{ startLine: 1, startColumn: 2, endLine: 2, endColumn: 2, charOffset: 1, charLength: 6 }, []],
    [{ startLine: 1, startColumn: 2, endLine: 2, endColumn: 2, charOffset: 1, charLength: 7 }, ['V504 charLength']],
    [{ startLine: 2, charOffset: 6, charLength: 1 }, []],
    [{ startLine: 2, charOffset: 7, charLength: 1 }, ['V504 charLength']],
    [{ startLine: 4, startColumn: 1, endColumn: 2, charOffset: 19, charLength: 1 }, []],
    [{ startLine: 4, startColumn: 1, endColumn: 2, charOffset: 18, charLength: 1 }, []],
    [{ startLine: 4, startColumn: 1, endColumn: 2, charOffset: 17, charLength: 1 }, ['V504 charLength']],
    [{ startLine: 5, startColumn: 1, endColumn: 1 }, []],
    [{ startLine: 4, startColumn: 6, endColumn: 6 }, []],
    [{ startLine: 4, startColumn: 7 }, ['V508 startColumn']],
    [{ startLine: 6 }, ['V508 startLine']],
    [{ startLine: 4, endLine: 6 }, ['V508 endLine']],
    [{ startLine: 4, endColumn: 7 }, ['V508 endColumn']],
    [{ charOffset: 24 }, []],
    [{ charOffset: 25 }, ['V508 charOffset']],
    [{ charOffset: 20, charLength: 5 }, ['V508 charLength']],
    [{ byteOffset: 9999 }, []],
  ])('%j', async (region, expected) => expect(await inRegion(region, run)).toEqual(expected));

  test.each<[Region, string[]]>([
    [{ startLine: 3, startColumn: 3, endColumn: 5, byteOffset: 18, byteLength: 2 }, []],
    [{ startLine: 3, startColumn: 3, endColumn: 5, byteOffset: 18, byteLength: 3 }, ['V504 byteLength']],
    [{ startLine: 3, startColumn: 3, endColumn: 5, byteOffset: 17, byteLength: 2 }, ['V504 byteLength']],
    [{ startLine: 3, startColumn: 3, byteOffset: 18, byteLength: 9 }, []],
    [{ byteOffset: 29 }, []],
    [{ byteOffset: 30 }, ['V508 byteOffset']],
    [{ byteOffset: 20, byteLength: 10 }, ['V508 byteLength']],
  ])('%j in bytes', async (region, expected) => {
    expect(await found(at({ artifactLocation: { uri: 'src/bytes.js' }, region }), run)).toEqual(expected);
  });

  test('every region is looked up in its own artifact', async () => {
    const region = { startLine: 90 };
    const replacements = [{ deletedRegion: region, insertedContent: { text: 'x' } }];
    const result: Partial<Result> = {
      locations: [{ physicalLocation: { artifactLocation: file, region: { startLine: 1 } }, annotations: [region] }],
      attachments: [{ artifactLocation: file, regions: [region] }],
      fixes: [{ artifactChanges: [{ artifactLocation: file, replacements }] }],
      relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'src/other.js' }, region } }],
    };
    expect(await found(result, run)).toEqual(['V508 startLine', 'V508 startLine', 'V508 startLine']);
  });
});

describe('context', () => {
  test.each<[Region | undefined, Region, string[]]>([
    [undefined, { startLine: 5 }, ['V505 contextRegion']],
    [{ startLine: 5 }, { startLine: 4, endLine: 6 }, []],
    [{ startLine: 5 }, { startLine: 5, endLine: 6 }, []],
    [{ startLine: 5 }, { startLine: 5 }, ['V506 contextRegion']],
    [{ startLine: 5 }, { startLine: 5, endLine: 5, startColumn: 1 }, ['V506 contextRegion']],
    [{ startLine: 5 }, { startLine: 6, endLine: 9 }, ['V506 contextRegion']],
    [{ startLine: 5, startColumn: 3 }, { startLine: 5, startColumn: 3, endColumn: 9 }, ['V506 contextRegion']],
    [{ startLine: 5, startColumn: 3 }, { startLine: 5, startColumn: 2, endColumn: 9 }, []],
    [{ startLine: 5, startColumn: 3, endColumn: 9 }, { startLine: 5 }, []],
    [
      { startLine: 5, startColumn: 3, endColumn: 9 },
      { startLine: 5, startColumn: 2, endColumn: 8 },
      ['V506 contextRegion'],
    ],
    [{ startLine: 5 }, { charOffset: 0, charLength: 3 }, []],
    [{ charOffset: 4, charLength: 2 }, { charOffset: 4, charLength: 3 }, []],
    [{ charOffset: 4, charLength: 2 }, { charOffset: 4, charLength: 2 }, ['V506 contextRegion']],
    [{ byteOffset: 4, byteLength: 2 }, { byteOffset: 5, byteLength: 9 }, ['V506 contextRegion']],
    [{ startLine: 5, byteOffset: 4, byteLength: 2 }, { startLine: 4, endLine: 6, byteOffset: 4, byteLength: 2 }, []],
    [
      { startLine: 5, byteOffset: 4, byteLength: 2 },
      { startLine: 4, endLine: 6, byteOffset: 9 },
      ['V506 contextRegion'],
    ],
    [{ startLine: 5, endLine: 4 }, { startLine: 9 }, ['V501 endLine']],
    [{ startLine: 8, charOffset: 163, charLength: 12 }, { startLine: 6, charOffset: 133, charLength: 50 }, []],
    [
      { startLine: 8, charOffset: 163, charLength: 12 },
      { startLine: 6, charOffset: 133, charLength: 40 },
      ['V506 contextRegion'],
    ],
    [
      { startLine: 8, charOffset: 163, charLength: 12 },
      { startLine: 8, charOffset: 163, charLength: 12 },
      ['V506 contextRegion'],
    ],
    [
      { startLine: 8, charOffset: 163, charLength: 12 },
      { startLine: 9, charOffset: 133, charLength: 50 },
      ['V506 contextRegion'],
    ],
  ])('of %j is %j', async (region, contextRegion, expected) => {
    expect(await found(at({ ...(region && { region }), contextRegion }))).toEqual(expected);
  });

  test('without a region it becomes one; otherwise it goes', async () => {
    const moved = await fixed(at({ contextRegion: { startLine: 5, endLine: 9 } }));
    expect(moved.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: file,
      region: { startLine: 5, endLine: 9 },
    });
    const dropped = await fixed(at({ region: { startLine: 5 }, contextRegion: { startLine: 6 } }));
    expect(dropped.locations?.[0]?.physicalLocation).toEqual({ artifactLocation: file, region: { startLine: 5 } });
  });
});

describe('snippets', () => {
  test.each<[Region, string, string[]]>([
    [{ startLine: 5 }, 'one', []],
    [{ startLine: 5 }, 'one\n', []],
    [{ startLine: 5 }, 'one\n\n', ['V507 text']],
    [{ startLine: 5 }, 'one\ntwo', ['V507 text']],
    [{ startLine: 5, endLine: 6 }, 'one\r\ntwo', []],
    [{ startLine: 5, endLine: 6 }, 'one', ['V507 text']],
    [{ startLine: 5, endLine: 6, endColumn: 1 }, 'one\n', []],
    [{ startLine: 5 }, 'one\rtwo', []],
    [{ charOffset: 5 }, 'one\ntwo', []],
    [{ startLine: 5, charOffset: 9, charLength: 7 }, 'one\ntwo', []],
    [{ startLine: 5, charOffset: 9 }, 'one\ntwo', ['V507 text']],
  ])('%j with the text %j', async (region, text, expected) => {
    expect(await inRegion({ ...region, snippet: { text } })).toEqual(expected);
  });

  test('lines end as the run says', async () => {
    const region: Region = { startLine: 5, snippet: { text: 'one\rtwo' } };
    expect(await inRegion(region, { newlineSequences: ['\r'] })).toEqual(['V507 text']);
  });
});

describe('locations', () => {
  const here: Location = { physicalLocation: { artifactLocation: file, region: { startLine: 1 } } };
  const there: Location = { physicalLocation: { artifactLocation: { uri: 'src/order.js' }, region: { startLine: 1 } } };

  test.each<[string, Partial<Result>, string[]]>([
    [
      'a file without a region',
      { locations: [{ physicalLocation: { artifactLocation: file } }] },
      ['V509 physicalLocation'],
    ],
    [
      'an address',
      { locations: [{ physicalLocation: { artifactLocation: file, address: { absoluteAddress: 8 } } }] },
      [],
    ],
    ['a logical location', { locations: [{ logicalLocations: [{ name: 'f' }] }] }, []],
    ['a related file', { locations: [here], relatedLocations: [{ physicalLocation: { artifactLocation: file } }] }, []],
    ['several', { locations: [here, there] }, ['V513 locations']],
    ['none', {}, []],
  ])('%s', async (_, result, expected) => expect(await found(result)).toEqual(expected));

  test('several in one file are not told to become several results', async () => {
    const messageOf = async (locations: Location[]) =>
      (await diagnosticsOf(logOf({ locations }), {}, 'SF-V513'))[0]?.message;
    expect(await messageOf([here, there])).toContain('2 locations in 2 files');
    expect(await messageOf([here, { ...here, message: { text: 'm' } }])).not.toContain('a result for each');
  });

  test('ids are compared wherever in the result they stand', async () => {
    const withId = (id: number): Location => ({ ...here, id });
    const result: Partial<Result> = {
      locations: [withId(1)],
      relatedLocations: [withId(2), withId(1), { ...there, id: -1 }, withId(-1)],
      stacks: [{ frames: [{ location: withId(2) }] }],
      codeFlows: [{ threadFlows: [{ locations: [{ location: withId(0) }, { location: withId(0) }] }] }],
      graphs: [{ nodes: [{ id: 'n', children: [{ id: 'm', location: withId(1) }] }] }],
      suppressions: [{ kind: 'inSource', location: withId(3) }],
    };
    const diagnostics = await diagnosticsOf(logOf(result), {}, 'SF-V510');
    expect(diagnostics.map(({ pointer }) => pointer.replace('/runs/0/results/0/', '')).sort()).toEqual([
      'codeFlows/0/threadFlows/0/locations/1/location/id',
      'graphs/0/nodes/0/children/0/location/id',
      'relatedLocations/1/id',
      'stacks/0/frames/0/location/id',
    ]);
    const normal = await fixed(result);
    expect(normal.locations?.[0]?.id).toBe(1);
    expect(normal.relatedLocations?.map(({ id }) => id)).toEqual([2, undefined, -1, -1]);
  });

  test('relationships lead to any location of the result, also to one in the cache of the run', async () => {
    const result: Partial<Result> = {
      locations: [{ ...here, id: 1, relationships: [{ target: 2 }, { target: 3 }, { target: 7 }, { target: 9 }] }],
      relatedLocations: [{ ...there, id: 2, relationships: [{ target: 8 }] }],
      codeFlows: [{ threadFlows: [{ locations: [{ index: 0 }] }] }],
    };
    const run: Partial<Run> = {
      threadFlowLocations: [{ location: { ...there, id: 7 } }, { location: { ...there, id: 9 } }],
    };
    const diagnostics = await diagnosticsOf(logOf(result, run), {}, 'SF-V511');
    expect(diagnostics.map(({ value }) => value)).toEqual(['3', '9', '8']);
    const normal = await fixed(result, run);
    expect(normal.locations?.[0]?.relationships).toEqual([{ target: 2 }, { target: 7 }]);
    expect(normal.relatedLocations?.[0]).not.toHaveProperty('relationships');
  });

  test('locations that say nothing go, however many there are', async () => {
    const result: Partial<Result> = {
      locations: [...Array.from({ length: 3000 }, () => ({})), here, { id: 4 }],
      stacks: [{ frames: [{ module: 'm', location: { logicalLocations: [] } }] }],
      relatedLocations: [{ message: { text: 'Here.' } }],
    };
    expect(await found(result)).toContain('V512 0');
    const normal = await fixed(result);
    expect(normal.locations).toEqual([here]);
    expect(normal.stacks).toEqual([{ frames: [{ module: 'm' }] }]);
    expect(normal.relatedLocations).toHaveLength(1);
  });
});

describe('addresses', () => {
  const chain: Run['addresses'] = [
    { name: 'a.exe', absoluteAddress: 1024 },
    { name: 'Sections', parentIndex: 0, offsetFromParent: 376, absoluteAddress: 1400, relativeAddress: 376 },
    { name: '.text', parentIndex: 1, offsetFromParent: 136, absoluteAddress: 1536, relativeAddress: 512 },
  ];
  const address = async (value: object, addresses = chain) =>
    (await found(at({ region: { byteOffset: 0, byteLength: 8 }, address: value }), { addresses })).filter((id) =>
      id.startsWith('V514'),
    );

  test.each<[object, string[]]>([
    [{ parentIndex: 2, offsetFromParent: 4, absoluteAddress: 1540, relativeAddress: 516 }, []],
    [{ parentIndex: 2, offsetFromParent: 4, absoluteAddress: 1541 }, ['V514 absoluteAddress']],
    [{ parentIndex: 2, offsetFromParent: 4, relativeAddress: 4 }, ['V514 relativeAddress']],
    [{ parentIndex: 2 }, ['V514 parentIndex']],
    [{ parentIndex: -1, offsetFromParent: 4 }, ['V514 offsetFromParent']],
    [{ absoluteAddress: 5, offsetFromParent: null }, []],
    [{ absoluteAddress: 5, length: -8 }, []],
    [{ absoluteAddress: 5, length: 9 }, ['V514 length']],
  ])('%j', async (value, expected) => expect(await address(value)).toEqual(expected));

  test('a chain that is wrong in the middle is repaired there, and stays right below', async () => {
    const wrong = structuredClone(chain);
    if (wrong?.[1] !== undefined) wrong[1].absoluteAddress = 9;
    const { runs } = await normalizedLog(logOf(at({ region: { startLine: 1 } }), { addresses: wrong }), {});
    expect(runs?.[0]?.addresses?.[1]).not.toHaveProperty('absoluteAddress');
    expect(runs?.[0]?.addresses?.[2]).toEqual(chain?.[2]);
  });

  test('what a repaired parent changes below it is repaired, too', async () => {
    const addresses = [
      { relativeAddress: 20, offsetFromParent: 42, parentIndex: 1 },
      { name: 'a.exe', parentIndex: 2 },
      { name: 'other' },
    ];
    const result = at({
      region: { startLine: 1 },
      address: { parentIndex: 0, offsetFromParent: 1, relativeAddress: 21 },
    });
    const normal = (await normalizedLog(logOf(result, { addresses }), {})).runs?.[0];
    expect(normal?.addresses).toEqual([{ offsetFromParent: 42, parentIndex: 1 }, { name: 'a.exe' }, { name: 'other' }]);
    expect(normal?.results?.[0]?.locations?.[0]?.physicalLocation?.address).toEqual({
      parentIndex: 0,
      offsetFromParent: 1,
    });
  });

  test('a circle of parents ends', async () => {
    const circle = [
      { parentIndex: 1, offsetFromParent: 1 },
      { parentIndex: 0, offsetFromParent: 1 },
    ];
    expect(
      await address({ parentIndex: 0, offsetFromParent: 4, absoluteAddress: 50, relativeAddress: 60 }, circle),
    ).toEqual([]);
  });
});

describe('logical locations at the top', () => {
  const names = async (logicalLocations: Run['logicalLocations']) =>
    found(at({ region: { startLine: 1 } }), { ...(logicalLocations && { logicalLocations }) });
  const nested = { name: 'run', fullyQualifiedName: 'Shop.run', parentIndex: 0 };

  test.each<[string, Run['logicalLocations'], string[]]>([
    ['the same name', [{ name: 'Shop', fullyQualifiedName: 'Shop' }, nested], []],
    ['another name', [{ name: 'Shop', fullyQualifiedName: 'a.Shop' }, nested], ['V515 fullyQualifiedName']],
    ['another name in a run that nests nothing', [{ name: 'Shop', fullyQualifiedName: 'a.Shop' }], []],
  ])('%s', async (_, locations, expected) => expect(await names(locations)).toEqual(expected));
});
