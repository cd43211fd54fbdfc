import { defineRule } from '../rule.ts';

/** The platform shows message.text and looks nothing up. */
export const messageText = defineRule({
  id: 'SF-C004',
  name: 'message-text',
  level: 'error',
  specSection: '3.11.8',
  set: 'cortex',
  summary: "The result's message.text is a text that is not empty.",
  explanation: {
    cause: 'The message is given by an id into the rule, or only as markdown, or is empty.',
    reason: 'The Cortex Collector requires runs[].results[].message.text and does not look up message ids.',
    repair:
      "The text is looked up and its arguments put in; where there is none, the rule's description, name or id is used.",
    before: '{ "ruleId": "R1", "message": { "id": "default", "arguments": ["x"] } }',
    after: '{ "ruleId": "R1", "message": { "text": "Variable \'x\' is never used." } }',
  },
  visits: 'result',
  check({ message }, _visit, report) {
    if (message.text !== undefined && message.text.trim() !== '') return;
    report({ message: 'The result has no message.text. Write what the finding is there.', at: ['message'] });
  },
});
