import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { Dice } from '../json/test-support/dice.ts';
import type { Log } from '../model/model.ts';
import type { Profile } from '../rules/rule.ts';
import { logPlans, makeLog } from '../split/test-support/arbitrary-log.ts';
import { contentsOf } from '../split/test-support/contents.ts';
import { diagnosticsOf } from '../split/test-support/diagnostics-of.ts';
import { bytesOf, eventsOf, readLog } from '../split/test-support/events-of.ts';
import { normalize } from './normalize.ts';
import { damage } from './test-support/damage.ts';
import { inflatedLog, withCopies, withoutAmbiguity } from './test-support/inflated-log.ts';

const decoder = new TextDecoder();

async function normalized(log: Log, profile?: Profile): Promise<{ text: string; said: Diagnostic[] }> {
  const said: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => said.push(diagnostic);
  const events = normalize(readLog(log), { report, profile, maxPerRule: Number.POSITIVE_INFINITY });
  return { text: decoder.decode(await bytesOf(events)), said };
}

const isOf = (id: string) => (diagnostic: Diagnostic) => diagnostic.ruleId === id;

test('what stands more than once stands there once, and what leads to any of it comes back as it was', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(logPlans, async (plan) => {
      const { text: once } = await normalized(withoutAmbiguity(makeLog(plan)));
      const { log, copies } = inflatedLog(JSON.parse(once) as Log, new Dice(plan.seed));
      const { text: again, said } = await normalized(log);
      expect(said.filter(isOf('SF-S208'))).toHaveLength(copies);
      expect(contentsOf(JSON.parse(again) as Log)).toEqual(contentsOf(JSON.parse(once) as Log));
      // An object that says another parent than the element that it stands for was taken for one that differs.
      if (said.some(isOf('SF-V415'))) return;
      expect(again).toBe(once);
      compared += copies;
    }),
    { numRuns: 80 },
  );
  expect(compared).toBeGreaterThan(400);
});

test.each([undefined, 'cortex', 'github'] as const)(
  'whatever was copied into a log, nothing is equal once it is normalized with the profile %s, and it does not change again',
  async (profile) => {
    let removed = 0;
    await fc.assert(
      fc.asyncProperty(logPlans, fc.integer({ min: 0, max: 3 }), async (plan, times) => {
        const dice = new Dice(plan.seed);
        const log = withCopies(makeLog(plan), dice);
        for (let time = 0; time < times; time += 1) damage(log, dice);
        const { text: once, said } = await normalized(log, profile);
        removed += said.filter(isOf('SF-S208')).length;
        expect((await diagnosticsOf(readLog(JSON.parse(once) as Log))).filter(isOf('SF-S208'))).toEqual([]);
        expect((await normalized(JSON.parse(once) as Log, profile)).text).toBe(once);
      }),
      { numRuns: 40 },
    );
    expect(removed).toBeGreaterThan(100);
  },
);

test('events that share an object say it once, too', async () => {
  const rule = { id: 'R1' };
  const other = { id: 'R2' };
  const log: Log = {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'T', rules: [rule, rule, other], notifications: [rule, other] } },
        results: [{ ruleId: 'R2', ruleIndex: 2, message: { text: 'x' } }],
      },
    ],
  };
  const written = JSON.parse(decoder.decode(await bytesOf(normalize(eventsOf(log))))) as Log;
  expect(written.runs?.[0]?.tool.driver).toMatchObject({ rules: [rule, other], notifications: [rule, other] });
  expect(written.runs?.[0]?.results?.[0]?.ruleIndex).toBe(1);
});
