import { expect, test } from 'vitest';
import { indexJson, type JsonArray } from './index-json.ts';
import { type JsonElement, jsonElements } from './json-elements.ts';
import { ReadError } from './read-error.ts';

const source = new TextEncoder().encode('{"results":[{"a":1},\n{"a":LOW},{"a":3}]}');

async function read(keepBroken: boolean): Promise<JsonElement[]> {
  const { arrays } = await indexJson(source, { arrays: () => true });
  const elements: JsonElement[] = [];
  for await (const element of jsonElements(source, arrays[0] as JsonArray, { keepBroken })) elements.push(element);
  return elements;
}

test('an element that is not JSON ends the reading', async () => {
  await expect(read(false)).rejects.toMatchObject({ code: 'SF-P105', completeElements: 1 });
});

test('where such elements are kept, the others are read too', async () => {
  const [first, broken, last] = await read(true);
  expect([first?.value, last?.value]).toEqual([{ a: 1 }, { a: 3 }]);
  expect([first?.error, last?.error]).toEqual([undefined, undefined]);
  expect(broken).toMatchObject({ index: 1, value: undefined });
  expect(broken?.error).toBeInstanceOf(ReadError);
  expect(broken?.error?.diagnostic).toMatchObject({ pointer: '/results/1/a', place: { line: 2, column: 6 } });
});
