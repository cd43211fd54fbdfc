import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptEnd, Ledger } from './ledger.ts';
import { openLedger } from './sqlite-ledger.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

/** One upload of one document: how each of its parts ends when it is sent, and where the process dies, if it does. */
interface Upload {
  readonly lane: string;
  readonly document: string;
  readonly ends: readonly AttemptEnd['end'][];
  /** Dies while this part is being sent; beyond the parts: it does not die. */
  readonly diesAt: number;
}

const upload = fc.record<Upload>({
  lane: fc.constantFrom('lane 1', 'lane 2'),
  document: fc.constantFrom('A', 'B'),
  ends: fc.array(
    fc.constantFrom<AttemptEnd['end']>('accepted', 'accepted', 'accepted', 'rejected', 'unknown', 'not-sent'),
    {
      minLength: 3,
      maxLength: 3,
    },
  ),
  diesAt: fc.integer({ min: 0, max: 8 }),
});

/** The whole rule: a lane remembers the accepted parts of the document it is at, until another document comes. */
function createModel() {
  const lanes = new Map<string, { document: string; accepted: Set<string> }>();
  return {
    at({ lane, document }: Upload) {
      const known = lanes.get(lane);
      if (known?.document === document) return known.accepted;
      const accepted = new Set<string>();
      lanes.set(lane, { document, accepted });
      return accepted;
    },
  };
}

/** What the uploader does, without the network. Returns the parts it would have sent. */
async function perform(
  ledger: Ledger,
  { lane, document, ends, diesAt }: Upload,
  accepted: Set<string>,
): Promise<string[]> {
  const sent: string[] = [];
  const run = ledger.begin();
  const item = await run.openItem({ lane, sha256: document, path: document });
  for (const [index, end] of ends.entries()) {
    const sha256 = `${document}${index}`;
    if (item.standing !== 'delivered') {
      const known = await run.admit(item, { sha256, number: index + 1, bytes: 1, results: 1 });
      if (known.state === 'accepted') continue;
      sent.push(sha256);
      await run.beginAttempt(item, sha256);
      if (index === diesAt) return sent;
      await run.endAttempt(item, sha256, { end });
      if (end === 'accepted') accepted.add(sha256);
    }
  }
  await run.closeItem(item, true);
  await run.finish();
  return sent;
}

test('whatever fails or dies, exactly the parts that are not known as accepted are sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(upload, { minLength: 1, maxLength: 12 }), async (uploads) => {
      using folder = temporaryFolder();
      const path = join(folder.path, 'ledger.db');
      const model = createModel();
      let ledger = await openLedger(path);
      try {
        for (const one of uploads) {
          const accepted = model.at(one);
          const expected = one.ends.map((_, index) => `${one.document}${index}`).filter((part) => !accepted.has(part));
          const dies = expected.indexOf(`${one.document}${one.diesAt}`);
          const sent = await perform(ledger, one, accepted);
          expect(sent).toEqual(dies === -1 ? expected : expected.slice(0, dies + 1));
          if (dies === -1) continue;
          await ledger.close();
          ledger = await openLedger(path);
          expect(ledger.interrupted).toBe(1);
        }
      } finally {
        await ledger.close();
      }
    }),
    { numRuns: 60 },
  );
});
