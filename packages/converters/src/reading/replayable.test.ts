import { ReadError } from '@sariflow/sarif';
import { expect, test } from 'vitest';
import { readHead } from './head.ts';
import { replayable } from './replayable.ts';

async function* reusing(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(8);
  for (const text of texts) yield memory.subarray(0, memory.write(text));
}

const textOf = async (source: Awaited<ReturnType<typeof replayable>>) =>
  new TextDecoder().decode(await readHead(source, 100));

test('a stream can be read again, even if its sender reuses its memory', async () => {
  const source = await replayable(reusing(['abc', 'def', 'g']));
  expect(await textOf(source)).toBe('abcdefg');
  expect(await textOf(source)).toBe('abcdefg');
});

test('what can be read again is left alone', async () => {
  const bytes = new Uint8Array(3);
  const blob = new Blob(['x']);
  const file = { stream: () => reusing(['x']) };
  expect(await replayable(bytes)).toBe(bytes);
  expect(await replayable(blob)).toBe(blob);
  expect(await replayable(file)).toBe(file);
});

test('a stream that is too long for the memory is refused, with what to do', async () => {
  const refused = replayable(reusing(['abc', 'def']), { limits: { maxSpoolBytes: 5 } });
  await expect(refused).rejects.toThrow(ReadError);
  await expect(replayable(reusing(['abc', 'def']), { limits: { maxSpoolBytes: 5 } })).rejects.toThrow(
    /Save it to a file/,
  );
});

test('the head is at most as long as asked, from every kind of source', async () => {
  expect(await readHead(new Uint8Array(10), 4)).toHaveLength(4);
  expect(await readHead(new Blob(['0123456789']), 4)).toHaveLength(4);
  expect(await readHead({ stream: () => reusing(['012', '345', '678']) }, 4)).toEqual(new TextEncoder().encode('0123'));
  expect(await readHead({ stream: () => new Blob(['0123']).stream() }, 9)).toHaveLength(4);
});
