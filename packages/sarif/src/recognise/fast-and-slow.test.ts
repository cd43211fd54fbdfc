import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../events/event.ts';
import { ReadError } from '../json/read-error.ts';
import { cuts, reusedSource } from '../json/test-support/cuts.ts';
import { compact, jsonText, styles } from '../json/test-support/json-text.ts';
import { normalize } from '../normalize/normalize.ts';
import { type Drop, readSarif } from '../read/read-sarif.ts';
import { corpusFiles, corpusFolders, corpusIsAbsent } from '../read/test-support/corpus.ts';
import type { Profile } from '../rules/rule.ts';
import { PartTooSmallError, splitIntoParts } from '../split/split.ts';
import { validate } from '../validate/validate.ts';
import { generatedLog } from './test-support/generated-log.ts';

const encoder = new TextEncoder();

interface Outcome {
  readonly parts?: unknown[];
  readonly said?: Omit<Diagnostic, 'place'>[];
  readonly drops?: Drop[];
  readonly error?: string;
}

type Path = (events: AsyncIterable<SarifEvent>) => AsyncIterable<SarifEvent>;

const fast: Path = (events) => events;

/** The results as objects alone: no bytes, nothing proven. */
const slow: Path = async function* (events) {
  for await (const event of events) {
    if (event.type !== 'result') yield event;
    else {
      const { type, runIndex, resultIndex, textDefects } = event;
      yield { type, runIndex, resultIndex, result: structuredClone(event.result), textDefects };
    }
  }
};

async function outcomeOf(
  bytes: Uint8Array,
  path: Path,
  profile: Profile | undefined,
  maxBytes: number,
  sizes = [65_536],
  maxPerRule = 100,
): Promise<Outcome> {
  const parts: unknown[] = [];
  const said: Omit<Diagnostic, 'place'>[] = [];
  const drops: Drop[] = [];
  const report: Report = ({ place: _, ...diagnostic }) => said.push(diagnostic);
  const onDrop = (drop: Drop) => drops.push(drop);
  try {
    const events = path(readSarif(reusedSource(bytes, sizes), { report, onDrop }));
    const limited = { report, profile, maxPerRule };
    const normal = normalize(validate(events, limited), { ...limited, onDrop });
    for await (const { bytes: text, ...part } of splitIntoParts(normal, { maxBytes, report, onDrop })) {
      expect(text.length).toBeLessThanOrEqual(maxBytes);
      parts.push({ ...part, log: JSON.parse(new TextDecoder().decode(text)) });
    }
  } catch (error) {
    // How much came out before depends on how many results were looked at together.
    if (error instanceof PartTooSmallError || error instanceof ReadError) return { error: error.message };
    throw error;
  }
  return { parts, said: inOrder(said), drops };
}

/** What is said of one batch comes before what is said of it later on: batches differ, the sum of it does not. */
function inOrder(said: Omit<Diagnostic, 'place'>[]): Omit<Diagnostic, 'place'>[] {
  const keyed = said.map((diagnostic) => ({ diagnostic, key: JSON.stringify(diagnostic) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ diagnostic }) => diagnostic);
}

async function expectSame(
  bytes: Uint8Array,
  profile: Profile | undefined,
  maxBytes: number,
  sizes?: readonly number[],
  maxPerRule?: number,
): Promise<Outcome> {
  const given = sizes === undefined ? undefined : [...sizes];
  const quick = await outcomeOf(bytes, fast, profile, maxBytes, given, maxPerRule);
  const thorough = await outcomeOf(bytes, slow, profile, maxBytes, undefined, maxPerRule);
  expect(quick).toEqual(thorough);
  return quick;
}

/** A log whose results come several times, in other words each time; `undefined` for what is none. */
function withMoreResults(bytes: Uint8Array): string | undefined {
  let log: { runs?: { results?: { message?: { text?: string } }[] }[] };
  try {
    log = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  if (!Array.isArray(log?.runs)) return undefined;
  for (const run of log.runs) {
    if (!Array.isArray(run?.results)) continue;
    run.results = [0, 1, 2, 3].flatMap((time) =>
      (run.results ?? []).map((result) => {
        const copy = structuredClone(result);
        if (typeof copy?.message?.text === 'string' && time > 0) copy.message.text += ` (${time})`;
        return copy;
      }),
    );
  }
  return JSON.stringify(log, null, log.runs.length % 2 === 0 ? 1 : undefined);
}

const profiles = [undefined, 'cortex'] as const;

describe.each(profiles)('what comes out for profile %s', (profile) => {
  test('is the same with and without the recogniser, however the log is written', async () => {
    let results = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(0, 0, 25), styles, cuts, async (seed, broken, style, sizes) => {
        const text = jsonText(generatedLog(seed, broken), style);
        const { parts } = await expectSame(encoder.encode(text), profile, 50_000_000, sizes);
        for (const { results: count } of (parts ?? []) as { results: number }[]) results += count;
      }),
      { numRuns: 150, seed: 12 },
    );
    expect(results).toBeGreaterThan(500);
  });

  test('is the same for small parts', async () => {
    let parts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(0, 10),
        fc.constantFrom(900, 1500, 3000, 8000),
        async (seed, broken, maxBytes) => {
          const text = jsonText(generatedLog(seed, broken), compact);
          parts += (await expectSame(encoder.encode(text), profile, maxBytes)).parts?.length ?? 0;
        },
      ),
      { numRuns: 150, seed: 99 },
    );
    expect(parts).toBeGreaterThan(150);
  });

  test('is the same where diagnostics are only counted after the first', async () => {
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(0, 25), cuts, async (seed, broken, sizes) => {
        const text = jsonText(generatedLog(seed, broken), compact);
        const { said = [] } = await expectSame(encoder.encode(text), profile, 50_000_000, sizes, 1);
        counted += said.filter(({ count }) => count !== undefined).length;
      }),
      { numRuns: 100, seed: 5 },
    );
    expect(counted).toBeGreaterThan(50);
  });

  const folders = corpusFolders();
  test.skipIf(corpusIsAbsent)('is the same for every log of the corpus, as it is', async () => {
    for (const { name, bytes } of folders.flatMap(corpusFiles)) {
      const quick = await outcomeOf(bytes, fast, profile, 50_000_000);
      const thorough = await outcomeOf(bytes, slow, profile, 50_000_000);
      expect({ name, ...quick }).toEqual({ name, ...thorough });
    }
  });

  test.skipIf(corpusIsAbsent)('is the same where logs of the corpus have more results of the same kind', async () => {
    for (const { name, bytes } of folders.flatMap(corpusFiles)) {
      if (bytes.length > 120_000) continue;
      const text = withMoreResults(bytes);
      if (text === undefined) continue;
      const quick = await outcomeOf(encoder.encode(text), fast, profile, 50_000_000, undefined, 1);
      const thorough = await outcomeOf(encoder.encode(text), slow, profile, 50_000_000, undefined, 1);
      expect({ name, ...quick }).toEqual({ name, ...thorough });
    }
  });

  test.skipIf(corpusIsAbsent)('is the same for every log of the corpus in small parts', async () => {
    for (const { name, bytes } of corpusFiles('valid')) {
      if (bytes.length > 300_000) continue;
      const minified = encoder.encode(JSON.stringify(JSON.parse(new TextDecoder().decode(bytes))));
      for (const maxBytes of [20_000, 100_000]) {
        const quick = await outcomeOf(minified, fast, profile, maxBytes);
        const thorough = await outcomeOf(minified, slow, profile, maxBytes);
        expect({ name, maxBytes, ...quick }).toEqual({ name, maxBytes, ...thorough });
      }
    }
  });
});

describe('the same comes out', () => {
  const location = (index: number) => [
    { physicalLocation: { artifactLocation: { uri: 'a.c', index }, region: { startLine: 1 } } },
  ];
  const artifacts = ['a.c', 'b.c', 'c.c'].map((uri) => ({ location: { uri } }));
  const rule = (id: string, more: object = {}) => ({ id, ...more });
  const message = { text: 'x' };
  const guid = '7a3f1f9e-8d1c-4a6e-9a53-000000000000';

  test.each<[string, object[], object[]]>([
    [
      'for a rule whose default level is none',
      [rule('A', { defaultConfiguration: { level: 'none' } })],
      [{ ruleId: 'A', ruleIndex: 0, message, locations: location(0) }],
    ],
    [
      'where a property bag has members that are named like indices',
      [rule('A')],
      // The recogniser does not prove a date alone, so the indices are looked for in the bytes.
      [
        {
          ruleId: 'A',
          message,
          locations: location(0),
          provenance: { firstDetectionTimeUtc: '2016-02-08' },
          properties: { artifactLocation: { index: 2 } },
        },
      ],
    ],
    [
      'where one of two indices leads nowhere',
      [rule('A')],
      [{ ruleId: 'A', message, locations: [...location(1), ...location(7)] }],
    ],
    [
      'for indices that are longer than most',
      [rule('A')],
      [{ ruleId: 'A', ruleIndex: 4294967296, message, locations: location(4294967296) }],
    ],
    [
      'for null where a location should be',
      [rule('A')],
      [{ ruleId: 'A', message, locations: [{ physicalLocation: null }] }],
    ],
    ['for ids with a slash', [rule('A/b')], [{ ruleId: 'A/b', message, locations: location(0) }]],
    ['for ids with a byte order mark', [rule('A')], [{ ruleId: '\ufeffA', message, locations: location(0) }]],
    [
      'for components that are named as well as numbered',
      [rule('A')],
      [
        { ruleId: 'A', rule: { index: 0, toolComponent: { index: 9, name: 'E' } }, message, locations: location(0) },
        { ruleId: 'A', rule: { index: 0, toolComponent: { index: -1, name: 'E' } }, message, locations: location(0) },
        { ruleId: 'B', rule: { index: 0, toolComponent: { index: 0 } }, message, locations: location(0) },
      ],
    ],
    [
      'where the first fingerprints are empty',
      [rule('A')],
      [
        { ruleId: 'A', message, locations: location(0), partialFingerprints: {} },
        ...[1, 2, 3].map((at) => ({
          ruleId: 'A',
          message: { text: `Text ${at}` },
          locations: location(0),
          partialFingerprints: { 'a/v1': `7f8b${at}` },
        })),
      ],
    ],
    [
      'where one file is written in two ways, by results that are repaired',
      [rule('A')],
      ['src/a.c', 'src/a.c', 'SRC/a.c', 'src/a.c'].map((uri, at) => ({
        ruleId: 'A',
        level: 'fatal',
        message: { text: `Text ${at}` },
        locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }],
      })),
    ],
    [
      'where results that are repaired say the same',
      [rule('A')],
      [0, 1, 0, 1, 1].map((at) => ({
        ruleId: 'A',
        ruleIndex: 9,
        message: { text: `Text ${at}` },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' }, region: { startLine: 9, endLine: 1 } } }],
      })),
    ],
    [
      'for a rule that is named by its GUID',
      [rule('A', { guid })],
      [{ ruleId: 'other', rule: { guid }, message, locations: location(0) }],
    ],
  ])('%s', async (_name, rules, results) => {
    const extensions = [{ name: 'E', rules: [{ id: 'B' }] }];
    const run = { tool: { driver: { name: 'T', rules }, extensions }, artifacts, results };
    const log = { version: '2.1.0', runs: [run] };
    for (const profile of profiles) {
      const texts = [JSON.stringify(log), JSON.stringify(log, null, 2), JSON.stringify(log).replaceAll('/', '\\/')];
      for (const text of texts) {
        const { parts } = await expectSame(encoder.encode(text), profile, 1_000_000);
        expect(parts).toHaveLength(1);
      }
    }
  });
});

describe('where all has been said once, the same comes out', () => {
  const region = { startLine: 3, startColumn: 1 };
  const file = (uri: string) => ({ physicalLocation: { artifactLocation: { uri }, region } });

  test.each<[string, (at: number) => object]>([
    ['for paths of Windows', (at) => ({ locations: [file(`C:\\shop\\src\\a${at % 3}.c`)] })],
    ['for files outside of the repository', (at) => ({ locations: [file(`file:///ci/shop/a${at % 3}.c`)] })],
    [
      'for files outside, and properties that are kept',
      (at) => ({
        locations: [file(`file:///ci/shop/a${at % 3}.c`)],
        properties: [{}, { at }, { at: { at: [] } }, { 'sariflow/originalUri': 'b' }][at % 4],
      }),
    ],
    [
      'for files inside and outside',
      (at) => ({
        locations: [file('file:///repo/a.c'), file(`file:///ci/b${at % 2}.c`)],
        relatedLocations: [file('file:///repo/c.c'), file('src\\d.c')],
      }),
    ],
    [
      'for files with an index',
      (at) => ({
        locations: [
          { physicalLocation: { artifactLocation: { uri: `file:///repo/a${at % 2}.c`, index: at % 2 }, region } },
        ],
      }),
    ],
    [
      'for texts that repeat the name',
      (at) => ({ message: { text: `In /ci/a.c ${at}.` }, locations: [file('file:///ci/a.c')] }),
    ],
    ['where the first has suppressions', (at) => (at === 0 ? { suppressions: [] } : {})],
    ['where a later one has suppressions', (at) => (at === 5 ? { suppressions: [{ kind: 'inSource' }] } : {})],
    [
      'where one has suppressions, and files are outside',
      (at) => ({ locations: [file('file:///ci/a.c')], ...(at === 1 ? { suppressions: [] } : {}) }),
    ],
    ['where all have a baseline state', (at) => ({ baselineState: at % 2 === 0 ? 'new' : 'unchanged' })],
    ['where some have a baseline state', (at) => (at % 3 === 0 ? { baselineState: 'new' } : {})],
    [
      'where one is absent',
      (at) => ({ baselineState: at % 7 === 6 ? 'absent' : 'new', message: { text: `Text ${at % 4}.` } }),
    ],
    ['for GUIDs', (at) => ({ guid: `7a3f1f9e-8d1c-4a6e-9a53-00000000000${(at % 9).toString(16)}` })],
    ['for arguments', (at) => ({ message: { text: 'Use {0}.', arguments: [`${at}`] } })],
    ['for the texts of rules', (at) => ({ message: { id: 'm', arguments: [`${at}`] } })],
    ['for arguments that are too few', (at) => ({ message: { id: 'm', arguments: at % 4 === 3 ? [] : [`${at}`] } })],
    ['for whole files', () => ({ locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' } } }] })],
    [
      'for whole files that are elsewhere',
      () => ({ locations: [{ physicalLocation: { artifactLocation: { uri: '/a.c' } } }] }),
    ],
    ['for no place at all', () => ({ locations: [] })],
    ['for rules that nobody describes', (at) => ({ ruleId: `B${at % 3}` })],
    ['for a rule that finds nothing worth a level', () => ({ ruleId: 'none' })],
  ])('%s', async (_name, resultAt) => {
    const results = Array.from({ length: 16 }, (_, at) => ({
      ruleId: 'A',
      message: { text: `Text ${at}.` },
      locations: [file('a.c')],
      ...resultAt(at),
    }));
    const rules = [
      { id: 'A', messageStrings: { m: { text: 'Never use {0}.' } } },
      { id: 'none', defaultConfiguration: { level: 'none' } },
    ];
    const run = {
      tool: { driver: { name: 'T', rules } },
      originalUriBaseIds: { SRCROOT: { uri: 'file:///repo/' } },
      artifacts: [{ location: { uri: 'file:///repo/a0.c' } }, { location: { uri: 'file:///repo/a1.c' } }],
      results,
    };
    const log = { version: '2.1.0', runs: [run] };
    for (const profile of profiles) {
      for (const text of [JSON.stringify(log), JSON.stringify(log, null, 2)]) {
        const { parts } = await expectSame(encoder.encode(text), profile, 1_000_000, undefined, 1);
        expect(parts).toHaveLength(1);
      }
    }
  });
});
