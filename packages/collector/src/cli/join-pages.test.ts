import { expect, test } from 'vitest';
import type { FileSource } from '../input/file-source.ts';
import type { Input } from '../input/input.ts';
import { joinPages } from './join-pages.ts';
import type { Services } from './services.ts';

const disposed: string[] = [];

function inputOf(path: string, value: unknown): Input {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const source: FileSource = {
    size: bytes.length,
    async *stream() {
      yield bytes;
    },
    async *streamFrom(byteOffset) {
      yield bytes.subarray(byteOffset);
    },
    readAt: async (byteOffset, length) => bytes.subarray(byteOffset, byteOffset + length),
  };
  const dispose = async () => void disposed.push(path);
  return { path, origin: 'file', named: true, source, [Symbol.asyncDispose]: dispose };
}

const issue = { project: 'p', rule: 'r', component: 'p:a', message: 'm' };
const page = (pageIndex: number, total = 5) =>
  inputOf(`${total}/${pageIndex}`, { paging: { pageIndex, pageSize: 2, total }, issues: [issue] });

async function* each(inputs: readonly Input[]): AsyncGenerator<Input> {
  yield* inputs;
}

const services = { conversation: { info: () => {} } } as unknown as Pick<Services, 'conversation'>;

async function joined(inputs: readonly Input[], from: 'auto' | 'snyk' = 'auto'): Promise<Input[]> {
  const all: Input[] = [];
  for await (const input of joinPages(each(inputs), from, services)) all.push(input);
  return all;
}

const pathsOf = (inputs: readonly Input[]) => inputs.map(({ path, pages }) => pages?.map((each) => each.path) ?? path);

test('pages in any order and between others, as soon as all are there', async () => {
  const other = inputOf('other', { results: [] });
  const inputs = await joined([page(3), page(1, 4), other, page(2), page(1), page(2, 4), page(9, 99)]);
  expect(pathsOf(inputs)).toEqual(['other', ['5/1', '5/2', '5/3'], ['4/1', '4/2'], '99/9']);
});

test('a joined input is an array of its pages, at any place, and goes with them', async () => {
  const [input] = await joined([page(1, 4), page(2, 4)]);
  const { source } = input as Input;
  const text = new TextDecoder().decode(await source.readAt(0, 10_000));
  expect(JSON.parse(text)).toMatchObject([{ paging: { pageIndex: 1 } }, { paging: { pageIndex: 2 } }]);
  expect(source.size).toBe(text.length);
  expect(new TextDecoder().decode(await source.readAt(10, 7))).toBe(text.slice(10, 17));
  disposed.length = 0;
  await input?.[Symbol.asyncDispose]();
  expect(disposed).toEqual(['4/1', '4/2']);
});

test('pages of another format than the one that was asked for stay as they are', async () => {
  expect(pathsOf(await joined([page(1, 4), page(2, 4)], 'snyk'))).toEqual(['4/1', '4/2']);
});

test('pages that wait are released when nobody wants them any more', async () => {
  disposed.length = 0;
  for await (const _ of joinPages(each([page(1), inputOf('other', {})]), 'auto', services)) break;
  expect(disposed).toEqual(['5/1']);
});
