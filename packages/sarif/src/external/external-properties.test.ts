import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RunStartEvent, SarifEvent } from '../events/event.ts';
import { concatenate } from '../json/concatenate.ts';
import type { Source } from '../json/source.ts';
import type { Log, Result } from '../model/model.ts';
import { normalize } from '../normalize/normalize.ts';
import { readSarif } from '../read/read-sarif.ts';
import { validate } from '../validate/validate.ts';
import { writeSarif } from '../write/write-sarif.ts';
import type { ExternalReference } from './open-external.ts';

const result = (text: string, more: object = {}) => ({
  ruleId: 'R1',
  level: 'error',
  message: { text },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/cart.js' }, region: { startLine: 7 } } }],
  ...more,
});
const driver = { name: 'Shop Lint', rules: [{ id: 'R1' }] };
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

type Files = Readonly<Record<string, unknown>>;

function logOf(references: object, run: object = {}, log: object = {}) {
  return {
    version: '2.1.0',
    ...log,
    runs: [{ tool: { driver }, results: [result('own')], ...run, externalPropertyFileReferences: references }],
  };
}

/** Reads a log whose external files are these, in small pieces. */
async function read(log: object, files: Files = {}, withOpener = true) {
  const diagnostics: Diagnostic[] = [];
  const opened: ExternalReference[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const openExternal = async (reference: ExternalReference): Promise<Source | undefined> => {
    opened.push(reference);
    const file = files[reference.uri];
    if (file instanceof Error) throw file;
    return file === undefined ? undefined : inPieces(bytesOf(file));
  };
  const events: SarifEvent[] = [];
  const stream = readSarif(bytesOf(log), { report, ...(withOpener && { openExternal }) });
  for await (const event of validate(stream, { report })) events.push(event);
  const [start] = events.filter((event): event is RunStartEvent => event.type === 'run-start');
  const results = events.flatMap((event) => (event.type === 'result' ? [event] : []));
  const said = diagnostics.filter(({ ruleId }) => ruleId.startsWith('SF-V9') || ruleId.startsWith('SF-S'));
  return { events, run: start?.run, start, results, diagnostics, said, opened };
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 37) yield bytes.subarray(at, at + 37);
}

async function normalized(log: object, files: Files = {}): Promise<Log> {
  const openExternal = async ({ uri }: ExternalReference) =>
    files[uri] === undefined ? undefined : bytesOf(files[uri]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(normalize(readSarif(bytesOf(log), { openExternal })))) chunks.push(chunk);
  return JSON.parse(new TextDecoder().decode(concatenate(chunks))) as Log;
}

const textsOf = (results: readonly { readonly result: Result }[]) => results.map((event) => event.result.message.text);
const ids = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`);
const at = (uri: string, more: object = {}) => ({ location: { uri }, ...more });
const artifact = (uri: string) => ({ location: { uri } });

describe('what stands in files', () => {
  const files = {
    'a.json': { version: '2.1.0', artifacts: [artifact('src/b.js'), artifact('src/c.js')], results: [result('a1')] },
    'b.json': {
      artifacts: [artifact('src/d.js')],
      results: [result('b1'), result('b2')],
      conversion: { tool: { driver: { name: 'Converter' } } },
      driver: { name: 'Shop Lint Pro', version: '1.4.0' },
      extensions: [{ name: 'Extra', rules: [{ id: 'X1' }] }],
      externalizedProperties: { theirs: 2 },
    },
  };
  const references = {
    artifacts: [at('a.json', { itemCount: 2 }), at('b.json')],
    results: [at('b.json', { itemCount: 2 }), at('a.json')],
    conversion: at('b.json'),
    driver: at('b.json'),
    extensions: [at('b.json')],
    externalizedProperties: at('b.json'),
  };
  const log = logOf(references, {
    artifacts: [artifact('src/cart.js')],
    tool: { driver, extensions: [{ name: 'Own' }] },
  });

  test('follows what stands in the log, in the order of the references', async () => {
    const { run, results, said, opened, start } = await read(log, files);
    expect(said).toEqual([]);
    expect(start?.results).toBe('array');
    expect(run?.artifacts?.map(({ location }) => location?.uri)).toEqual([
      'src/cart.js',
      'src/b.js',
      'src/c.js',
      'src/d.js',
    ]);
    expect(run?.tool.extensions?.map(({ name }) => name)).toEqual(['Own', 'Extra']);
    expect(run?.conversion?.tool.driver.name).toBe('Converter');
    expect(run?.properties).toEqual({ theirs: 2 });
    expect(textsOf(results)).toEqual(['own', 'b1', 'b2', 'a1']);
    expect(results.map(({ resultIndex }) => resultIndex)).toEqual([0, 1, 2, 3]);
    expect(opened.map(({ uri }) => uri).toSorted()).toEqual(['a.json', 'b.json']);
  });

  test('leaves the driver of the log what the file does not say', async () => {
    const { run } = await read(log, files);
    expect(run?.tool.driver).toEqual({ name: 'Shop Lint Pro', version: '1.4.0', rules: [{ id: 'R1' }] });
  });

  test('is part of the log when it is written', async () => {
    const written = await normalized(log, files);
    expect(written.runs?.[0]).not.toHaveProperty('externalPropertyFileReferences');
    expect(written.runs?.[0]?.results).toHaveLength(4);
    expect(written.runs?.[0]?.artifacts).toHaveLength(4);
    expect(await normalized(written)).toEqual(written);
  });

  test('may be all the results that a run has', async () => {
    const { results, start } = await read(logOf({ results: [at('a.json')] }, { results: undefined }), files);
    expect(textsOf(results)).toEqual(['a1']);
    expect(start?.results).toBe('array');
  });

  test('is the same however often it is read', async () => {
    const stream = readSarif(bytesOf(log), { openExternal: async ({ uri }) => bytesOf(files[uri as 'a.json']) });
    for (let pass = 0; pass < 2; pass += 1) {
      const texts: unknown[] = [];
      for await (const event of stream) if (event.type === 'result') texts.push(event.result.message.text);
      expect(texts).toEqual(['own', 'b1', 'b2', 'a1']);
    }
  });

  test('is pointed into by indices that count over the whole', async () => {
    const location = (index: number) => ({ physicalLocation: { artifactLocation: { uri: 'src/c.js', index } } });
    const withIndex = (index: number) =>
      logOf(references, {
        artifacts: [artifact('src/cart.js')],
        results: [result('own', { locations: [location(index)] })],
      });
    const rules = async (index: number) =>
      (await read(withIndex(index), files)).diagnostics.filter(({ ruleId }) => /V41[12]/.test(ruleId));
    expect(ids(await rules(2))).toEqual([]);
    expect(ids(await rules(3))).toHaveLength(1);
    expect(ids(await rules(4))).toHaveLength(1);
  });
});

describe('diagnostics of what stands elsewhere', () => {
  test('count in the file, and say so', async () => {
    const files = {
      'a.json': {
        artifacts: [artifact('src/ok.js'), { location: { uri: 'my file.js' }, wrong: 1 }],
        results: [result('ok'), result('bad', { level: 'critical' })],
      },
    };
    const log = logOf({ artifacts: [at('a.json')], results: [at('a.json')] }, { artifacts: [artifact('src/own.js')] });
    const { diagnostics } = await read(log, files);
    const of = (rule: string) => diagnostics.filter(({ ruleId }) => ruleId === rule);
    expect(of('SF-S204')).toMatchObject([
      { pointer: '/artifacts/1/wrong', message: expect.stringMatching(/^In 'a\.json': /) },
    ]);
    expect(of('SF-V401')).toMatchObject([{ pointer: '/artifacts/1/location/uri', runIndex: 0 }]);
    expect(of('SF-S205')).toMatchObject([{ pointer: '/results/1/level', resultIndex: 2 }]);
    for (const rule of ['SF-S204', 'SF-V401', 'SF-S205']) expect(of(rule)[0]).not.toHaveProperty('place');
  });

  test('keep their place where that is the log itself', async () => {
    const inlineExternalProperties = [
      { artifacts: [artifact('my file.js')], results: [result('bad', { level: 'x' })] },
    ];
    const references = {
      artifacts: [at('sarif:/inlineExternalProperties/0')],
      results: [at('sarif:/inlineExternalProperties/0')],
    };
    const log = logOf(references, {}, { inlineExternalProperties });
    const { diagnostics } = await read(log);
    const text = JSON.stringify(log);
    const [uri] = diagnostics.filter(({ ruleId }) => ruleId === 'SF-V401');
    expect(uri).toMatchObject({ pointer: '/inlineExternalProperties/0/artifacts/0/location/uri' });
    expect(uri?.place?.byteOffset).toBe(text.indexOf('"my file.js"'));
    expect(uri?.place).not.toHaveProperty('moved');
    const [level] = diagnostics.filter(({ ruleId }) => ruleId === 'SF-S205');
    expect(level).toMatchObject({ pointer: '/inlineExternalProperties/0/results/0/level' });
    expect(level?.place?.byteOffset).toBe(text.indexOf('"x"'));
  });

  test('tell what the parser of a file passes over', async () => {
    const { diagnostics } = await read(logOf({ artifacts: [at('a.json')] }), {
      'a.json': '{"artifacts":[{"length":1,"length":2}]}',
    });
    expect(diagnostics.filter(({ ruleId }) => ruleId === 'SF-P108')).toMatchObject([
      { pointer: '/artifacts/0/length', message: expect.stringMatching(/^In 'a\.json': /) },
    ]);
  });

  test('say which element of a file is no JSON', async () => {
    const drops: number[] = [];
    const reported: Diagnostic[] = [];
    const stream = readSarif(bytesOf(logOf({ results: [at('a.json')] })), {
      openExternal: async () => bytesOf('{"results":[{"message":{"text":"x"}},{"message":{"text":tru}}]}'),
      report: (diagnostic) => reported.push(diagnostic),
      onDrop: ({ resultIndex }) => drops.push(resultIndex),
    });
    let ended = 0;
    for await (const event of stream) if (event.type === 'run-end') ended = event.results;
    expect(drops).toEqual([2]);
    expect(ended).toBe(3);
    expect(reported).toMatchObject([{ ruleId: 'SF-P105', message: expect.stringMatching(/^In 'a\.json': /) }]);
  });
});

describe('external properties inside the log', () => {
  const guid = '0f3c1b0e-6b0d-4a5e-9d57-2f6c3a1b7e10';
  const inline = [
    { artifacts: [artifact('src/a.js')], results: [result('i0')] },
    { guid: guid.toUpperCase(), artifacts: [artifact('src/b.js')] },
  ];

  test('need nobody to open them', async () => {
    const references = {
      artifacts: [{ guid }, at('sarif:/inlineExternalProperties/0')],
      results: [at('sarif:/inlineExternalProperties/0')],
    };
    const log = logOf(references, {}, { inlineExternalProperties: inline });
    const { run, results, said, events } = await read(log, {}, false);
    expect(said).toEqual([]);
    expect(run?.artifacts?.map(({ location }) => location?.uri)).toEqual(['src/b.js', 'src/a.js']);
    expect(textsOf(results)).toEqual(['own', 'i0']);
    expect(events[0]).not.toHaveProperty('log.inlineExternalProperties');
    const written = await normalized(log);
    expect(written).not.toHaveProperty('inlineExternalProperties');
    expect(written.runs?.[0]).not.toHaveProperty('externalPropertyFileReferences');
  });

  test('that no run wants stay, with their results; references to them follow', async () => {
    const references = {
      artifacts: [at('sarif:/inlineExternalProperties/0')],
      graphs: [at('sarif:/inlineExternalProperties/1')],
    };
    const log = logOf(references, {}, { inlineExternalProperties: [inline[1], inline[0]] });
    expect(ids((await read(log)).said)).toEqual(['SF-V902 /runs/0/externalPropertyFileReferences/graphs/0']);
    const written = await normalized(log);
    expect(written.inlineExternalProperties).toEqual([inline[0]]);
    expect(written.runs?.[0]?.externalPropertyFileReferences).toEqual({
      graphs: [at('sarif:/inlineExternalProperties/0')],
    });
    expect(await normalized(written)).toEqual(written);
  });

  test('lose nothing that is referred to in part', async () => {
    const references = { artifacts: [at('sarif:/inlineExternalProperties/0')] };
    const written = await normalized(logOf(references, {}, { inlineExternalProperties: inline }));
    expect(written.inlineExternalProperties).toEqual(inline);
  });
});

describe('references that cannot be followed', () => {
  const cannot = async (reference: object, file?: unknown) => {
    const files = file === undefined ? {} : { 'a.json': file };
    const { said, run } = await read(logOf({ artifacts: [reference] }), files);
    return {
      said: ids(said).map((line) => line.replace('/runs/0/externalPropertyFileReferences', '')),
      run,
      first: said[0],
    };
  };

  test.each<[string, object, unknown, string]>([
    ['a file that is not there', at('a.json'), undefined, 'there is no such file'],
    ['a file that fails', at('a.json'), new Error('Reading is not permitted.'), 'Reading is not permitted'],
    ['a file that is no JSON', at('a.json'), '{"artifacts":[}', 'line 1'],
    ['an empty file', at('a.json'), '', 'empty'],
    ['another version', at('a.json'), { version: '2.0.0', artifacts: [] }, 'version'],
    ['no object', at('a.json'), [], 'object'],
    ['no such property', at('a.json'), { results: [] }, "'artifacts'"],
    ['a property of another type', at('a.json'), { artifacts: {} }, "'artifacts'"],
    [
      'another file',
      at('a.json', { guid: '0f3c1b0e-6b0d-4a5e-9d57-2f6c3a1b7e10' }),
      { guid: 'x', artifacts: [] },
      'guid',
    ],
    ['an unknown GUID', { guid: '0f3c1b0e-6b0d-4a5e-9d57-2f6c3a1b7e10' }, undefined, 'no such place'],
    ['an element that is not there', at('sarif:/inlineExternalProperties/4'), undefined, 'no such element'],
    ['a pointer elsewhere', at('sarif:/runs/0'), undefined, 'no such place'],
  ])('%s', async (_name, reference, file, because) => {
    const { said, run, first } = await cannot(reference, file);
    expect(said).toEqual(['SF-V902 /artifacts/0']);
    expect(first?.message).toContain(because);
    expect(run?.externalPropertyFileReferences).toEqual({ artifacts: [reference] });
  });

  test('without an opener, files are not read, and the references stay', async () => {
    const log = logOf({ artifacts: [at('a.json')] });
    const { said, run, opened } = await read(log, { 'a.json': { artifacts: [] } }, false);
    expect(ids(said)).toEqual(['SF-V902 /runs/0/externalPropertyFileReferences/artifacts/0']);
    expect(run?.externalPropertyFileReferences).toEqual({ artifacts: [at('a.json')] });
    expect(opened).toEqual([]);
  });

  test('the file of another run', async () => {
    const automationDetails = { guid: '11111111-1111-4111-8111-111111111111' };
    const file = (runGuid: string) => ({ 'a.json': { runGuid, artifacts: [] } });
    const log = logOf({ artifacts: [at('a.json')] }, { automationDetails });
    expect((await read(log, file('11111111-1111-4111-8111-111111111111'))).said).toEqual([]);
    expect((await read(log, file('22222222-2222-4222-8222-222222222222'))).said).toHaveLength(1);
  });

  test('a reference that says nothing is removed', async () => {
    const log = logOf({ artifacts: [{ itemCount: 2 }, at('a.json')] });
    expect(ids((await read(log, { 'a.json': { artifacts: [] } })).said)).toEqual([
      'SF-V901 /runs/0/externalPropertyFileReferences/artifacts/0',
    ]);
    expect((await normalized(log, { 'a.json': { artifacts: [] } })).runs?.[0]).not.toHaveProperty(
      'externalPropertyFileReferences.artifacts.0',
    );
  });

  test('a file that ends early gives what it has', async () => {
    const text = JSON.stringify({ results: [result('a1'), result('a2')] });
    let opened = 0;
    const stream = async function* () {
      opened += 1;
      // What changes between two readings is not to be trusted.
      yield bytesOf(opened === 1 ? text : text.slice(0, text.indexOf('a2')));
    };
    const reported: string[] = [];
    const texts: unknown[] = [];
    const events = readSarif(bytesOf(logOf({ results: [at('a.json')] })), {
      openExternal: async () => ({ stream }),
      report: ({ ruleId, message }) => reported.push(`${ruleId} ${message}`),
    });
    for await (const event of events) if (event.type === 'result') texts.push(event.result.message.text);
    expect(texts).toEqual(['own', 'a1']);
    expect(reported).toEqual([
      expect.stringMatching(/^SF-V902 The run is incomplete: the results of 'a\.json' end early/),
    ]);
  });

  test('an aborted reading is no missing file', async () => {
    const controller = new AbortController();
    const events = readSarif(bytesOf(logOf({ results: [at('a.json')] })), {
      signal: controller.signal,
      openExternal: async () => {
        controller.abort(new Error('stopped'));
        throw new Error('no matter');
      },
    });
    await expect(async () => {
      for await (const event of events) expect(event).toBeDefined();
    }).rejects.toThrow('stopped');
  });
});

describe('references that are refused', () => {
  test.each([
    'https://shop.example/a.json',
    'file:///etc/passwd',
    '/etc/passwd',
    '//host/share/a.json',
    '../a.json',
    'in/../../a.json',
    'in/%2e%2e/a.json',
    'in%2F..%2Fa.json',
    'in%5Ca.json',
    'a%00.json',
    'C:/a.json',
    'C:\\a.json',
    'C%3A/a.json',
    'ftp:a.json',
  ])('%s', async (uri) => {
    const log = logOf({ artifacts: [at(uri), at('a.json')] });
    const { said, opened } = await read(log, { 'a.json': { artifacts: [] } });
    expect(ids(said)).toEqual(['SF-V905 /runs/0/externalPropertyFileReferences/artifacts/0/location/uri']);
    expect(opened.map((reference) => reference.uri)).toEqual(['a.json']);
    const written = await normalized(log, { 'a.json': { artifacts: [] } });
    expect(written.runs?.[0]?.externalPropertyFileReferences ?? {}).toEqual({});
  });

  test('a base leads to where it says', async () => {
    const originalUriBaseIds = {
      HERE: { uri: 'file:///ci/out/' },
      WEB: { uri: 'https://shop.example/' },
      IN: { uri: 'in/', uriBaseId: 'NOWHERE' },
    };
    const based = (uriBaseId: string) => ({ location: { uri: 'a.json', uriBaseId } });
    const open = async (uriBaseId: string) => {
      const { opened } = await read(logOf({ artifacts: [based(uriBaseId)] }, { originalUriBaseIds }));
      return opened.map(({ uri, baseUri }) => ({ uri, baseUri }));
    };
    expect(await open('HERE')).toEqual([{ uri: 'a.json', baseUri: 'file:///ci/out/' }]);
    expect(await open('IN')).toEqual([{ uri: 'in/a.json', baseUri: undefined }]);
    expect(await open('GONE')).toEqual([{ uri: 'a.json', baseUri: undefined }]);
    expect(await open('WEB')).toEqual([]);
  });
});

describe('what is said of references that are followed', () => {
  test('the same place twice is read once', async () => {
    const log = logOf({ artifacts: [at('a.json'), at('./a.json', { itemCount: 1 })], results: [at('a.json')] });
    const { said, run } = await read(log, { 'a.json': { artifacts: [artifact('src/a.js')], results: [] } });
    expect(ids(said)).toEqual(['SF-V903 /runs/0/externalPropertyFileReferences/artifacts/1']);
    expect(said[0]?.fix).toBeDefined();
    expect(run?.artifacts).toHaveLength(1);
    expect(run).not.toHaveProperty('externalPropertyFileReferences');
  });

  test.each([
    [1, []],
    [-1, []],
    [2, ['SF-V904 /runs/0/externalPropertyFileReferences/results/0/itemCount']],
    [0, ['SF-V904 /runs/0/externalPropertyFileReferences/results/0/itemCount']],
  ])('an itemCount of %i for one element', async (itemCount, expected) => {
    const { said } = await read(logOf({ results: [at('a.json', { itemCount })] }), {
      'a.json': { results: [result('a')] },
    });
    expect(ids(said)).toEqual(expected);
  });

  test('an object in both places is put together', async () => {
    const conversion = { tool: { driver: { name: 'Own' } }, properties: { own: 1 } };
    const files = { 'a.json': { conversion: { tool: { driver: { name: 'Theirs' } } } } };
    const { said, run } = await read(logOf({ conversion: at('a.json') }, { conversion }), files);
    expect(ids(said)).toEqual(['SF-V906 /runs/0/externalPropertyFileReferences/conversion']);
    expect(run?.conversion).toEqual({ tool: { driver: { name: 'Theirs' } }, properties: { own: 1 } });
  });
});

test('a log whose parts are of no sensible type is read all the same', async () => {
  const odd = [null, 7, 'x', [], [null], { artifacts: 7, results: [7, null], driver: [], toString: {} }];
  for (const references of odd) {
    for (const inlineExternalProperties of odd) {
      const { events } = await read(logOf(references as object, { artifacts: 7 }, { inlineExternalProperties }), {});
      expect(events.at(-1)?.type).toBe('log-end');
    }
  }
});
