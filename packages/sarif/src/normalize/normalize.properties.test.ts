import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { Dice } from '../json/test-support/dice.ts';
import type { Log } from '../model/model.ts';
import { type Drop, readSarif } from '../read/read-sarif.ts';
import type { Profile } from '../rules/rule.ts';
import { logPlans, makeLog } from '../split/test-support/arbitrary-log.ts';
import { defectsLeftIn } from '../split/test-support/diagnostics-of.ts';
import { bytesOf, eventsOf, readLog } from '../split/test-support/events-of.ts';
import { normalize } from './normalize.ts';
import { damage } from './test-support/damage.ts';

const profiles: readonly (Profile | undefined)[] = [undefined, 'cortex', 'github'];
const decoder = new TextDecoder();

/** Runs of one tool in one category are for the user to tell apart. */
const unrepairable: ReadonlySet<string> = new Set(['SF-G012']);

/** Said of a run whose results are missing: they are not made up. */
const resultsMissing: ReadonlySet<string> = new Set(['SF-C010', 'SF-G008']);

describe.each(profiles)('with the profile %s', (profile) => {
  test('what was normalized is valid, and normalizing it again changes nothing, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, fc.constantFrom(0, 1), async (plan, spaces) => {
        const once = await bytesOf(normalize(readLog(makeLog(plan), spaces), { profile }));
        const diagnostics: Diagnostic[] = [];
        const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
        const twice = await bytesOf(normalize(readSarif(once), { profile, report }));
        expect(decoder.decode(twice)).toBe(decoder.decode(once));
        expect(diagnostics.filter(({ fix }) => fix !== undefined)).toEqual([]);
        const left = await defectsLeftIn(readSarif(once), profile);
        expect(left.filter(({ ruleId }) => !unrepairable.has(ruleId))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('the next stage sees a valid log, too', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const events = normalize(readLog(makeLog(plan)), { profile });
        // Descriptors that results bring along stand in the header only once it is written.
        const withOwnRule = new Set<string>();
        const watched = async function* () {
          for await (const event of events) {
            if (event.type === 'result' && event.addedRule !== undefined)
              withOwnRule.add(`${event.runIndex}.${event.resultIndex}`);
            yield event;
          }
        };
        const left = await defectsLeftIn(watched());
        const isAboutRule = ({ ruleId, runIndex, resultIndex }: Diagnostic) =>
          ruleId.startsWith('SF-V1') && withOwnRule.has(`${runIndex}.${resultIndex}`);
        expect(left.filter((diagnostic) => !isAboutRule(diagnostic))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('plain events and events from bytes give the same log', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const log = makeLog(plan);
        const plain = await bytesOf(normalize(eventsOf(log), { profile }));
        const read = await bytesOf(normalize(readLog(log), { profile }));
        expect(JSON.parse(decoder.decode(read))).toEqual(JSON.parse(decoder.decode(plain)));
      }),
      { numRuns: 60 },
    );
  });

  test('no result is lost unless it is told', async () => {
    await fc.assert(
      fc.asyncProperty(logPlans, async (plan) => {
        const log = makeLog(plan);
        const drops: Drop[] = [];
        const bytes = await bytesOf(normalize(readLog(log), { profile, onDrop: (drop) => drops.push(drop) }));
        const marks = marksOf(JSON.parse(decoder.decode(bytes)) as Log);
        const dropped = new Set(drops.map(({ runIndex, resultIndex }) => `${runIndex}.${resultIndex}`));
        expect(marks).toEqual(marksOf(log).filter((mark) => !dropped.has(mark as string)));
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(profiles)('a damaged log with the profile %s', (profile) => {
  test('is repaired once and for all, and every result that is lost is told', async () => {
    let dropped = 0;
    await fc.assert(
      fc.asyncProperty(logPlans, fc.integer({ min: 1, max: 6 }), async (plan, times) => {
        const log = makeLog(plan);
        const dice = new Dice(plan.seed);
        for (let time = 0; time < times; time += 1)
          damage(dice.chance(50) ? (log.runs?.[0]?.results ?? log) : log, dice);
        const drops: Drop[] = [];
        const once = await bytesOf(normalize(readLog(log), { profile, onDrop: (drop) => drops.push(drop) }));
        const twice = await bytesOf(normalize(readSarif(once), { profile }));
        expect(decoder.decode(twice)).toBe(decoder.decode(once));
        const left = await defectsLeftIn(readSarif(once), profile);
        const isExpected = ({ ruleId }: Diagnostic) =>
          unrepairable.has(ruleId) || (isWithoutResults(log) && resultsMissing.has(ruleId));
        expect(left.filter((diagnostic) => !isExpected(diagnostic))).toEqual([]);
        expect(countOf(JSON.parse(decoder.decode(once)) as Log) + drops.length).toBe(countOf(log));
        dropped += drops.length;
      }),
      { numRuns: 150 },
    );
    expect(dropped).toBeGreaterThan(10);
  });
});

/** A run whose results are missing stays as it is: nobody knows what they were. */
function isWithoutResults({ runs }: Log): boolean {
  return Array.isArray(runs) && runs.some((run) => !Array.isArray(run?.results));
}

/** How many results a log has, whatever else is wrong with it. */
function countOf({ runs }: Log): number {
  if (!Array.isArray(runs)) return 0;
  return runs.reduce((sum, run) => sum + (Array.isArray(run?.results) ? run.results.length : 0), 0);
}

function marksOf({ runs }: Log): unknown[] {
  return (runs ?? []).flatMap(({ results }) => (results ?? []).map(({ properties }) => properties?.['mark']));
}
