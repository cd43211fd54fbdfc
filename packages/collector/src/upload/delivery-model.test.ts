import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ledger } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { Secret } from '../secrets/secret.ts';
import type { HttpResult } from '../send/http-message.ts';
import type { HttpTransport } from '../send/http-transport.ts';
import { createFakeClock } from '../send/test-support/fake-clock.ts';
import { cortex } from '../targets/cortex.ts';
import { someDocument } from './test-support/documents.ts';
import { createReferenceLane, type Fate, type Upload } from './test-support/reference-lane.ts';
import { uploadParts } from './upload-parts.ts';

// Sender and ledger together against a model of what they are to do: any sequence of uploads, lost answers, refusals and
// crashes. The model decides what is sent in which order and what is said of each part; the receiver's list is compared.

/** Name more for a longer look: `SARIFLOW_SEQUENCES=10000`. */
const sequences = Number(process.env['SARIFLOW_SEQUENCES'] ?? 80);
const maxAttempts = 2;

const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>('accepted') },
  { weight: 2, arbitrary: fc.constant<Fate>('lost') },
  { weight: 3, arbitrary: fc.constant<Fate>('cut') },
  { weight: 1, arbitrary: fc.constant<Fate>('refused') },
  { weight: 1, arbitrary: fc.constant<Fate>('unauthorised') },
  { weight: 1, arbitrary: fc.constant<Fate>('crash') },
);
const upload: fc.Arbitrary<Upload> = fc.record({
  // One of them more often, as most of what there is to see comes from going on with the same document.
  document: fc.constantFrom('A', 'B', 'C', 'C', 'C'),
  fates: fc.array(fate, { minLength: 8, maxLength: 8 }),
  onUnknown: fc.constantFrom('retry', 'stop'),
  force: fc.nat(5).map((number) => number === 0),
});
const partsOf = { A: 1, B: 2, C: 4 } as const;

test(`${sequences} sequences of uploads and crashes go as the model says`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(upload, { minLength: 1, maxLength: 7 }), async (uploads) => {
      const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sariflow-model-'));
      try {
        await follow(uploads, join(folder, 'ledger.db'));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: sequences },
  );
}, 3_600_000);

async function follow(uploads: readonly Upload[], path: string): Promise<void> {
  const model = createReferenceLane(maxAttempts);
  for (const one of uploads) {
    const expected = model.upload(one, partsOf[one.document]);
    const ledger = await openLedger(path);
    const requests: string[] = [];
    const result = await uploadParts(someDocument(one.document, partsOf[one.document]), {
      destination: cortex.connect({
        url: 'http://127.0.0.1:1',
        collectorId: 'c',
        credential: { type: 'standard', keyId: '1', key: new Secret('key') },
      }),
      context: { repositoryId: 'r' },
      ledger,
      transport: playing(one.fates, requests, ledger),
      clock: createFakeClock(() => 0),
      concurrency: 1,
      force: one.force,
      retry: { maxAttempts, onUnknown: one.onUnknown },
      budget: { capacity: 1000, perSuccess: 1, refillMs: 1 },
      breaker: { consecutive: 1000, window: 1000, openMs: 1 },
    });
    await ledger.close();

    expect(requests).toEqual(expected.requests);
    if (expected.crashed) {
      // Nobody is there to report; what matters is what the next process makes of it.
      expect(result.ledgerError).toBeDefined();
      continue;
    }
    expect(result.parts.map((part) => part.outcome)).toEqual(expected.outcomes);
    expect(result.documents[0]?.delivered).toBe(expected.delivered);
    expect(result.account.in).toBe(3 * partsOf[one.document]);
  }
}

/** A network that does to each request what is written. A crash takes the ledger away with the request still out. */
function playing(fates: readonly Fate[], requests: string[], ledger: Ledger): HttpTransport {
  let next = 0;
  return {
    async request({ body }): Promise<HttpResult> {
      const what = fates[next % fates.length] ?? 'accepted';
      next += 1;
      const log = JSON.parse(Buffer.from(body ?? []).toString()) as { properties: { name: string } };
      requests.push(log.properties.name);
      if (what === 'crash') await ledger.close();
      return resultOf(what);
    },
    async close() {},
    async [Symbol.asyncDispose]() {},
  };
}

function resultOf(fate: Fate): HttpResult {
  const broken = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  const answer = (status: number, text: string): HttpResult => ({
    type: 'answer',
    status,
    headers: new Map(),
    body: Buffer.from(text),
    complete: true,
  });
  switch (fate) {
    case 'accepted':
    case 'crash':
      return answer(201, '{"status":"INGESTED","message":"fine"}');
    case 'lost':
      return { type: 'failure', sent: 'everything', error: broken };
    case 'cut':
      return { type: 'failure', sent: 'some', error: broken };
    case 'refused':
      return answer(409, '{}');
    case 'unauthorised':
      return answer(401, '{}');
  }
}
