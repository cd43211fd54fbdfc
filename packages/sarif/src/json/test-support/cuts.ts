import fc from 'fast-check';

/** Where a text is cut into chunks: sizes that are used in turn. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constantFrom([1], [2], [7], [64 * 1024], [1, 2, 3], [5, 1, 11]),
  fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
);

/** The bytes in chunks of these sizes. All chunks share one memory, which is filled with rubbish before each is written. */
export async function* reusedChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(Math.max(...sizes) + 8);
  let turn = 0;
  for (let at = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    memory.fill(0x5d);
    // Another alignment each time, because places are computed four bytes at a time.
    const chunk = memory.subarray(turn % 8, (turn % 8) + Math.min(size, bytes.length - at));
    chunk.set(bytes.subarray(at, at + chunk.length));
    at += chunk.length;
    yield chunk;
  }
  memory.fill(0x5d);
}

/** A source that can be read twice, cut like this each time. */
export function reusedSource(bytes: Uint8Array, sizes: readonly number[]): { stream(): AsyncIterable<Uint8Array> } {
  return { stream: () => reusedChunks(bytes, sizes) };
}
