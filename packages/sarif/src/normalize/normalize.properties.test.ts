import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../events/event.ts';
import type { Log } from '../model/model.ts';
import { type Drop, readSarif } from '../read/read-sarif.ts';
import type { Profile } from '../rules/rule.ts';
import { logPlans, makeLog } from '../split/test-support/arbitrary-log.ts';
import { eventsOf, readLog } from '../split/test-support/events-of.ts';
import { validate } from '../validate/validate.ts';
import { writeSarif } from '../write/write-sarif.ts';
import { normalize } from './normalize.ts';

const profiles: readonly (Profile | undefined)[] = [undefined, 'cortex'];
const decoder = new TextDecoder();

describe.each(profiles)('with the profile %s', (profile) => {
  test('normalizing twice changes nothing, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, fc.constantFrom(0, 1), async (plan, spaces) => {
        const once = await written(normalize(readLog(makeLog(plan), spaces), { profile }));
        const diagnostics: Diagnostic[] = [];
        const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
        const twice = await written(normalize(readSarif(once), { profile, report }));
        expect(decoder.decode(twice)).toBe(decoder.decode(once));
        expect(diagnostics).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('what was normalized is valid', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const once = await written(normalize(readLog(makeLog(plan)), { profile }));
        expect(await diagnosticsOf(readSarif(once), profile)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('the next stage sees a valid log, too', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const events = normalize(readLog(makeLog(plan)), { profile });
        // Descriptors that results bring along stand in the header only once it is written.
        const diagnostics = await diagnosticsOf(events);
        expect(diagnostics).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('plain events and events from bytes give the same log', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const log = makeLog(plan);
        const plain = await written(normalize(eventsOf(log), { profile }));
        const read = await written(normalize(readLog(log), { profile }));
        expect(JSON.parse(decoder.decode(read))).toEqual(JSON.parse(decoder.decode(plain)));
      }),
      { numRuns: 150 },
    );
  });

  test('no result is lost unless it is told', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const log = makeLog(plan);
        const drops: Drop[] = [];
        const bytes = await written(normalize(readLog(log), { profile, onDrop: (drop) => drops.push(drop) }));
        const marks = marksOf(JSON.parse(decoder.decode(bytes)) as Log);
        const dropped = new Set(drops.map(({ runIndex, resultIndex }) => `${runIndex}.${resultIndex}`));
        expect(marks).toEqual(marksOf(log).filter((mark) => !dropped.has(mark as string)));
      }),
      { numRuns: 150 },
    );
  });
});

async function written(events: AsyncIterable<SarifEvent>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}

async function diagnosticsOf(events: AsyncIterable<SarifEvent>, profile?: Profile): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for await (const _ of validate(events, { report: (diagnostic) => diagnostics.push(diagnostic), profile }));
  return diagnostics;
}

function marksOf({ runs }: Log): unknown[] {
  return (runs ?? []).flatMap(({ results }) => (results ?? []).map(({ properties }) => properties?.['mark']));
}
