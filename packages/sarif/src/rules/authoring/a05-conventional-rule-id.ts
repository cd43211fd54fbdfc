import { isToolRule } from '../../run/is-tool-rule.ts';
import { defineRule } from '../rule.ts';

/** Up to ten letters and six digits, with as many sub-ids as the tool likes. */
const conventional = /^[A-Z]{1,10}\d{1,6}(?:\/|$)/;

/** Ids that people can say, search and sort. */
export const conventionalRuleId = defineRule({
  id: 'SF-A05',
  name: 'conventional-rule-id',
  level: 'note',
  specSection: '3.49.3',
  like: ['SARIF2009'],
  set: 'authoring',
  summary: "A rule's id is a short prefix in capital letters and a number, such as SHOP1001.",
  explanation: {
    cause: 'The tool uses names, paths or sentences as ids.',
    reason:
      'An opaque id stays when the rule gets a better name, cannot collide with those of other tools, and is found by a search.',
    repair: "None: results and suppressions refer to ids, so only the tool's author can change them.",
    before: '{ "id": "no-eval" }',
    after: '{ "id": "SHOP1001", "name": "NoEval" }',
  },
  visits: 'reportingDescriptor',
  check({ id }, { path }, report) {
    if (!isToolRule(path) || id === '' || conventional.test(id)) return;
    report({
      message: `The rule id '${id}' is not a short prefix and a number. Use one such as SHOP1001, and make '${id}' the name.`,
      at: ['id'],
    });
  },
});
