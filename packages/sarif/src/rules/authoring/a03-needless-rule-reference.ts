import { defineRule } from '../rule.ts';

/** Rules of the driver need no reference object. */
export const needlessRuleReference = defineRule({
  id: 'SF-A03',
  name: 'needless-rule-reference',
  level: 'note',
  specSection: '3.27.7',
  like: ['SARIF2004'],
  set: 'authoring',
  summary: "A rule of the driver is named by 'ruleId' and 'ruleIndex', not by 'rule'.",
  explanation: {
    cause: 'The tool writes a reference for every result, wherever the rule is described.',
    reason:
      "'rule' says which component describes the rule, or gives its guid. For the driver's rules 'ruleId' and 'ruleIndex' say the same in less space, and more consumers read them.",
    repair: "None: write 'ruleId' and 'ruleIndex'.",
    before: '{ "rule": { "id": "R1", "index": 0 } }',
    after: '{ "ruleId": "R1", "ruleIndex": 0 }',
  },
  visits: 'result',
  check({ rule }, _visit, report) {
    if (rule === undefined || rule.guid !== undefined || rule.toolComponent !== undefined) return;
    report({ message: "'rule' says nothing that 'ruleId' and 'ruleIndex' do not say. Write those.", at: ['rule'] });
  },
});
