import { readSarif, splitIntoParts } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logOf } from '../fault-matrix/test-support/delivery.ts';
import { dividePart } from './divide-part.ts';
import { pointerInDocument } from './result-origins.ts';
import type { UploadPart } from './upload-types.ts';

async function partOf(results: number): Promise<UploadPart> {
  for await (const part of splitIntoParts(readSarif(Buffer.from(JSON.stringify(logOf('a', results)))), {
    maxBytes: 1e7,
  })) {
    return part;
  }
  throw new Error('There is no part.');
}

function messagesOf({ bytes }: UploadPart): string[] {
  const log = JSON.parse(Buffer.from(bytes).toString()) as ReturnType<typeof logOf>;
  return log.runs.flatMap((run) => run.results.map((result) => result.message.text));
}

async function all(part: UploadPart, options: Parameters<typeof dividePart>[1]): Promise<UploadPart[]> {
  const pieces: UploadPart[] = [];
  for await (const piece of dividePart(part, options)) pieces.push(piece);
  return pieces;
}

test('pieces hold every result once, in order, and know where it stands in the document', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
      async (results, cuts) => {
        const part = await partOf(results);
        let pieces = [part];
        for (const maxResults of cuts)
          pieces = (await Promise.all(pieces.map((one) => all(one, { maxResults })))).flat();
        expect(pieces.flatMap(messagesOf)).toEqual(messagesOf(part));
        let place = 0;
        for (const piece of pieces) {
          expect(piece.results).toBeLessThanOrEqual(Math.min(...cuts));
          for (let index = 0; index < piece.results; index += 1, place += 1) {
            expect(pointerInDocument(piece.origins, 0, index)).toBe(`/runs/0/results/${place}`);
          }
        }
        expect(place).toBe(results);
      },
    ),
    { numRuns: 25 },
  );
});

test('the same part is divided into the same bytes', async () => {
  const part = await partOf(17);
  const digests = async () => (await all(part, { maxResults: 4 })).map(({ bytes }) => Buffer.from(bytes).toString());
  expect(await digests()).toEqual(await digests());
});

test('results that are left out are missing, and the others keep their places', async () => {
  const part = await partOf(6);
  const [piece] = await all(part, { without: ({ resultIndex }) => resultIndex === 1 || resultIndex === 4 });
  expect(piece?.results).toBe(4);
  expect([0, 1, 2, 3].map((index) => pointerInDocument(piece?.origins, 0, index))).toEqual(
    [0, 2, 3, 5].map((index) => `/runs/0/results/${index}`),
  );
});
