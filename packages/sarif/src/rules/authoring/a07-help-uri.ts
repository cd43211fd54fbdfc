import { isToolRule } from '../../run/is-tool-rule.ts';
import { defineRule } from '../rule.ts';

/** Where a rule is explained. */
export const helpUri = defineRule({
  id: 'SF-A07',
  name: 'help-uri',
  level: 'note',
  specSection: '3.49.12',
  like: ['SARIF2012'],
  set: 'authoring',
  summary: "A rule has a 'helpUri'.",
  explanation: {
    cause: "The tool's documentation has no page for each rule, or the log does not mention it.",
    reason: 'Who gets a finding wants to know why it is one and how to mend it.',
    repair: "None: only the rule's author knows where it is explained.",
    before: '{ "id": "SHOP1001" }',
    after: '{ "id": "SHOP1001", "helpUri": "https://shop.example/lint/SHOP1001" }',
  },
  visits: 'reportingDescriptor',
  check({ id, helpUri: uri }, { path }, report) {
    if (!isToolRule(path) || uri !== undefined) return;
    report({ message: `The rule '${id}' has no 'helpUri'. Say where it is explained.` });
  },
});
