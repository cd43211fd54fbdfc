import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineTracker } from './line-tracker.ts';
import { cuts } from './test-support/cuts.ts';
import { placeOf } from './test-support/place-of.ts';

const encoder = new TextEncoder();

test('places are those of the text, at any cut and any alignment', () => {
  const texts = fc.array(
    fc.constantFrom('a', '\n', '\r\n', 'é', '漢', '😀', '\u0000', '\t', '\u007f', 'abcdefgh', '\ufeff', '\u2028'),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(texts, cuts, fc.integer({ min: 0, max: 7 }), (parts, sizes, alignment) => {
      const text = parts.join('');
      const encoded = encoder.encode(text);
      const bytes = new Uint8Array(encoded.length + alignment).subarray(alignment);
      bytes.set(encoded);
      const lines = new LineTracker();
      let at = 0;
      for (let turn = 0; at < bytes.length; turn += 1) {
        const chunk = bytes.subarray(at, at + (sizes[turn % sizes.length] as number));
        for (let index = 0; index <= chunk.length; index += 1) {
          const isInside = ((bytes[at + index] ?? 0) & 0xc0) === 0x80;
          if (!isInside) expect(lines.placeIn(chunk, index)).toEqual(placeOf(text, at + index));
        }
        lines.advance(chunk);
        at += chunk.length;
      }
      expect(lines.place).toEqual(placeOf(text, bytes.length));
    }),
    { numRuns: 400, seed: 15 },
  );
});
