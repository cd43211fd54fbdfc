import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';
import { concatenate } from './concatenate.ts';
import { inflated } from './inflated.ts';
import { defaultLimits } from './limits.ts';
import { ReadError } from './read-error.ts';
import type { Source } from './source.ts';
import { reusedSource } from './test-support/cuts.ts';

async function bytesOf(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunksOf(source)) parts.push(chunk.slice());
  return concatenate(parts);
}

const content = new TextEncoder().encode(
  JSON.stringify({ a: Array.from({ length: 400 }, (_, at) => `é${at * 7919}`) }),
);
const packed = new Uint8Array(gzipSync(content));

test('the content comes out as often as it is asked for, however the input is cut', async () => {
  for (const size of [1, 7, 4096, packed.length]) {
    const source = inflated(reusedSource(packed, [size]), defaultLimits);
    for (let time = 0; time < 2; time += 1) expect(await bytesOf(source)).toEqual(content);
  }
  expect(await bytesOf(inflated(packed, defaultLimits))).toEqual(content);
});

test('damage is an error of the input, wherever it is', async () => {
  const wrongChecksum = packed.with(-6, (packed.at(-6) ?? 0) ^ 0xff);
  const damaged = [packed.subarray(0, 2), packed.subarray(0, 20), packed.subarray(0, -1), wrongChecksum];
  for (const bytes of damaged) {
    const error = await bytesOf(inflated(bytes, defaultLimits)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReadError);
    expect(error).toMatchObject({
      code: 'SF-P116',
      message: expect.stringContaining('damaged or incomplete'),
      diagnostic: { place: { byteOffset: 0 } },
    });
  }
});

test('an error of the source stays what it is', async () => {
  const broken = {
    async *stream() {
      yield packed.subarray(0, 100);
      throw new RangeError('The disk is gone.');
    },
  };
  await expect(bytesOf(inflated(broken, defaultLimits))).rejects.toThrow(new RangeError('The disk is gone.'));
});

test('content that grows beyond all measure is refused before it is all there', async () => {
  const zeros = new Uint8Array(80 * 2 ** 20);
  const bomb = new Uint8Array(gzipSync(zeros));
  let bytes = 0;
  const read = async () => {
    for await (const chunk of chunksOf(inflated(bomb, defaultLimits))) bytes += chunk.length;
  };
  await expect(read()).rejects.toMatchObject({ code: 'SF-P116', message: expect.stringContaining('200 times') });
  expect(bytes).toBeLessThan(66 * 2 ** 20);
  // Whoever trusts the input can allow it.
  const all = inflated(bomb, { ...defaultLimits, maxInflateRatio: 5000 });
  expect((await bytesOf(all)).length).toBe(zeros.length);
});

test('reading can end early', async () => {
  for await (const chunk of chunksOf(inflated(reusedSource(packed, [64]), defaultLimits))) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
});
