import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PathSegment } from './pointer.ts';
import { Dice } from './test-support/dice.ts';
import { compact, jsonText, styles } from './test-support/json-text.ts';
import { findTextDefects, type TextDefect, type TextDefectOptions } from './text-defects.ts';

const encoder = new TextEncoder();

function defectsOf(text: string, options?: TextDefectOptions): TextDefect[] {
  const found: TextDefect[] = [];
  findTextDefects(encoder.encode(text), (defect) => found.push(defect), options);
  return found;
}

/** `¦` marks the byte of each defect in turn. */
function expectAt(withMarks: string, expected: readonly (readonly [string, string, string])[]): void {
  const pieces = withMarks.split('¦');
  const text = pieces.join('');
  const indices = pieces.slice(0, -1).map((_, at) => encoder.encode(pieces.slice(0, at + 1).join('')).length);
  expect(JSON.parse(text)).toBeDefined();
  expect(defectsOf(text).map(({ code, path, found, index }) => [code, path.join('/'), found, index])).toEqual(
    expected.map(([code, path, found], at) => [`SF-${code}`, path, found, indices[at]]),
  );
}

describe('repeated names', () => {
  test.each<[string, readonly (readonly [string, string, string])[]]>([
    ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', []],
    [
      '{"a":1,¦"a":2,¦"a":3}',
      [
        ['P108', 'a', 'a'],
        ['P108', 'a', 'a'],
      ],
    ],
    ['{"é":1,¦"\\u00e9":2}', [['P108', 'é', 'é']]],
    ['{"a\\/b":1,¦"a/b":{"x":1}}', [['P108', 'a/b', 'a/b']]],
    ['{"":1,¦"":2}', [['P108', '', '']]],
    ['{"__proto__":1,¦"__proto__":2,"constructor":3}', [['P108', '__proto__', '__proto__']]],
    ['[{"x":[{"y":1,"z":{"y":1}, ¦"y" : 2}]}]', [['P108', '0/x/0/y', 'y']]],
    ['{"x":{"y":1},"y":{"y":1},¦"x":{}}', [['P108', 'x', 'x']]],
    // The same 32-bit hash of two different names.
    ['{"Aa":1,"BB":2}', []],
  ])('%s', expectAt);

  test('are found among many members, in any object after another', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `"n${at}":0`);
    const once = `{${names.join(',')}}`;
    expect(defectsOf(`[${once},${once}]`)).toEqual([]);
    const twice = `[${once},{${names.join(',')},"n17":0,"\\u006e4999":1}]`;
    expect(defectsOf(twice).map(({ path }) => path)).toEqual([
      [1, 'n17'],
      [1, 'n4999'],
    ]);
  });
});

describe('numbers', () => {
  test.each<[string, readonly (readonly [string, string, string])[]]>([
    ['[9007199254740991,-9007199254740991,1.0,1e0,0.1,-0,123456789012345.678,1e15]', []],
    [
      '[¦9007199254740992,¦-9007199254740992]',
      [
        ['P110', '0', '9007199254740992'],
        ['P110', '1', '-9007199254740992'],
      ],
    ],
    ['{"a":¦12345678901234567890}', [['P110', 'a', '12345678901234567890']]],
    [
      '{"a":[¦1e400,¦-1E+999]}',
      [
        ['P110', 'a/0', '1e400'],
        ['P110', 'a/1', '-1E+999'],
      ],
    ],
    ['¦9007199254740993', [['P110', '', '9007199254740993']]],
    ['{"a":"12345678901234567890"}', []],
  ])('%s', expectAt);

  test('that no integer can be are free where anything is', () => {
    const isFreeForm = (path: readonly PathSegment[]) => path[0] === 'free';
    const found = (text: string) => defectsOf(text, { isFreeForm }).map(({ path }) => path[0]);
    expect(found('{"free":1.7976931348623157e308,"bound":1.7976931348623157e308}')).toEqual(['bound']);
    // Written out again, this one would be an integer; the others are infinite or are integers already.
    expect(found('{"free":1.7e18}')).toEqual(['free']);
    expect(found('{"free":1e400}')).toEqual(['free']);
    expect(found('{"free":1234567890123456789012345}')).toEqual(['free']);
  });
});

describe('strings', () => {
  test.each<[string, readonly (readonly [string, string, string])[]]>([
    ['["\\t\\n\\r\\u0009\\u000A\\u000d\\u0020\\u007f\\\\u0000\\"\\/"]', []],
    ['["a¦\\u0000b\\u001b"]', [['P111', '0', '\\u0000']]],
    ['{"a":"é¦\\u001B[31m"}', [['P111', 'a', '\\u001B']]],
    [
      '["¦\\b","¦\\f"]',
      [
        ['P111', '0', '\\b'],
        ['P111', '1', '\\f'],
      ],
    ],
    ['{"a¦\\u0001":1}', [['P111', 'a\u0001', '\\u0001']]],
    ['["\\ud83d\\ude00","\\uD83D\\uDE00"]', []],
    [
      '["¦\\ud83d","x¦\\ude00","¦\\ud83d😀","¦\\ud83d\\n","¦\\ud83d\\ud83d\\ude00"]',
      ['\\ud83d', '\\ude00', '\\ud83d', '\\ud83d', '\\ud83d'].map((found, at) => ['P112', String(at), found] as const),
    ],
    [
      '["¦\\ude00 ¦\\u0007"]',
      [
        ['P112', '0', '\\ude00'],
        ['P111', '0', '\\u0007'],
      ],
    ],
    ['{"¦\\udc00":{"b":1}}', [['P112', '\udc00', '\\udc00']]],
  ])('%s', expectAt);

  test('say whether a NUL is among their control characters, and whether it is a name', () => {
    const found = defectsOf('{"a":"\\u001b","b":"\\u001b\\u0000","\\u0000":"\\ud800"}');
    expect(found.map(({ code, inName, hasNul }) => [code, inName, hasNul])).toEqual([
      ['SF-P111', false, false],
      ['SF-P111', false, true],
      ['SF-P111', true, true],
      ['SF-P112', false, false],
    ]);
  });
});

/** The paths of the strings of a value that fit. */
function pathsOf(value: unknown, fits: (text: string) => boolean, path: readonly PathSegment[] = []): string[] {
  if (typeof value === 'string') return fits(value) ? [JSON.stringify(path)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    ...(!Array.isArray(value) && fits(name) ? [JSON.stringify([...path, name])] : []),
    ...pathsOf(member, fits, [...path, Array.isArray(value) ? Number(name) : name]),
  ]);
}

const hasControl = (text: string) => [...text].some((each) => each < ' ' && !'\t\n\r'.includes(each));

test('what is found is what the value has, however it is written', () => {
  const piece = fc.constantFrom('a', 'é', '😀', '\ud83d', '\ude00', '\u0000', '\u001b', '\t', '\n', '"', '\\', '/');
  const strings = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      strings,
      fc.integer(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(strings, tie('value'), { maxKeys: 20 }),
    ),
  }));
  let defects = 0;
  fc.assert(
    fc.property(value, styles, (tree, style) => {
      const text = jsonText(tree, { ...style, repeats: 0 });
      const found = defectsOf(text);
      defects += found.length;
      const of = (wanted: string) =>
        found
          .filter(({ code }) => code === wanted)
          .map(({ path }) => JSON.stringify(path))
          .sort();
      expect(of('SF-P108')).toEqual([]);
      expect(of('SF-P110')).toEqual([]);
      // A name and a value of one path may both be at fault, so the paths are compared with their repetitions.
      expect(of('SF-P111')).toEqual(pathsOf(tree, hasControl).sort());
      expect(of('SF-P112')).toEqual(pathsOf(tree, (each) => !each.isWellFormed()).sort());
    }),
    { numRuns: 1500, seed: 108 },
  );
  expect(defects).toBeGreaterThan(1500);
});

test('a member that is repeated somewhere is always found', () => {
  const dice = new Dice(7);
  for (let round = 0; round < 300; round += 1) {
    const tree = {
      a: [{ b: 1, c: { d: [] } }],
      e: Object.fromEntries(Array.from({ length: dice.below(40) }, (_, at) => [`k${at}`, {}])),
    };
    const plain = jsonText(tree, { ...compact, seed: round, escapes: 20 });
    const text = jsonText(tree, { ...compact, seed: round, escapes: 20, repeats: 30 });
    const isLonger =
      text.replace(/\\u[0-9a-f]{4}|\\\//g, 'x').length > plain.replace(/\\u[0-9a-f]{4}|\\\//g, 'x').length;
    expect(defectsOf(text).some(({ code }) => code === 'SF-P108')).toBe(isLonger);
  }
});

test('a long text is walked once', () => {
  const text = `[${Array.from({ length: 200_000 }, (_, at) => `{"a":${at},"b":"x\\u00e9","c":[1,2]}`).join(',')}]`;
  expect(defectsOf(text)).toEqual([]);
});

test('many defects below one long name cost no more than their number', () => {
  const name = 'n'.repeat(1_000_000);
  const text = `{"${name}":[${'1e999,'.repeat(20_000)}1]}`;
  const defects = defectsOf(text);
  expect(defects).toHaveLength(20_000);
  expect(defects.at(-1)?.path).toEqual([name, 19_999]);
});
