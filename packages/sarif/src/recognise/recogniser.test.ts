import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProvenText } from '../events/event.ts';
import { locate, skipValue } from '../json/locate.ts';
import { Dice } from '../json/test-support/dice.ts';
import { jsonText, type Style, styles } from '../json/test-support/json-text.ts';
import type { Result, RunHeader } from '../model/model.ts';
import { hasForeignPaths } from '../normalize/relative-paths.ts';
import { corpusFiles, corpusFolders, corpusIsAbsent } from '../read/test-support/corpus.ts';
import { rulesInDoubt } from '../rules/partial-doubt.ts';
import { RuleRunner } from '../rules/rule-runner.ts';
import { RepositoryPaths } from '../run/repository-path.ts';
import { createRunContext } from '../run/run-context.ts';
import { checkResult } from '../schema/check.ts';
import { soundView } from '../schema/sound-view.ts';
import { loadEngine, preferEngine } from './engine.ts';
import {
  DOUBT,
  FIRST_LINE,
  FIRST_LOCATION,
  FIRST_URI,
  HAS_REFERENCE,
  KEY_SLOT_COUNT,
  KEY_SLOTS,
  LOCATION_ELSEWHERE,
  MAX_ASIDE,
  MAX_INPUT,
  NEW_URI,
  OTHER_INDEX,
  OTHER_LOCATION,
  PARTIAL_DOUBT,
  PLACE_DOUBT,
  PLAIN_TEXT,
  STRING_SLOT_COUNT,
  STRING_SLOTS,
  TEXT_DOUBT,
} from './portable/layout.ts';
import type { ResultFacts } from './result-facts.ts';
import { ResultRecogniser } from './result-recogniser.ts';
import { expectedFacts, type LocatedFile, plainPath } from './test-support/expected-facts.ts';
import { mutateBytes, mutateValue } from './test-support/mutate.ts';
import { validResult } from './test-support/valid-value.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const run: RunHeader = {
  tool: { driver: { name: 'T' } },
  originalUriBaseIds: { ROOT: { uri: 'file:///src/' } },
  artifacts: [{ location: { uri: 'a/b.c' } }, { location: { uri: 'b.c', uriBaseId: 'ROOT' } }, {}],
};

const engines = { 'web-assembly': await engineOf('web-assembly'), javascript: await engineOf('javascript') };

async function engineOf(kind: 'web-assembly' | 'javascript') {
  preferEngine(kind);
  const engine = await loadEngine();
  expect(engine.kind).toBe(kind);
  preferEngine(undefined);
  return engine;
}

/** What rules say of a result that depends on more than its bytes, or that the facts tell. */
const otherwiseKnown = /^SF-V(?:1\d\d|408|509|513)$/;

/** Says that no rule has anything to say of a result of the run, but those that flags say are to be asked, and of places in doubt. */
type ExpectInnocent = (result: Result, text: string, flags: number, places: readonly LocatedFile[]) => void;

function innocentIn(header: RunHeader): ExpectInnocent {
  const runner = new RuleRunner([]);
  const nothing = () => {};
  runner.startRun(createRunContext({ runIndex: 0, results: 'array' }, header), nothing, nothing);
  return (result, text, flags, places) => {
    const asked = rulesInDoubt(flags);
    runner.checkResult(result, 0, ({ id }, { message }, path) => {
      if (places.some((place) => place.path.every((segment, at) => path[at] === segment))) return;
      if (!otherwiseKnown.test(id) && !asked.has(id)) expect.fail(`${id} ${message} in ${text}`);
    });
  };
}

const expectInnocent = innocentIn(run);

/** Holds what was recognised against the slow way: the native parser, the schema, the rules, the object. */
function expectTrue(bytes: Uint8Array, facts: ResultFacts, spaced: boolean, isInnocent = expectInnocent): void {
  const text = decoder.decode(bytes);
  const result = JSON.parse(text) as Result;
  const accepted = checkResult(result, ({ rule, message, path }) =>
    expect.fail(`${rule.id} ${path.join('/')} ${message} in ${text}`),
  );
  expect(accepted).toBe(true);
  const expected = expectedFacts(result, bytes);
  const { flags } = facts;
  const has = (flag: number) => (flags & flag) !== 0;

  expect(spaced).toBe(expected.spaced);
  expect(facts.level).toBe(expected.level);
  expect(sitesOf(facts)).toEqual(expected.artifacts);
  expect(has(FIRST_URI)).toBe(expected.hasFirstUri);
  expect(has(FIRST_LINE)).toBe(expected.hasFirstLine);
  expect(has(HAS_REFERENCE)).toBe(result.rule !== undefined);
  if (expected.hasOtherIndex) expect(has(OTHER_INDEX) && has(DOUBT)).toBe(true);
  if (!has(DOUBT)) {
    const places = placesOf(facts, expected.locations, bytes);
    const others = expected.locations.filter((location) => !places.includes(location)).map(({ value }) => value);
    isInnocent(result, text, flags, places);
    if (expected.hasArguments) expect(has(TEXT_DOUBT)).toBe(true);
    if (has(PLAIN_TEXT)) expect(expected.textIsBlank).toBe(false);
    for (const { uri } of others) {
      if (uri !== undefined) expect(uri).toMatch(plainPath);
    }
    const used = facts.names.baseIds.filter((_, bit) => (facts.bases & (1 << bit)) !== 0);
    const baseIds = new Set(others.flatMap(({ uriBaseId }) => (uriBaseId === undefined ? [] : [uriBaseId])));
    expect(used.toSorted()).toEqual([...baseIds].toSorted());
    if (facts.bases === 0 && places.length === 0) expect(hasForeignPaths(result, new RepositoryPaths(run))).toBe(false);
    expect(facts.names.results[facts.key]).toEqual({
      message: {},
      ...(result.ruleId !== undefined && { ruleId: result.ruleId }),
      ...(result.ruleIndex !== undefined && { ruleIndex: result.ruleIndex }),
      ...(result.rule !== undefined && { rule: asNoted(result.rule) }),
    });
  }
  expectNumber(bytes, ['ruleIndex'], result.ruleIndex, facts.ruleIndexStart, facts.ruleIndexEnd);
  expectNumber(bytes, ['rule', 'index'], result.rule?.index, facts.referenceIndexStart, facts.referenceIndexEnd);
}

const wheres: ReadonlyMap<number, RegExp> = new Map([
  [FIRST_LOCATION, /^locations\/0\/physicalLocation\/artifactLocation$/],
  [OTHER_LOCATION, /^locations\/[1-9]\d*\/physicalLocation\/artifactLocation$/],
  [LOCATION_ELSEWHERE, /^(?!locations).*\/physicalLocation\/artifactLocation$/],
]);

/** The artifact locations that are in doubt, each held against what its place says. */
function placesOf(facts: ResultFacts, locations: readonly LocatedFile[], bytes: Uint8Array) {
  expect(facts.placeCount > 0).toBe((facts.flags & PLACE_DOUBT) !== 0);
  return Array.from({ length: facts.placeCount }, (_, place) => {
    const start = facts.placeStart(place);
    const end = facts.placeEnd(place);
    const location = locations.find(({ at }) => at === start) as LocatedFile;
    expect(location.path.join('/')).toMatch(wheres.get(facts.placeWhere(place)) as RegExp);
    expect(skipValue(bytes, start)).toBe(end);
    expect(facts.names.textOf(facts.placeText(place))).toBe(decoder.decode(bytes.subarray(start, end)));
    return location;
  });
}

/** As much of a reference to a rule as is noted. */
function asNoted({ id, index, toolComponent }: NonNullable<Result['rule']>): Result['rule'] {
  const { index: component, name } = toolComponent ?? {};
  return {
    ...(id !== undefined && { id }),
    ...(index !== undefined && { index }),
    ...((component !== undefined || name !== undefined) && {
      toolComponent: { ...(component !== undefined && { index: component }), ...(name !== undefined && { name }) },
    }),
  };
}

function sitesOf(facts: ResultFacts): number[] {
  const sites: number[] = [];
  for (let site = 0; site < facts.siteCount; site += 1) {
    sites.push(facts.siteStart(site), facts.siteEnd(site), facts.siteIndex(site));
  }
  return sites;
}

function expectNumber(bytes: Uint8Array, path: string[], value: number | undefined, start: number, end: number): void {
  if (value === undefined) {
    expect(end).toBe(0);
    return;
  }
  expect(start).toBe(locate(bytes, path));
  expect(end).toBe(skipValue(bytes, start));
}

function write(seed: number, style: Style, change?: (result: Result) => void): Uint8Array {
  const result = validResult(seed);
  change?.(result);
  return encoder.encode(jsonText(result, style).trim());
}

const seeds = fc.nat();

describe.each(Object.entries(engines))('%s', (_kind, engine) => {
  interface Recognised {
    readonly end: number;
    /** What was recognised, and what was said of it. */
    readonly found?: readonly [bytes: Uint8Array, facts: ResultFacts, spaced: boolean];
  }

  /** What the recogniser says of the text at an index; what stands after it must not matter. */
  function recognise(bytes: Uint8Array, before = 0, behind = '', header = run): Recognised {
    const tail = encoder.encode(behind);
    const chunk = new Uint8Array(before + bytes.length + tail.length).fill(0x2c);
    chunk.set(bytes, before);
    chunk.set(tail, before + bytes.length);
    const recogniser = new ResultRecogniser(engine, header);
    recogniser.load(chunk);
    if (!recogniser.begin()) return { end: -1 };
    // Not a byte more than the first element.
    recogniser.scan(before, false, 1);
    if (recogniser.count === 0) return { end: -1 };
    const notes = recogniser.take();
    const [start, end] = [notes.startOf(0), notes.endOf(0)];
    expect(start).toBe(before);
    return { end: end - before, found: [chunk.subarray(start, end), notes.factsOf(0), notes.isSpaced(0)] };
  }

  describe('what the recogniser accepts', () => {
    test('is a valid result that ends where it says, and its facts are those of the object', () => {
      let accepted = 0;
      const numRuns = 6000;
      fc.assert(
        fc.property(
          seeds,
          styles,
          fc.integer({ min: 0, max: 9 }),
          fc.constantFrom('', ',', ']', '}', 'x'),
          (seed, style, before, behind) => {
            const bytes = write(seed, style);
            const { end, found } = recognise(bytes, before, behind);
            if (found === undefined) return;
            accepted += 1;
            expect(end).toBe(bytes.length);
            expectTrue(...found);
          },
        ),
        { numRuns, seed: 81 },
      );
      expect(accepted).toBeGreaterThan(numRuns / 5);
    });

    test('is nothing that is broken, however small the change', () => {
      const mutants = Number(process.env['SARIFLOW_MUTANTS'] ?? 10_000);
      const firstSeed = Number(process.env['SARIFLOW_MUTANTS_SEED'] ?? 1);
      let accepted = 0;
      for (let count = 0; count < mutants; count += 1) {
        const dice = new Dice(firstSeed + count);
        const seed = dice.below(2 ** 31);
        const style: Style = {
          seed,
          space: dice.pick([0, 0, 20]),
          escapes: dice.pick([0, 0, 0, 10]),
          repeats: dice.pick([0, 0, 0, 15]),
          fractions: dice.pick([0, 0, 0, 15]),
        };
        const byValue = dice.chance(40);
        let bytes = write(seed, style, (result) => {
          if (byValue)
            for (let change = dice.chance(75) ? 0 : dice.below(3); change >= 0; change -= 1) mutateValue(result, dice);
        });
        if (!byValue)
          for (let change = dice.chance(75) ? 0 : dice.below(3); change >= 0; change -= 1)
            bytes = mutateBytes(bytes, dice);
        const { found } = recognise(bytes, dice.below(5), dice.pick(['', ',{', '"', '}']));
        if (found === undefined) continue;
        accepted += 1;
        try {
          expectTrue(...found);
        } catch (error) {
          throw new Error(`Mutant ${firstSeed + count}: ${new TextDecoder().decode(bytes)}`, { cause: error });
        }
      }
      expect(accepted).toBeGreaterThan(mutants / 40);
      expect(accepted).toBeLessThan(mutants / 2);
    });

    test('is nothing whose end is missing', () => {
      fc.assert(
        fc.property(seeds, styles, (seed, style) => {
          const bytes = write(seed, style);
          if (recognise(bytes).end < 0) return;
          // What was loaded before must not be taken for the end.
          for (let length = 0; length < bytes.length; length += 1)
            expect(recognise(bytes.subarray(0, length)).end).toBe(-1);
        }),
        { numRuns: 150, seed: 3 },
      );
    });
  });

  describe('the recogniser refuses', () => {
    const message = '"message":{"text":"x"}';
    test.each<[string, string]>([
      ['a fraction with an exponent, which may be out of bounds', `{${message},"rank":1.5e9}`],
      ['a number beyond its bounds', `{${message},"rank":100.5}`],
      ['an index that is longer than what it is noted in', `{${message},"ruleIndex":4294967296}`],
      ['such an index of a rule', `{${message},"rule":{"index":4294967297}}`],
      ['such an index of a component', `{${message},"rule":{"index":0,"toolComponent":{"index":4294967296}}}`],
      ['such an index of an artifact', `{${message},"analysisTarget":{"index":4294967296}}`],
      ['elements that are equal', `{${message},"relatedLocations":[{"id":1},{"id":1}]}`],
      ['elements that are equal in another order', `{${message},"workItemUris":["a","b","a"]}`],
      ['an escaped id', '{"message":{"text":"x"},"ruleId":"a\\/b"}'],
      ['a number that a double does not hold', `{${message},"properties":{"n":12345678901234567890}}`],
      ['a name twice in a bag', `{${message},"properties":{"n":1,"n":2}}`],
      [
        'elements that differ by the sign of zero',
        `{${message},"relatedLocations":[{"properties":{"a":0}},{"properties":{"a":-0}}]}`,
      ],
      [
        'elements that differ by digits that a number does not hold',
        `{${message},"relatedLocations":[{"properties":{"a":9007199254740992}},{"properties":{"a":9007199254740993}}]}`,
      ],
      [
        'elements that differ by a member that is repeated',
        `{${message},"relatedLocations":[{"properties":{"a":1,"a":2}},{"properties":{"a":2}}]}`,
      ],
      ['a member that is repeated', `{${message},"level":"note","level":"note"}`],
      ['a tag twice', `{${message},"properties":{"tags":["a","a"]}}`],
      ['tags that are none', `{${message},"properties":{"tags":"a"}}`],
      ['tags under an escaped name', `{${message},"properties":{"\\u0074ags":"a"}}`],
      ['an escaped member name', `{${message},"\\u006cevel":"critical"}`],
      ['a control character', `{"message":{"text":"a\u0001"}}`],
      ['a surrogate alone', `{"message":{"text":"\\ud800"}}`],
      [
        'a date that the calendar does not have',
        `{${message},"provenance":{"firstDetectionTimeUtc":"2016-02-30T00:00:00Z"}}`,
      ],
      ['a missing message', '{}'],
      ['null', `{${message},"level":null}`],
      ['no object', '[]'],
      ['nothing', ''],
    ])('%s', (_name, text) => {
      expect(recognise(encoder.encode(text))).toEqual({ end: -1 });
    });

    test('bytes that are no UTF-8', () => {
      const text = `{"message":{"text":"x§"}}`;
      const bytes = encoder.encode(text);
      expect(recognise(bytes).end).toBe(bytes.length);
      for (const bad of [
        [0xc2, 0x41],
        [0xc0, 0x80],
        [0xe9, 0x22],
        [0x80, 0x80],
        [0xff, 0x41],
      ]) {
        const broken = new Uint8Array(bytes);
        broken.set(bad, bytes.indexOf(0xc2));
        expect(recognise(broken).end).toBe(-1);
      }
      for (const bad of ['eda080', 'e08080', 'f0808080', 'f4908080', 'f5808080', 'e282']) {
        const [head = '', tail = ''] = text.split('§');
        const broken = new Uint8Array([...encoder.encode(head), ...Buffer.from(bad, 'hex'), ...encoder.encode(tail)]);
        expect(() => decoder.decode(broken)).toThrow(TypeError);
        expect(recognise(broken).end).toBe(-1);
      }
    });

    test('what it cannot load', () => {
      const text = `{"message":{"text":"${'x'.repeat(MAX_INPUT)}"}}`;
      expect(recognise(encoder.encode(text))).toEqual({ end: -1 });
      const fits = encoder.encode(`{"message":{"text":"${'x'.repeat(MAX_INPUT - 23)}"}}`);
      expect(fits.length).toBe(MAX_INPUT);
      expect(recognise(fits).end).toBe(MAX_INPUT);
    });
  });

  test('facts do not mix when two streams take turns', () => {
    const one = new ResultRecogniser(engine, run);
    const other = new ResultRecogniser(engine, { tool: { driver: { name: 'U' } } });
    const ids = (recogniser: ResultRecogniser) => {
      const notes = recogniser.take();
      return Array.from({ length: recogniser.count }, (_, at) => {
        const { names, key } = notes.factsOf(at);
        return names.results[key]?.ruleId;
      });
    };
    one.load(encoder.encode('{"message":{"text":"x"},"ruleId":"one"},{"message":{"text":"x"},"ruleId":"two"}'));
    expect(one.begin()).toBe(true);
    const at = one.scan(0, false, 1);
    expect(ids(one)).toEqual(['one']);
    other.load(
      encoder.encode('{"ruleId":"three","message":{"text":"a much longer text, so that everything has moved"}}'),
    );
    expect(other.begin()).toBe(true);
    other.scan(0, false, 1);
    expect(ids(other)).toEqual(['three']);
    expect(one.begin()).toBe(true);
    one.scan(at, true, 1000);
    expect(ids(one)).toEqual(['two']);
  });

  describe('a result that was written anew', () => {
    const written = (uri: string, text = 'Größe') =>
      JSON.stringify({
        ruleId: 'one',
        ruleIndex: 3,
        message: { text },
        locations: [{ physicalLocation: { artifactLocation: { uri, index: 0 }, region: { startLine: 1 } } }],
      });
    const started = (text: string) => {
      const recogniser = new ResultRecogniser(engine, run);
      recogniser.load(encoder.encode(text));
      recogniser.begin();
      recogniser.scan(0, false, 1);
      return recogniser;
    };

    test('is known by the same facts as one that was read, each time that it is', () => {
      const recogniser = started(written('a/b.c'));
      const { records, newUris } = recogniser.take();
      for (const isFirst of [true, false]) {
        const { bytes, facts } = recogniser.proofOf(written('a/b.c')) as ProvenText;
        expect(decoder.decode(bytes)).toBe(written('a/b.c'));
        const read = recogniser.take().factsOf(0);
        const { names, key } = facts;
        expect(names.results[key]).toEqual(read.names.results[read.key]);
        expect(facts.contentHash).toBe(read.contentHash);
        expect(facts.textHash2).toBe(read.textHash2);
        const { ruleIndexStart, ruleIndexEnd, siteCount } = facts;
        expect(decoder.decode(bytes.subarray(ruleIndexStart, ruleIndexEnd))).toBe('3');
        expect(siteCount).toBe(1);
        expect(decoder.decode(bytes.subarray(facts.siteStart(0), facts.siteEnd(0)))).toBe('0');
        // Whether it is new is for each way of reading to say once: the other may have stopped before it was known.
        expect(facts.newUris).toEqual(isFirst ? [{ uri: 'a/b.c', uriBaseId: undefined }] : []);
        expect((facts.flags & NEW_URI) !== 0).toBe(isFirst);
      }
      expect(recogniser.take().records).toEqual(records);
      expect(recogniser.take().newUris).toEqual(newUris);
    });

    test('keeps its bytes, however many come after it', () => {
      const recogniser = started(written('a/b.c'));
      const texts = Array.from({ length: 300 }, (_, at) => written('a/b.c', `${at} ${'ß'.repeat(at)}`));
      const proven = texts.map((text) => recogniser.proofOf(text)?.bytes);
      expect(proven.map((bytes) => decoder.decode(bytes))).toEqual(texts);
    });

    test('proves nothing when it is wrong, too long, or the engine looks at another run', () => {
      const recogniser = started(written('a/b.c'));
      const before = recogniser.take().records;
      expect(recogniser.proofOf('{"ruleId":7}')).toBeUndefined();
      expect(recogniser.proofOf(`${written('a/b.c')},`)).toBeUndefined();
      expect(recogniser.proofOf(written('a/b.c', 'x'.repeat(MAX_ASIDE)))).toBeUndefined();
      expect(recogniser.proofOf(written('a/b.c', 'ß'.repeat(MAX_ASIDE / 2)))).toBeUndefined();
      expect(recogniser.take().records).toEqual(before);
      expect(recogniser.proofOf(written('a/b.c'))).toBeDefined();
      started(written('b.c'));
      expect(recogniser.proofOf(written('a/b.c'))).toBeUndefined();
    });
  });

  test.skipIf(corpusIsAbsent)('every result of the corpus: what is accepted is valid, and most is beyond doubt', () => {
    let valid = 0;
    let accepted = 0;
    let sure = 0;
    for (const { bytes: log } of corpusFolders().flatMap(corpusFiles)) {
      for (const { header, results } of runsIn(log)) {
        const isInnocent = innocentIn(header);
        for (const result of results) {
          const isValid = checkResult(result, () => {});
          for (const space of [undefined, 2]) {
            const bytes = encoder.encode(JSON.stringify(result, null, space));
            const { end, found } = recognise(bytes, 0, '', header);
            if (isValid) valid += 1;
            if (found === undefined) continue;
            accepted += 1;
            if ((found[1].flags & (DOUBT | PARTIAL_DOUBT)) === 0) sure += 1;
            expect(end).toBe(bytes.length);
            expect(isValid).toBe(true);
            expectTrue(...found, isInnocent);
          }
        }
      }
    }
    expect(valid).toBeGreaterThan(1000);
    expect(accepted / valid).toBeGreaterThan(0.95);
    expect(sure / accepted).toBeGreaterThan(0.3);
  });
});

/** The runs of a log; none where the file is no JSON, as some of the corpus are not. */
function runsIn(bytes: Uint8Array): { header: RunHeader; results: unknown[] }[] {
  let log: { runs?: ({ results?: unknown } | null)[] };
  try {
    log = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  return (Array.isArray(log?.runs) ? log.runs : []).flatMap((each) => {
    if (typeof each !== 'object' || each === null || !Array.isArray(each.results)) return [];
    const { results, ...header } = each;
    return [{ header: soundView<RunHeader>('run', header).value, results }];
  });
}

test.each(Object.entries(engines))('%s: a run begins with empty tables, however full they were', (_kind, engine) => {
  const slots = (from: number, count: number) => engine.words.subarray(from >> 2, (from >> 2) + count);
  const used = () => slots(STRING_SLOTS, STRING_SLOT_COUNT).reduce((sum, id) => sum + (id === 0 ? 0 : 1), 0);
  for (const count of [3, 3000, 60_000]) {
    const artifacts = Array.from({ length: count }, (_, index) => ({ location: { uri: `src/f${index}.js` } }));
    const recogniser = new ResultRecogniser(engine, { tool: { driver: { name: 'T' } }, artifacts });
    expect(used()).toBeGreaterThan(count);
    for (const ruleId of ['R1', 'R2'])
      expect(recogniser.recogniseAlone(encoder.encode(`{"ruleId":"${ruleId}","message":{"text":"x"}}`))).toBe(true);
    engine.startRun();
    expect(used()).toBe(0);
    expect(slots(KEY_SLOTS, KEY_SLOT_COUNT).every((id) => id === 0)).toBe(true);
  }
});
