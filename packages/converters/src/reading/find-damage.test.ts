import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDamage, placesOf } from './find-damage.ts';
import { mendedSource } from './mended-source.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const isResults = (path: readonly unknown[]) => path.join('/') === 'results';

async function textOf(source: { stream(): AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> }): Promise<string> {
  let text = '';
  for await (const chunk of source.stream() as AsyncIterable<Uint8Array>) text += new TextDecoder().decode(chunk);
  return text;
}

/** What is read in place of a text. */
async function mended(text: string): Promise<string> {
  const bytes = bytesOf(text);
  return textOf(mendedSource(bytes, await findDamage(bytes, isResults, undefined)));
}

describe('what is not JSON is blanked out, and nothing moves', () => {
  test.each([
    ['a bare word', '{"results":[{"a":LOW},{"a":2}],"b":1}', '{"results":[0        ,{"a":2}],"b":1}'],
    ['a quotation mark too few', '{"results":[{"a":"x},{"a":2}]}', '{"results":[0       ,{"a":2}]}'],
    ['a bracket too few', '{"results":[{"a":{"b":1},{"a":2}]}', '{"results":[0           ,{"a":2}]}'],
    ['a bracket too many', '{"results":[{"a":1}},{"a":2}]}', '{"results":[{"a":1}, {"a":2}]}'],
    ['a broken last one', '{"results":[{"a":1},{"a":x}],"b":1}', '{"results":[{"a":1},0      ],"b":1}'],
    ['a missing comma', '{"results":[{"a":1} {"a":2}]}', '{"results":[{"a":1},{"a":2}]}'],
    ['a comma too many', '{"results":[{"a":1},,{"a":2}]}', '{"results":[{"a":1}, {"a":2}]}'],
    ['a trailing comma', '{"results":[{"a":1},]}', '{"results":[{"a":1} ]}'],
    ['something in between', '{"results":[{"a":1}x{"a":2}]}', '{"results":[{"a":1},{"a":2}]}'],
    ['a line break in a string', '{"results":[{"a":"1\n2"},{"a":2}]}', '{"results":[0      \n   ,{"a":2}]}'],
    ['two in a row', '{"results":[{"a":1},{"a":x},{"a":y},{"a":2}]}', '{"results":[{"a":1},0      ,0      ,{"a":2}]}'],
    ['a bracket that closes the array', '{"results":[{"a":1}],{"a":2}],"b":1}', '{"results":[{"a":1}, {"a":2}],"b":1}'],
  ])('%s', async (_, text, expected) => {
    const after = await mended(text);
    expect(after).toBe(expected);
    expect(() => JSON.parse(after) as unknown).not.toThrow();
    expect(after.length).toBe(text.length);
  });

  test('objects inside a finding are not taken for findings', async () => {
    const inner = '{"a":1},{"a":2}';
    const text = `{"results":[{"a":{"list":[${inner}],"b":x}},{"a":3}],"b":1}`;
    expect(JSON.parse(await mended(text))).toEqual({ results: [0, { a: 3 }], b: 1 });
  });

  test('a document that cannot be made out from some place on is cut there', async () => {
    const damage = await findDamage(bytesOf('{"results":[{"a":1}],"b":x,"c":1}'), isResults, undefined);
    expect(damage).toMatchObject({ gaps: [], cut: { byteOffset: 25 } });
  });

  test('a member that an element has twice is told, and one in an object inside of it is not', async () => {
    const text = '{"results":[{"a":1,"b":{"c":1,"c":2}},{"a":1,"b":2,"a":3,"b":4},{"a":1}],"b":{"d":1,"d":2}}';
    const { gaps, repeats } = await findDamage(bytesOf(text), isResults, undefined);
    expect(gaps).toEqual([]);
    expect(repeats.map(({ byteOffset }) => byteOffset)).toEqual([text.indexOf('"a":3') + 2]);
  });

  test('what is JSON has no damage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const damage = await findDamage(bytesOf(JSON.stringify({ results: [value], b: value })), isResults, undefined);
        expect(damage).toEqual({ gaps: [], cut: undefined, repeats: [] });
      }),
    );
  });

  test('what the native parser refuses is found, and what is left it accepts', async () => {
    const text = JSON.stringify({
      a: [1, { b: 'x' }],
      results: Array.from({ length: 5 }, (_, id) => ({ id, text: 'a "b" [c] {d}', list: [{ id: 1 }, { id: 2 }] })),
      end: true,
    });
    const start = text.indexOf('[{"id":0') + 1;
    const end = text.indexOf('],"end"');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start, max: end - 1 }),
        fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', 'x', ''),
        async (at, put) => {
          const changed = text.slice(0, at) + put + text.slice(at + 1);
          const { results, end: isThere } = JSON.parse(await mended(changed)) as { results: unknown[]; end: boolean };
          expect(isThere).toBe(true);
          const whole = results.filter((value) => typeof value === 'object').length;
          expect(whole).toBeGreaterThanOrEqual(3);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('however the bytes are cut, the same is blanked out', async () => {
  const text = '{"results":[{"a":LOW},{"a":2},{"a":"x},{"a":3}],"b":1}';
  for (const size of [1, 2, 3, 7, 100]) {
    const source = {
      async *stream() {
        for (let at = 0; at < text.length; at += size) yield bytesOf(text.slice(at, at + size));
      },
    };
    const damage = await findDamage(source, isResults, undefined);
    expect(await textOf(mendedSource(source, damage))).toBe(await mended(text));
    const rest = mendedSource(source, damage).streamFrom?.(30) as AsyncIterable<Uint8Array>;
    expect(await textOf({ stream: () => rest })).toBe((await mended(text)).slice(30));
  }
});

test('lines and columns count UTF-16 code units', async () => {
  const text = 'a\nä😀b';
  const places = await placesOf(bytesOf(text), [0, 2, 8]);
  expect([...places.values()]).toEqual([
    { byteOffset: 0, line: 1, column: 1 },
    { byteOffset: 2, line: 2, column: 1 },
    { byteOffset: 8, line: 2, column: 4 },
  ]);
});
