import { describe, expect, test } from 'vitest';
import { converters } from '../registry.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';

/** Bytes as files are read: in buffers of Node.js, whose `slice` is no copy, and which are filled anew for each chunk. */
async function* chunks(bytes: Uint8Array, offset: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(97);
  for (let at = offset; at < bytes.length; at += buffer.length) {
    const length = Math.min(buffer.length, bytes.length - at);
    buffer.set(bytes.subarray(at, at + length));
    yield buffer.subarray(0, length);
    buffer.fill(0x23);
  }
}

const tools = converters.map(({ id }) => id);

describe.each(tools)('%s', (tool) => {
  test.each(samplesIn(`converters/${tool}`))('$name is the same from memory that is used again', async (sample) => {
    const { input, options } = sample;
    const file = { stream: () => chunks(input, 0), streamFrom: (offset: number) => chunks(input, offset) };
    const [fromFile, fromMemory] = [await convertToLog(file, options), await convertToLog(input, options)];
    expect(fromFile).toEqual(fromMemory);
  });
});
