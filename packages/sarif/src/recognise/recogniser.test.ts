import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locate, skipValue } from '../json/locate.ts';
import { Dice } from '../json/test-support/dice.ts';
import { jsonText, type Style, styles } from '../json/test-support/json-text.ts';
import type { Result } from '../model/model.ts';
import { hasForeignPaths } from '../normalize/relative-paths.ts';
import { corpusFiles, corpusFolders, corpusIsAbsent } from '../read/test-support/corpus.ts';
import { RepositoryPaths } from '../run/repository-path.ts';
import { checkResult } from '../schema/check.ts';
import {
  baseIds,
  FIRST_LINE,
  FIRST_URI,
  FOREIGN_URI,
  HAS_ARGUMENTS,
  HAS_REFERENCE,
  HAS_TEXT,
  maxLoad,
  OTHER_INDEX,
  OTHER_KIND,
  OTHER_RULE,
} from './primitives.ts';
import { type ResultFacts, ResultRecogniser } from './result-facts.ts';
import { expectedFacts, plainPath } from './test-support/expected-facts.ts';
import { mutateBytes, mutateValue } from './test-support/mutate.ts';
import { validResult } from './test-support/valid-value.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const recogniser = new ResultRecogniser();

interface Recognised {
  readonly end: number;
  /** What was recognised, and what was said of it. */
  readonly found?: { readonly bytes: Uint8Array; readonly facts: ResultFacts; readonly spaced: boolean };
}

/** What the recogniser says of the text at an index; what stands after it must not matter. */
function recognise(bytes: Uint8Array, before = 0, behind = ''): Recognised {
  const tail = encoder.encode(behind);
  const chunk = new Uint8Array(before + bytes.length + tail.length).fill(0x2c);
  chunk.set(bytes, before);
  chunk.set(tail, before + bytes.length);
  recogniser.load(chunk);
  const end = recogniser.recognise(before);
  if (end < 0) return { end };
  const found = { bytes: chunk.subarray(before, end), facts: recogniser.facts(before), spaced: recogniser.spaced };
  return { end: end - before, found };
}

/** Holds what was recognised against the slow way: the native parser, the schema, the object. */
function expectTrue({ bytes, facts, spaced }: NonNullable<Recognised['found']>): void {
  const result = JSON.parse(decoder.decode(bytes)) as Result;
  const accepted = checkResult(result, ({ rule, message, path }) =>
    expect.fail(`${rule.id} ${path.join('/')} ${message} in ${decoder.decode(bytes)}`),
  );
  expect(accepted).toBe(true);
  const expected = expectedFacts(result, bytes);
  const { flags } = facts;
  const has = (flag: number) => (flags & flag) !== 0;

  expect(spaced).toBe(expected.spaced);
  expect(facts.level).toBe(expected.level);
  expect([...facts.artifacts]).toEqual(expected.artifacts);
  expect(has(HAS_ARGUMENTS)).toBe(expected.hasArguments);
  if (has(HAS_TEXT)) expect(expected.textIsBlank).toBe(false);
  expect(has(FIRST_URI)).toBe(expected.hasFirstUri);
  expect(has(FIRST_LINE)).toBe(expected.hasFirstLine);
  expect(has(OTHER_INDEX)).toBe(expected.hasOtherIndex);
  expect(has(OTHER_KIND)).toBe(result.kind !== undefined && result.kind !== 'fail');
  expect(has(HAS_REFERENCE)).toBe(result.rule !== undefined);
  if (!has(FOREIGN_URI)) {
    for (const uri of expected.uris) expect(uri).toMatch(plainPath);
    expect(baseIds.filter((_, bit) => (facts.bases & (1 << bit)) !== 0).toSorted()).toEqual(
      [...expected.baseIds].toSorted(),
    );
    if (facts.bases === 0)
      expect(hasForeignPaths(result, new RepositoryPaths({ tool: { driver: { name: 'T' } } }))).toBe(false);
  }
  expectRule(bytes, result, facts);
}

function expectRule(bytes: Uint8Array, result: Result, facts: ResultFacts): void {
  const { rule } = result;
  expect(facts.ruleIndex).toBe(result.ruleIndex ?? -1);
  expectNumber(bytes, ['ruleIndex'], result.ruleIndex, facts.ruleIndexStart, facts.ruleIndexEnd);
  expect(facts.referenceIndex).toBe(rule?.index ?? -1);
  expectNumber(bytes, ['rule', 'index'], rule?.index, facts.referenceIndexStart, facts.referenceIndexEnd);
  if ((facts.flags & OTHER_RULE) !== 0) {
    expect([facts.ruleId, facts.referenceId]).toEqual(['', '']);
    return;
  }
  expect(facts.ruleId).toBe(result.ruleId ?? '');
  expect(facts.referenceId).toBe(rule?.id ?? '');
  expect(rule?.guid).toBeUndefined();
  const { index } = rule?.toolComponent ?? {};
  expect(facts.component).toBe(index ?? -1);
  if (rule?.toolComponent !== undefined) expect(index).toBeGreaterThanOrEqual(0);
}

function expectNumber(bytes: Uint8Array, path: string[], value: number | undefined, start: number, end: number): void {
  if (value === undefined) {
    expect(end).toBeLessThanOrEqual(0);
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
          expectTrue(found);
        },
      ),
      { numRuns, seed: 81 },
    );
    expect(accepted).toBeGreaterThan(numRuns / 5);
  });

  test('is nothing that is broken, however small the change', () => {
    const mutants = Number(process.env['SARIFLOW_MUTANTS'] ?? 20_000);
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
        expectTrue(found);
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
    const text = `{"message":{"text":"${'x'.repeat(maxLoad)}"}}`;
    recogniser.load(encoder.encode(text));
    expect(recogniser.recognise(0)).toBe(-1);
    const fits = encoder.encode(`{"message":{"text":"${'x'.repeat(maxLoad - 23)}"}}`);
    expect(fits.length).toBe(maxLoad);
    recogniser.load(fits);
    expect(recogniser.recognise(0)).toBe(maxLoad);
  });
});

describe('facts', () => {
  const factsOf = (text: string) => recognise(encoder.encode(text)).found?.facts;

  test.each<[string, string, Partial<ResultFacts>]>([
    ['a byte order mark in an id stays', '{"message":{"text":"x"},"ruleId":"\ufeffA"}', { ruleId: '\ufeffA' }],
    [
      'an escaped id is not noted',
      '{"message":{"text":"x"},"ruleId":"a\\/b"}',
      { ruleId: '', flags: HAS_TEXT | OTHER_RULE },
    ],
    [
      'an id is not noted where a GUID counts, too',
      '{"message":{"text":"x"},"ruleId":"A","rule":{"id":"A","guid":"7a3f1f9e-8d1c-4a6e-9a53-000000000000"}}',
      { ruleId: '', referenceId: '', flags: HAS_TEXT | OTHER_RULE | HAS_REFERENCE },
    ],
    [
      'nor where the number of a component means none',
      '{"message":{"text":"x"},"ruleId":"A","rule":{"index":0,"toolComponent":{"index":-1}}}',
      { ruleId: '', component: -1, flags: HAS_TEXT | OTHER_RULE | HAS_REFERENCE },
    ],
  ])('%s', (_name, text, expected) => {
    expect(factsOf(text)).toMatchObject(expected);
  });

  test('do not mix when two streams take turns', () => {
    const one = new ResultRecogniser();
    const other = new ResultRecogniser();
    one.load(encoder.encode('{"message":{"text":"x"},"ruleId":"one"},{"message":{"text":"x"},"ruleId":"two"}'));
    const end = one.recognise(0);
    expect(one.facts(0).ruleId).toBe('one');
    other.load(
      encoder.encode('{"ruleId":"three","message":{"text":"a much longer text, so that everything has moved"}}'),
    );
    expect(other.recognise(0)).toBeGreaterThan(0);
    expect(other.facts(0).ruleId).toBe('three');
    expect(one.recognise(end + 1)).toBeGreaterThan(end);
    expect(one.facts(end + 1).ruleId).toBe('two');
  });
});

test.skipIf(corpusIsAbsent)(
  'every result of the corpus: what is accepted is valid, and nearly all that is valid is accepted',
  () => {
    let valid = 0;
    let accepted = 0;
    for (const { bytes: log } of corpusFolders().flatMap(corpusFiles)) {
      for (const result of resultsIn(log)) {
        let isValid = true;
        checkResult(result, () => {
          isValid = false;
        });
        for (const space of [undefined, 2]) {
          const bytes = encoder.encode(JSON.stringify(result, null, space));
          const { end, found } = recognise(bytes);
          if (isValid) valid += 1;
          if (found === undefined) continue;
          accepted += 1;
          expect(end).toBe(bytes.length);
          expect(isValid).toBe(true);
          expectTrue(found);
        }
      }
    }
    expect(valid).toBeGreaterThan(1000);
    expect(accepted / valid).toBeGreaterThan(0.98);
  },
);

/** The results of a log; none where the file is no JSON, as some of the corpus are not. */
function resultsIn(bytes: Uint8Array): unknown[] {
  let log: { runs?: ({ results?: unknown } | null)[] };
  try {
    log = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  const runs = Array.isArray(log?.runs) ? log.runs : [];
  return runs.flatMap((run) => (Array.isArray(run?.results) ? run.results : []));
}
