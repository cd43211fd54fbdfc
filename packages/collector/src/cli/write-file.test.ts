import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLargePieces } from './write-file.ts';

test('short chunks travel together, long ones alone, and no byte is lost or moved', async () => {
  const length = fc.oneof(fc.nat(2000), fc.integer({ min: 100_000, max: 300_000 }));
  await fc.assert(
    fc.asyncProperty(fc.array(length, { maxLength: 40 }), async (lengths) => {
      const chunks = lengths.map((size, index) => new Uint8Array(size).fill(index + 1));
      const pieces: Buffer[] = [];
      // A piece is valid only until the next one is asked for.
      for await (const piece of inLargePieces(chunks)) pieces.push(Buffer.from(piece));
      expect(Buffer.concat(pieces).equals(Buffer.concat(chunks))).toBe(true);
      for (const [at, piece] of pieces.entries()) {
        const next = pieces[at + 1];
        if (next !== undefined) expect(piece.length + next.length).toBeGreaterThan(100_000);
      }
    }),
    { numRuns: 50 },
  );
});
