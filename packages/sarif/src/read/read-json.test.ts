import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as plain from '../json/index-json.ts';
import { type JsonElement, jsonElements as plainElements } from '../json/json-elements.ts';
import type { Source } from '../json/source.ts';
import { indexJson, jsonElements } from './read-json.ts';

const encoder = new TextEncoder();

const awkward = fc.constantFrom('', '"', '\\', '\\"', ']', '{', 'größe', '模型', '\u{1f600}', 'a'.repeat(90));
/** Without a backslash at the end: the native parser of some versions takes such a name for another one. */
const names = awkward.filter((text) => !text.includes('\\'));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    awkward,
    fc.constantFrom(null, true, -1.5e3, 0),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  ),
})).value;

interface Seen {
  readonly index: number;
  readonly byteOffset: number;
  readonly bytes: string;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly place: unknown;
}

async function seen(elements: AsyncIterable<JsonElement>): Promise<Seen[]> {
  const all: Seen[] = [];
  for await (const { index, byteOffset, bytes, value, error, placeAt } of elements) {
    const text = new TextDecoder().decode(bytes);
    all.push({ index, byteOffset, bytes: text, value, error: error?.message, place: placeAt(bytes.length) });
  }
  return all;
}

function inPieces(bytes: Uint8Array, sizes: readonly number[]): Source {
  return {
    stream: async function* () {
      let at = 0;
      for (let turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] as number;
        yield bytes.slice(at, at + size);
        at += size;
      }
    },
  };
}

describe('the quick reader says the same as the plain one', () => {
  test('of any elements, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(values, { maxLength: 12 }),
        fc.constantFrom(0, 1),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
        async (elements, spaces, sizes) => {
          const source = inPieces(encoder.encode(JSON.stringify({ elements }, null, spaces)), sizes);
          const options = { arrays: () => true };
          const [[array]] = [(await indexJson(source, options)).arrays];
          expect(array).toEqual((await plain.indexJson(source, options)).arrays[0]);
          if (array === undefined) throw new Error('There is no array.');
          const read = await seen(jsonElements(source, array));
          expect(read.map(({ value }) => value)).toEqual(elements);
          expect(read).toEqual(await seen(plainElements(source, array)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('of elements that are longer than what is looked at at once', async () => {
    const long = { text: `${'x'.repeat(300_000)}"]}`, list: Array.from({ length: 50_000 }, (_, at) => ({ at })) };
    const elements = [long, 'y'.repeat(200_000), 1, [long], {}];
    const source = encoder.encode(JSON.stringify({ elements }));
    const [array] = (await indexJson(source, { arrays: () => true })).arrays;
    if (array === undefined) throw new Error('There is no array.');
    const read = await seen(jsonElements(source, array));
    expect(read.map(({ value }) => value)).toEqual(elements);
    expect(read).toEqual(await seen(plainElements(source, array)));
  });

  test('of an element that is no JSON', async () => {
    const source = encoder.encode('{"elements":[{"a":1},\n{"a":LOW},{"a":3}]}');
    const [array] = (await indexJson(source, { arrays: () => true })).arrays;
    if (array === undefined) throw new Error('There is no array.');
    const read = await seen(jsonElements(source, array, { keepBroken: true }));
    expect(read.map(({ error }) => error === undefined)).toEqual([true, false, true]);
    expect(read).toEqual(await seen(plainElements(source, array, { keepBroken: true })));
  });
});
