import { describe, expect, test } from 'vitest';
import type { ReportingConfiguration, Result, Run } from '../model/model.ts';
import { effectiveLevel } from './effective-level.ts';
import { effectiveRank } from './effective-rank.ts';
import { createPolicy, type Policy } from './policy.ts';
import { isRuleEnabled } from './rule-enabled.ts';
import { RuleLookup } from './rule-lookup.ts';

const message = { text: 'x' };
const guid = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';

type Configuration = ReportingConfiguration | undefined;

function runWith(byDefault: Configuration, overridden: readonly Configuration[]): Run {
  const rule = { id: 'R1', guid, ...(byDefault && { defaultConfiguration: byDefault }) };
  const invocations = overridden.map((configuration) => ({
    executionSuccessful: true,
    ...(configuration && { ruleConfigurationOverrides: [{ descriptor: { id: 'R1' }, configuration }] }),
  }));
  return { tool: { driver: { name: 'T', rules: [rule] } }, ...(invocations.length > 0 && { invocations }) };
}

function asked<T>(
  ask: (result: Result, ...context: [ReturnType<RuleLookup['find']>, Run, RuleLookup, Policy?]) => T,
  run: Run,
  more: Partial<Result> = {},
  policy?: Policy,
): T {
  const result = { ruleId: 'R1', message, ...more };
  const rules = new RuleLookup(run);
  return ask(result, rules.find(result), run, rules, policy);
}

describe('the effective rank (section 3.27.25)', () => {
  test.each<[Partial<Result>, Configuration, readonly Configuration[], number]>([
    [{}, undefined, [], -1],
    [{}, { rank: 30 }, [], 30],
    [{}, { rank: 30 }, [{ rank: 0 }], 0],
    [{ rank: 70 }, { rank: 30 }, [{ rank: 0 }], 70],
    [{ rank: -1 }, { rank: 30 }, [], 30],
    [{}, { rank: 30 }, [{ rank: -1 }], 30],
    [{}, { rank: 30 }, [{ level: 'note' }], 30],
    [{ kind: 'pass', rank: 70 }, { rank: 30 }, [], -1],
    // Which of two invocations is meant, the result has to say.
    [{}, { rank: 30 }, [{ rank: 10 }, { rank: 20 }], 30],
    [{ provenance: { invocationIndex: 1 } }, { rank: 30 }, [{ rank: 10 }, { rank: 20 }], 20],
    [{ provenance: { invocationIndex: 9 } }, { rank: 30 }, [{ rank: 10 }], 30],
    [{ provenance: { invocationIndex: -1 } }, { rank: 30 }, [{ rank: 10 }], 10],
  ])('%j, by default %j, overridden %j: %d', (result, byDefault, overridden, expected) => {
    expect(asked(effectiveRank, runWith(byDefault, overridden), result)).toBe(expected);
  });
});

test.each<[Configuration, readonly Configuration[], boolean]>([
  [undefined, [], true],
  [{ enabled: false }, [], false],
  [{ enabled: false }, [{ enabled: true }], true],
  [{ enabled: true }, [{ enabled: false }], false],
  [{ enabled: false }, [{ level: 'error' }], false],
])('a rule with %j and %j is enabled: %j (section 3.50.2)', (byDefault, overridden, expected) => {
  expect(asked(isRuleEnabled, runWith(byDefault, overridden))).toBe(expected);
});

describe('a policy that a user chose (section 3.19.5)', () => {
  const policy = (rule: object) => createPolicy({ name: 'P', rules: [{ id: 'R1', ...rule }] });
  const note = { defaultConfiguration: { level: 'note', rank: 5 } };

  test.each<[object, Partial<Result>, string, number]>([
    [note, { level: 'error', rank: 90 }, 'note', 5],
    [note, { kind: 'review' }, 'note', 5],
    [{ ...note, id: 'other', guid: guid.toUpperCase() }, { level: 'error' }, 'note', 5],
    [{ ...note, id: 'other' }, { level: 'error', rank: 90 }, 'error', 90],
    [{}, { level: 'error', rank: 90 }, 'error', 90],
  ])('%j over %j: %s, %d', (rule, result, level, rank) => {
    const run = runWith({ level: 'warning' }, [{ level: 'warning' }]);
    expect(asked(effectiveLevel, run, result, policy(rule))).toBe(level);
    expect(asked(effectiveRank, run, result, policy(rule))).toBe(rank);
  });

  test('of two rules with one id the first counts', () => {
    const rules = [
      { id: 'R1', ...note },
      { id: 'R1', defaultConfiguration: { level: 'error' } },
    ];
    const chosen = createPolicy({ name: 'P', rules } as Parameters<typeof createPolicy>[0]);
    expect(asked(effectiveLevel, runWith(undefined, []), {}, chosen)).toBe('note');
  });
});

test('the first override with a level counts, whatever others say first', () => {
  const descriptor = { index: 0 };
  const ruleConfigurationOverrides = [
    { descriptor, configuration: { rank: 3 } },
    { descriptor, configuration: { level: 'error' as const } },
    { descriptor, configuration: { level: 'note' as const } },
  ];
  const run = {
    ...runWith({ level: 'warning' }, []),
    invocations: [{ executionSuccessful: true, ruleConfigurationOverrides }],
  };
  expect(asked(effectiveLevel, run)).toBe('error');
  expect(asked(effectiveRank, run)).toBe(3);
});
