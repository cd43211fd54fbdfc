import { hasRulesElsewhere } from '../../run/unknown-rule.ts';
import { defineRule } from '../rule.ts';

/** Ids are compared letter by letter. */
export const ruleIdCase = defineRule({
  id: 'SF-V118',
  name: 'rule-id-case',
  level: 'warning',
  specSection: '3.49.3',
  summary: 'A rule id is written in the same case as the id of its descriptor.',
  explanation: {
    cause: 'Results and descriptors come from different parts of the tool, or an id was typed by hand.',
    reason: 'Ids are case-sensitive: strictly the result has no descriptor, so neither text nor level of its rule.',
    repair: 'None: which of the two spellings is right, only the author of the tool knows.',
    before: '{ "rules": [{ "id": "no-eval" }], … "ruleId": "No-Eval" }',
    after: '{ "rules": [{ "id": "no-eval" }], … "ruleId": "no-eval" }',
  },
  visits: 'result',
  check({ ruleId, rule }, { context: { run, rules } }, report) {
    const id = ruleId ?? rule?.id;
    if (id === undefined || !rules.hasRules || hasRulesElsewhere(run) || rules.naming(id) !== undefined) return;
    const known = rules.differingInCase(id);
    if (known === undefined) return;
    report({
      message: `The result's rule id '${id}' differs from that of the rule '${known}' in the case of letters. Write them alike.`,
      at: ruleId === undefined ? ['rule', 'id'] : ['ruleId'],
      value: id,
    });
  },
});
