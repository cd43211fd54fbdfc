import { describesRules } from '../../run/describes-rules.ts';
import { defineRule } from '../rule.ts';

/** A log without any descriptor is refused as a whole. */
export const rulesPresent = defineRule({
  id: 'SF-C002',
  name: 'rules-present',
  level: 'error',
  specSection: '3.19.23',
  set: 'cortex',
  summary: 'The driver or an extension describes at least one rule.',
  explanation: {
    cause: 'Some scanners write results without describing their rules.',
    reason:
      'The Cortex Collector requires at least one rule in runs[].tool.driver.rules or runs[].tool.extensions[].rules.',
    repair: 'A descriptor with the id alone is added for each rule that the results name.',
    before: '{ "tool": { "driver": { "name": "X" } }, "results": [{ "ruleId": "R1", … }] }',
    after: '{ "tool": { "driver": { "name": "X", "rules": [{ "id": "R1" }] } }, "results": [{ "ruleId": "R1", … }] }',
  },
  visits: 'run',
  check(run, _visit, report) {
    if (describesRules(run)) return;
    report({
      message: 'The run describes no rule. Describe the rules of the results in tool.driver.rules.',
      at: ['tool', 'driver'],
    });
  },
});
