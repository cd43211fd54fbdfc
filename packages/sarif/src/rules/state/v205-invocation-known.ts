import { configurationOverrides } from '../../run/configuration-overrides.ts';
import { defineRule } from '../rule.ts';

/** What an invocation configures counts for its own results. */
export const invocationKnown = defineRule({
  id: 'SF-V205',
  name: 'invocation-known',
  level: 'warning',
  specSection: '3.48.6',
  summary: 'A result whose rule some invocation gives another level says which invocation it belongs to.',
  explanation: {
    cause: 'The run has several invocations, and its results have no provenance.invocationIndex.',
    reason: 'Nobody knows which configuration was in force, so the level of the result may be another one.',
    repair: "None: the rule's default level is used.",
    before: '{ "invocations": [{ … "ruleConfigurationOverrides": [ … ] }, { … }] }, and a result without level',
    after: '{ "ruleId": "R1", "provenance": { "invocationIndex": 1 } }',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    if ((run.invocations?.length ?? 0) < 2 || result.level !== undefined) return;
    if (result.kind !== undefined && result.kind !== 'fail') return;
    const { descriptor } = rules.find(result);
    const overrides = configurationOverrides(run, rules);
    if (descriptor === undefined || overrides.invocationOf(result) >= 0 || !overrides.hasLevelFor(descriptor)) return;
    report({
      message: `An invocation changes the level of '${descriptor.id}', but the result does not say whether it is of that one. Write provenance.invocationIndex, or the level.`,
    });
  },
});
