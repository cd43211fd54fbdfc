import { expect, test } from 'vitest';
import { readHead } from './head.ts';

async function* reusing(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(8);
  for (const text of texts) yield memory.subarray(0, memory.write(text));
}

test('the head is at most as long as asked, from every kind of source', async () => {
  expect(await readHead(new Uint8Array(10), 4)).toHaveLength(4);
  expect(await readHead(new Blob(['0123456789']), 4)).toHaveLength(4);
  expect(await readHead({ stream: () => reusing(['012', '345', '678']) }, 4)).toEqual(new TextEncoder().encode('0123'));
  expect(await readHead({ stream: () => new Blob(['0123']).stream() }, 9)).toHaveLength(4);
});
