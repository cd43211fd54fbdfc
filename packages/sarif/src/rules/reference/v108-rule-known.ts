import { isUnknownRule } from '../../run/unknown-rule.ts';
import { defineRule } from '../rule.ts';

/** A run that describes its rules describes all that its results are about. */
export const ruleKnown = defineRule({
  id: 'SF-V108',
  name: 'rule-known',
  level: 'warning',
  specSection: '3.27.5',
  like: ['SARIF2012'],
  summary: 'Where a run describes rules, each result is about one of them.',
  explanation: {
    cause: 'The rule is missing among the descriptors, or its id is written in another way there.',
    reason: 'The result has no description, no help and no level of its rule, and some platforms refuse it.',
    repair: 'A descriptor with the id is added to the driver.',
    before: '{ "rules": [{ "id": "R1" }], … "ruleId": "R2" }',
    after: '{ "rules": [{ "id": "R1" }, { "id": "R2" }], … "ruleId": "R2" }',
  },
  visits: 'result',
  check({ ruleId, rule }, { context: { run, rules } }, report) {
    const id = ruleId ?? rule?.id;
    if (id === undefined || !isUnknownRule(id, run, rules)) return;
    report({
      message: `No rule of the run has the id '${id}', nor is '${id}' below one. Describe the rule in tool.driver.rules.`,
      at: ruleId === undefined ? ['rule', 'id'] : ['ruleId'],
      value: id,
    });
  },
});
