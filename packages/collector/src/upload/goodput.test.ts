import { describe, expect, test } from 'vitest';
import { passTime, watch } from '../fault-matrix/test-support/delivery.ts';
import { createRandom } from '../local-collector/faults/random.ts';
import { Secret } from '../secrets/secret.ts';
import type { HttpTransport } from '../send/http-transport.ts';
import { createFakeClock } from '../send/test-support/fake-clock.ts';
import { cortex } from '../targets/cortex.ts';
import { someDocument } from './test-support/documents.ts';
import { uploadParts } from './upload-parts.ts';

// Delivery in simulated time, with the policies as they are shipped: how much gets through a target in trouble, and how much
// trouble is added to it.

const serviceMs = 200;
const concurrency = 4;

interface Simulation {
  readonly documents: number;
  /** Share of requests answered 503 at a time, in milliseconds since the start. */
  readonly refused: (now: number) => number;
  readonly seed?: number;
}

/** One part to a document, documents spread over forty lanes, every request takes 200 ms. */
async function simulate({ documents, refused, seed = 1 }: Simulation) {
  const random = createRandom(seed);
  const clock = createFakeClock(random);
  const began = clock.now();
  const at: { readonly ms: number; readonly accepted: boolean }[] = [];
  const network: HttpTransport = {
    async request() {
      await clock.sleep(serviceMs);
      const ms = clock.now() - began;
      const accepted = random() >= refused(ms);
      at.push({ ms, accepted });
      const body = Buffer.from(accepted ? '{"status":"INGESTED","message":"fine"}' : '');
      return { type: 'answer', status: accepted ? 201 : 503, headers: new Map(), body, complete: true };
    },
    async close() {},
    async [Symbol.asyncDispose]() {},
  };
  const transport = watch(network);
  const running = uploadParts(
    Array.from({ length: documents }, (_, n) => someDocument(`d${n}`, 1, { tool: `Tool ${n % 40}`, results: 1 })),
    {
      destination: cortex.connect({
        url: 'http://127.0.0.1:1',
        collectorId: 'c',
        credential: { type: 'standard', keyId: '1', key: new Secret('key') },
      }),
      context: { repositoryId: 'r' },
      clock,
      transport,
      concurrency,
      deadlineMs: Number.POSITIVE_INFINITY,
      partDeadlineMs: 3_600_000,
    },
  );
  const result = await passTime(clock, running, transport, () => transport.requests > 0);
  return { result, at, ms: clock.now() - began };
}

describe('a third of all requests is refused with 503', () => {
  test.each([1, 2, 3])('at least 95 percent of what an ideal sender would deliver (seed %i)', async (seed) => {
    const documents = 2000;
    const { result, at } = await simulate({ documents, refused: () => 0.3, seed });
    expect(result.account.accepted).toBeGreaterThanOrEqual(0.995 * documents);
    // The ideal sender keeps every place busy, and needs 1 / 0.7 requests for each part. The last minute is left out, in which
    // there is too little left to keep them busy.
    const end = (at.findLast(({ accepted }) => accepted)?.ms ?? 0) - 10_000;
    const delivered = at.filter(({ ms, accepted }) => accepted && ms <= end).length;
    const ideal = (end / serviceMs) * concurrency * 0.7;
    expect(delivered / ideal).toBeGreaterThanOrEqual(0.95);
  });
});

test('a minute in which nothing works: no more than 1.1 times the requests of a sender that never repeats any', async () => {
  const outage = { from: 20_000, to: 80_000 };
  const { result, at, ms } = await simulate({
    documents: 2000,
    refused: (now) => (now >= outage.from && now < outage.to ? 1 : 0),
  });
  const during = at.filter((request) => request.ms >= outage.from && request.ms < outage.to).length;
  const withoutRepeating = ((outage.to - outage.from) / serviceMs) * concurrency;
  expect(during).toBeLessThanOrEqual(1.1 * withoutRepeating);
  // In fact far fewer: the breaker leaves the target alone.
  expect(during).toBeLessThan(40);
  expect(at.length).toBeLessThanOrEqual(1.1 * 2000);
  expect(result.account).toMatchObject({ in: 2000, accepted: 2000 });
  expect(ms).toBeLessThan(1.1 * (2000 * (serviceMs / concurrency)) + 60_000 + 45_000);
});
