import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Place } from '../diagnostics/diagnostic.ts';
import { chunksOf } from './chunks.ts';
import { concatenate } from './concatenate.ts';
import { cuts, reusedSource } from './test-support/cuts.ts';
import { placeOf } from './test-support/place-of.ts';
import { wellFormedUtf8 } from './well-formed-utf-8.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const bytesOfInterest = [
  0x0a, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1,
  0xf4, 0xf5, 0xff,
];

test('any bytes become what decoders of the web make of them, and each replacement is told with its place', async () => {
  let told = 0;
  let untouched = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...bytesOfInterest), { maxLength: 24 }), cuts, async (values, sizes) => {
      const bytes = new Uint8Array(values);
      const places: Place[] = [];
      const source = wellFormedUtf8(reusedSource(bytes, sizes), (byte, place) => {
        expect(values).toContain(byte);
        places.push(place);
      });
      const expected = decoder.decode(bytes);
      for (let time = 0; time < 2; time += 1) {
        const parts: Uint8Array[] = [];
        for await (const chunk of chunksOf(source)) parts.push(chunk.slice());
        expect(decoder.decode(concatenate(parts))).toBe(expected);
      }
      // Told once, however often the bytes are asked for.
      expect(places).toHaveLength(expected.split('\ufffd').length - 1);
      for (const place of places) expect(place).toEqual(placeOf(expected, place.byteOffset));
      told += places.length;
      if (places.length === 0) untouched += 1;
    }),
    { numRuns: 2500, seed: 104 },
  );
  expect(told).toBeGreaterThan(5000);
  expect(untouched).toBeGreaterThan(50);
});

test('a replacement character that stands in the input is no defect', async () => {
  const source = wellFormedUtf8(new TextEncoder().encode('a\ufffdb'), () => expect.fail('told'));
  const parts: Uint8Array[] = [];
  for await (const chunk of chunksOf(source)) parts.push(chunk);
  expect(decoder.decode(concatenate(parts))).toBe('a\ufffdb');
});
