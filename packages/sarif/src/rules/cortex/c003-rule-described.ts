import { defineRule } from '../rule.ts';

/** A finding is tied to its rule by the id alone. */
export const ruleDescribed = defineRule({
  id: 'SF-C003',
  name: 'rule-described',
  level: 'error',
  specSection: '3.27.5',
  set: 'cortex',
  summary: "The result's ruleId equals the id of a descriptor of the same log.",
  explanation: {
    cause:
      'The result names its rule only by ruleIndex or rule, names a rule that is not described, or adds levels to its id.',
    reason:
      'The Cortex Collector compares ruleId with the ids in driver and extension rules, and looks at nothing else.',
    repair: 'ruleId is written from the descriptor found; a descriptor is added where the log has none.',
    before: '{ "ruleIndex": 0, "message": { "text": "…" } }',
    after: '{ "ruleId": "R1", "ruleIndex": 0, "message": { "text": "…" } }',
  },
  visits: 'result',
  check(result, { context: { rules } }, report) {
    if (result.ruleId === undefined) {
      report({ message: 'The result has no ruleId. Write the id of its rule there.' });
      return;
    }
    if (rules.describes(result.ruleId)) return;
    report({
      message: `No rule with the id '${result.ruleId}' is described in the log. Add it to tool.driver.rules.`,
      at: ['ruleId'],
    });
  },
});
