import { isToolRule } from '../../run/is-tool-rule.ts';
import { defineRule } from '../rule.ts';

/** Letters and digits that begin with a capital letter, not all of them capital. */
const pascalCase = /^(?=.*[a-z])[A-Z][A-Za-z0-9]*$/;

/** A name that people can remember beside the id. */
export const ruleName = defineRule({
  id: 'SF-A06',
  name: 'rule-name',
  level: 'note',
  specSection: '3.49.7',
  like: ['SARIF2012', 'SARIF1001'],
  set: 'authoring',
  summary: "A rule has a 'name' in Pascal case that differs from its id.",
  explanation: {
    cause: 'The tool has ids only, or writes the id as the name.',
    reason: 'Viewers show the name where an id such as SHOP1001 would tell nobody anything.',
    repair: "None: only the rule's author knows its name.",
    before: '{ "id": "SHOP1001", "name": "shop1001" }',
    after: '{ "id": "SHOP1001", "name": "DoNotUseEval" }',
  },
  visits: 'reportingDescriptor',
  check({ id, name }, { path }, report) {
    if (!isToolRule(path)) return;
    if (name === undefined) {
      report({ message: `The rule '${id}' has no 'name'. Give it one, such as DoNotUseEval.` });
    } else if (name.toLowerCase() === id.toLowerCase()) {
      report({ message: `The name of the rule '${id}' is its id. Give it one that says something.`, at: ['name'] });
    } else if (!pascalCase.test(name)) {
      report({
        message: `The name '${name}' of the rule '${id}' is not in Pascal case. Write it like DoNotUseEval.`,
        at: ['name'],
      });
    }
  },
});
