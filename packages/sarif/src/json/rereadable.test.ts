import { expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import { ReadError } from './read-error.ts';
import { rereadable } from './rereadable.ts';

async function* reusing(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(8);
  for (const text of texts) yield memory.subarray(0, memory.write(text));
}

async function textOf(source: Awaited<ReturnType<typeof rereadable>>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(source)) chunks.push(copyOf(chunk));
  return new TextDecoder().decode(concatenate(chunks));
}

test('a stream can be read again, even if its sender reuses its memory', async () => {
  const source = await rereadable(reusing(['abc', 'def', 'g']));
  expect(await textOf(source)).toBe('abcdefg');
  expect(await textOf(source)).toBe('abcdefg');
});

test('what can be read again is left alone', async () => {
  const bytes = new Uint8Array(3);
  const blob = new Blob(['x']);
  const file = { stream: () => reusing(['x']) };
  expect(await rereadable(bytes)).toBe(bytes);
  expect(await rereadable(blob)).toBe(blob);
  expect(await rereadable(file)).toBe(file);
});

test('a stream that is too long for the memory is refused, with what to do', async () => {
  const refused = rereadable(reusing(['abc', 'def']), { limits: { maxSpoolBytes: 5 } });
  await expect(refused).rejects.toThrow(ReadError);
  await expect(rereadable(reusing(['abc', 'def']), { limits: { maxSpoolBytes: 5 } })).rejects.toThrow(
    /Give a file, a Blob/,
  );
});
