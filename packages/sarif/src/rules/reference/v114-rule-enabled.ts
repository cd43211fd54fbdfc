import { isRuleEnabled } from '../../run/rule-enabled.ts';
import { defineRule } from '../rule.ts';

/** A rule that was switched off has no results. */
export const ruleEnabled = defineRule({
  id: 'SF-V114',
  name: 'rule-enabled',
  level: 'warning',
  specSection: '3.50.2',
  summary: 'No result is about a rule that the run has disabled.',
  explanation: {
    cause: 'The rule is off by default, and that it was switched on is not recorded as a configuration override.',
    reason: 'A reader that honours the configuration takes the result for a mistake and may hide it.',
    repair: 'None: either the result or the configuration is wrong.',
    before: '{ "id": "R1", "defaultConfiguration": { "enabled": false } }, and a result for R1',
    after:
      '{ "ruleConfigurationOverrides": [{ "descriptor": { "index": 0 }, "configuration": { "enabled": true } }] }, and a result for R1',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    if (result.kind === 'notApplicable') return;
    const found = rules.find(result);
    if (found.descriptor === undefined || isRuleEnabled(result, found, run, rules)) return;
    report({
      message: `The rule '${found.descriptor.id}' is disabled, and yet the result is about it. Record in ruleConfigurationOverrides that it was enabled, or leave out the result.`,
      at: result.ruleId === undefined ? [] : ['ruleId'],
      value: result.ruleId,
    });
  },
});
