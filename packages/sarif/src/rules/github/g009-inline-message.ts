import type { Result } from '../../model/model.ts';
import { isBlank } from '../../run/result-file.ts';
import { placedResultMessage, writeInFull } from '../../run/write-message.ts';
import { defineRule } from '../rule.ts';

/** An alert shows the text that stands in the result. */
export const inlineMessage = defineRule({
  id: 'SF-G009',
  name: 'inline-message',
  level: 'error',
  specSection: '3.11.7',
  like: ['GitHub'],
  set: 'github',
  summary: "A result's message.text is a text that is not empty.",
  explanation: {
    cause: 'The message is given by an id into the rule, or is empty.',
    reason: 'GitHub code scanning does not look up message ids, and rejects a result without message.text.',
    repair:
      "The text is looked up and its arguments put in; where there is none, the rule's description, name or id is used.",
    before: '{ "ruleId": "R1", "message": { "id": "default", "arguments": ["x"] } }',
    after: '{ "ruleId": "R1", "message": { "text": "Variable \'x\' is never used." } }',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    if (!isBlank(result.message.text)) return;
    report({
      message:
        result.message.id === undefined
          ? 'The message of the result has no text. Write message.text.'
          : 'The message of the result is given by its id only, which GitHub does not look up. Write message.text.',
      at: ['message'],
      fix: {
        description: 'message.text is written in full.',
        apply: (target) => writeInFull(placedResultMessage(target as Result, run, rules), run),
      },
    });
  },
});
