import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexJson, type JsonArray, type JsonIndex } from './index-json.ts';
import { jsonElements } from './json-elements.ts';
import { type PathSegment, pointerOf, segmentsOf } from './pointer.ts';
import { ReadError } from './read-error.ts';
import type { Source } from './source.ts';
import { cuts, reusedChunks, reusedSource } from './test-support/cuts.ts';
import { Dice } from './test-support/dice.ts';
import { compact, jsonText, styles } from './test-support/json-text.ts';
import { placeOf } from './test-support/place-of.ts';

const encoder = new TextEncoder();
const runs = { numRuns: 1200, seed: 20_211 };

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('', '"', '\\', '[', ']', '{', '}', ',', ':', 'é', '😀', '\ufeff', '\ud800', '\u2028', '\0'),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(
        fc.tuple(
          fc.oneof(
            fc.constantFrom('a', 'b', 'runs', 'results', '__proto__', 'constructor', 'a/b~c', ''),
            fc.string({ maxLength: 4 }),
          ),
          tie('value'),
        ),
        { maxLength: 5 },
      )
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** The document again, from what the index kept and the elements it left out. */
async function rebuilt(source: Source, index: JsonIndex): Promise<unknown> {
  let root = index.root;
  for (const array of index.arrays) {
    const elements: unknown[] = [];
    for await (const element of jsonElements(source, array)) elements.push(element.value);
    expect(elements).toHaveLength(array.count);
    root = replaced(root, array.path, elements);
  }
  return root;
}

function replaced(root: unknown, path: readonly PathSegment[], elements: unknown[]): unknown {
  if (path.length === 0) return elements;
  let holder = root as Record<PathSegment, unknown>;
  for (const segment of path.slice(0, -1)) {
    expect(Object.hasOwn(holder, segment)).toBe(true);
    holder = holder[segment] as Record<PathSegment, unknown>;
  }
  const last = path.at(-1) as PathSegment;
  expect(Object.hasOwn(holder, last)).toBe(true);
  Object.defineProperty(holder, last, { value: elements, configurable: true, enumerable: true, writable: true });
  return root;
}

/** Leaves out about half of the arrays; which ones, their path alone decides. */
function someArrays(seed: number): (path: readonly PathSegment[]) => boolean {
  return (path) => {
    let hash = seed;
    for (const unit of pointerOf(path)) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
    return new Dice(hash).chance(50);
  };
}

describe('index and elements together', () => {
  test('give back any document, however it is written and cut', async () => {
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(values, styles, cuts, fc.nat(), fc.nat({ max: 5 }), async (value, style, sizes, seed, depth) => {
        const text = (seed % 5 === 0 ? '\ufeff' : '') + jsonText(value, style);
        const source = reusedSource(encoder.encode(text), sizes);
        const index = await indexJson(source, { arrays: someArrays(seed), depth });
        leftOut += index.arrays.length;
        expect(await rebuilt(source, index)).toEqual(JSON.parse(text.replace(/^\ufeff/, '')));
        expect(index.byteLength).toBe(encoder.encode(text).length);
        expect(index.byteOrderMark).toBe(seed % 5 === 0);
      }),
      runs,
    );
    expect(leftOut).toBeGreaterThan(runs.numRuns / 2);
  });

  test('give each element its own bytes, and the place where they stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(values, { minLength: 1, maxLength: 12 }),
        styles,
        cuts,
        async (elements, style, sizes) => {
          const text = jsonText({ é: 1, list: elements }, { ...style, repeats: 0 });
          const bytes = encoder.encode(text);
          const index = await indexJson(bytes, { arrays: (path) => path[0] === 'list' });
          const array = index.arrays[0] as JsonArray;
          expect(bytes.subarray(array.start - 1, array.start)).toEqual(encoder.encode('['));
          expect(bytes.subarray(array.end, array.end + 1)).toEqual(encoder.encode(']'));
          expect(array.place).toEqual(placeOf(text, array.start));
          let count = 0;
          for await (const { index: position, byteOffset, bytes: own, value, placeAt } of jsonElements(
            reusedSource(bytes, sizes),
            array,
          )) {
            expect(position).toBe(count);
            expect(own).toEqual(bytes.subarray(byteOffset, byteOffset + own.length));
            expect(JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(own))).toEqual(value);
            expect(placeAt(0)).toEqual(placeOf(text, byteOffset));
            expect(placeAt(own.length)).toEqual(placeOf(text, byteOffset + own.length));
            count += 1;
          }
        },
      ),
      { ...runs, numRuns: 400 },
    );
  });

  test('say where each value stands that was kept', async () => {
    await fc.assert(
      fc.asyncProperty(values, styles, cuts, fc.nat(), async (value, style, sizes, seed) => {
        const text = jsonText({ kept: value, list: [1, 'é\n', [2]], after: value }, { ...style, repeats: 0 });
        const arrays = (path: readonly PathSegment[]) =>
          path[0] === 'list' || (path.length > 1 && someArrays(seed)(path));
        const index = await indexJson(reusedChunks(encoder.encode(text), sizes), { arrays, depth: 2 });
        const bytes = encoder.encode(text);
        for (const pointer of ['', '/kept', '/after', '/list']) {
          const { byteOffset, ...lineAndColumn } = index.placeOf(pointer);
          expect({ byteOffset, ...lineAndColumn }).toEqual(placeOf(text, byteOffset));
          const whole = pointer === '' ? JSON.parse(text) : JSON.parse(text)[segmentsOf(pointer)[0] as string];
          const rest = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(byteOffset));
          expect(firstValue(rest)).toEqual(whole);
        }
      }),
      { ...runs, numRuns: 300 },
    );
  });

  test('go through nesting as deep as it is allowed, and no deeper', async () => {
    for (const limit of [1, 2, 3, 5, 6, 200, 1000]) {
      for (const nested of [limit, limit + 1]) {
        const text = `${'['.repeat(nested)}${']'.repeat(nested)}`;
        for (const leaveOut of [false, true]) {
          const options = {
            arrays: ({ length }: readonly PathSegment[]) => leaveOut && length === 1,
            limits: { maxDepth: limit },
          };
          const read = indexJson(reusedChunks(encoder.encode(text), [3]), options);
          if (nested === limit) {
            const { arrays } = await read;
            expect(arrays).toHaveLength(leaveOut && limit > 1 ? 1 : 0);
          } else {
            await expect(read).rejects.toMatchObject({
              code: 'SF-P109',
              message: `Arrays and objects are nested deeper than ${limit} levels.`,
              diagnostic: { place: { byteOffset: limit, line: 1, column: limit + 1 } },
            });
          }
        }
      }
    }
  });
});

describe('repeated members', () => {
  test('count by their last occurrence, at any cut', async () => {
    const texts = [
      '{"list":[1,2],"list":[3]}',
      '{"list":[1,2],"list":null}',
      '{"list":null,"l\\u0069st":[1,2]}',
      '{"a":{"list":[1]},"a":{"b":2}}',
      '{"a":{"list":[1]},"a":{"list":[2,3]},"a":[4]}',
      '{"a":[{"list":[1]},{"list":[2]}],"a":[{"list":[3]}]}',
    ];
    for (const text of texts) {
      for (const size of [1, 2, 7, 1000]) {
        const source = reusedSource(encoder.encode(text), [size]);
        const index = await indexJson(source, { arrays: (path) => path.at(-1) === 'list' });
        expect(await rebuilt(source, index)).toEqual(JSON.parse(text));
        expect(index.duplicates.length).toBeGreaterThan(0);
      }
    }
  });

  test('are told with the place of the name that repeats, at any cut', async () => {
    const text = '{"é":1,\n "😀é": {"x":1, "y":2},"\\u00e9" :2, "a": {"x":1,"x":[]}}';
    for (let size = 1; size < 40; size += 1) {
      const { duplicates } = await indexJson(reusedChunks(encoder.encode(text), [size]), { arrays: () => false });
      expect(duplicates).toEqual([
        { pointer: '/é', place: placeOf(text, encoder.encode(text.slice(0, text.indexOf('"\\u00e9"'))).length) },
        { pointer: '/a/x', place: placeOf(text, encoder.encode(text.slice(0, text.lastIndexOf('"x"'))).length) },
      ]);
    }
  });

  test('of any kind of name are data', async () => {
    const text = '{"__proto__":{"list":[1]},"constructor":[2],"toString":{"__proto__":3}}';
    const source = encoder.encode(text);
    const index = await indexJson(source, { arrays: (path) => path.at(-1) === 'list' });
    expect(JSON.stringify(index.root)).toBe(text.replace('[1]', '[]'));
    expect(index.arrays).toMatchObject([{ pointer: '/__proto__/list', count: 1 }]);
    expect(({} as { list?: unknown }).list).toBeUndefined();
  });
});

describe('arrays that are not JSON', () => {
  const read = async (text: string, size: number) => {
    const source = reusedSource(encoder.encode(text), [size]);
    const { arrays } = await indexJson(source, { arrays: (path) => path[0] === 'list' });
    const elements: unknown[] = [];
    for await (const { value } of jsonElements(source, arrays[0] as JsonArray)) elements.push(value);
    return elements;
  };

  test.each<[string, string, number, string, string]>([
    ['{"list":[{"a":1} {"b":2}]}', 'SF-P105', 17, '/list/1', "Expected ',' or ']', found '{'."],
    ['{"list":[{"a":1},{"b":2}{"c":3}]}', 'SF-P105', 24, '/list/2', "Expected ',' or ']', found '{'."],
    ['{"list":[{"a":1}x]}', 'SF-P105', 16, '/list/1', "Expected ',' or ']', found 'x'."],
    ['{"list":["a""b"]}', 'SF-P105', 12, '/list/1', "Expected ',' or ']', found '\"'."],
    ['{"list":[1 2]}', 'SF-P105', 11, '/list/1', "Expected ',' or ']', found '2'."],
    ['{"list":[tru"e"]}', 'SF-P105', 12, '/list/0', "Expected ',' or ']', found '\"'."],
    ['{"list":[x{"a":[1,2]}]}', 'SF-P105', 10, '/list/0', "Expected ',' or ']', found '{'."],
    ['{"list":[:]}', 'SF-P105', 9, '/list/0', "Expected a value, found ':'."],
    ['{"list":[nul,1]}', 'SF-P105', 9, '/list/0', "'nul' is no JSON value."],
    ['{"list":[1.,2]}', 'SF-P105', 9, '/list/0', "'1.' is no JSON number."],
    ['{"list":[1,,2]}', 'SF-P105', 11, '/list/1', "Expected a value, found ','."],
    ['{"list":[,1]}', 'SF-P105', 9, '/list/0', "Expected a value, found ','."],
    [
      '{"list":[1,]}',
      'SF-P114',
      11,
      '/list',
      'A comma stands before the closing bracket. JSON has no trailing commas. Remove it.',
    ],
    ['{"list":[{"a":1}}', 'SF-P105', 16, '/list/0', "Expected ',' or ']', found '}'."],
    [
      '{"list":[{"a":1,}]}',
      'SF-P114',
      16,
      '/list/0',
      'A comma stands before the closing bracket. JSON has no trailing commas. Remove it.',
    ],
    [
      '{"list":[1, // one\n2]}',
      'SF-P114',
      12,
      '/list/1',
      "Expected a value, found '/': JSON has no comments. Remove it.",
    ],
    [
      '{"list":[1 // one, or\n,2]}',
      'SF-P114',
      11,
      '/list/1',
      "Expected ',' or ']', found '/': JSON has no comments. Remove it.",
    ],
    ['{"list":[\u00011]}', 'SF-P105', 9, '/list/0', 'Expected a value, found the byte 0x01.'],
    ['{"list":[\u0001]}', 'SF-P105', 9, '/list/0', 'Expected a value, found the byte 0x01.'],
    ['{"list":[{},\u0001{}]}', 'SF-P105', 12, '/list/1', 'Expected a value, found the byte 0x01.'],
    ['{"list":[{}\u0001,{}]}', 'SF-P105', 11, '/list/1', "Expected ',' or ']', found the byte 0x01."],
  ])('%j', async (text, code, byteOffset, pointer, message) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    for (const size of [1, 2, 7, 65_536]) {
      const error = await read(text, size).then(
        (elements) => expect.fail(`read as ${JSON.stringify(elements)}`),
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ReadError);
      expect((error as ReadError).diagnostic).toEqual({
        ruleId: code,
        level: 'error',
        message,
        pointer,
        place: { byteOffset, line: 1, column: byteOffset + 1 },
      });
    }
  });

  test('are refused whenever the native parser refuses them', async () => {
    const alphabet = [
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '-',
      'e',
      '.',
      'null',
      'tru',
      ' ',
      '\n',
      '\\',
      '\u0001',
      'é',
      "'",
      '/',
    ];
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...alphabet), { maxLength: 9 }), cuts, async (parts, sizes) => {
        const text = `{"list":[${parts.join('')}]}`;
        let expected: unknown;
        try {
          expected = (JSON.parse(text) as { list: unknown }).list;
          valid += 1;
        } catch {
          await expect(read(text, sizes[0] as number)).rejects.toThrow(ReadError);
          return;
        }
        expect(await read(text, sizes[0] as number)).toEqual(expected);
      }),
      { numRuns: 4000, seed: 7 },
    );
    expect(valid).toBeGreaterThan(100);
  });
});

test('elements of a source that changed in the meantime are an error', async () => {
  const { arrays } = await indexJson(encoder.encode('[1,2,3]'), { arrays: () => true });
  const array = arrays[0] as JsonArray;
  const changed = async (text: string) => {
    for await (const _ of jsonElements(encoder.encode(text), array));
  };
  await expect(changed('[1,2')).rejects.toThrow('The source changed while it was read');
  await expect(changed('[12345]')).rejects.toThrow('The source changed while it was read');
});

test('a source that can skip is asked for what it needs only, and closed when reading ends early', async () => {
  const bytes = encoder.encode(jsonText({ head: 'x'.repeat(100), list: [1, 2, 3, 4, 5, 6] }, compact));
  let closed = 0;
  const asked: number[] = [];
  const source = {
    stream: () => source.streamFrom(0),
    async *streamFrom(byteOffset: number) {
      asked.push(byteOffset);
      try {
        yield* reusedChunks(bytes.subarray(byteOffset), [4]);
      } finally {
        closed += 1;
      }
    },
  };
  const { arrays } = await indexJson(source, { arrays: () => true });
  for await (const { index } of jsonElements(source, arrays[0] as JsonArray)) if (index === 2) break;
  expect(asked).toEqual([0, arrays[0]?.start]);
  expect(closed).toBe(2);
});

/** The JSON value that a text starts with. */
function firstValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1]);
    return JSON.parse(text.slice(0, position));
  }
}
