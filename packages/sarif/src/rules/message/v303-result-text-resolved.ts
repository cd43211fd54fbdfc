import { resolveMessage } from '../../run/resolve-message.ts';
import { placedResultMessage, repairInFull } from '../../run/write-message.ts';
import { defineRule } from '../rule.ts';

/** A result has to say something when all is looked up and put in. */
export const resultTextResolved = defineRule({
  id: 'SF-V303',
  name: 'result-text-resolved',
  level: 'error',
  specSection: '3.27.11',
  like: ['GH1007'],
  summary: "A result's message has a text once its string is looked up and its arguments are put in.",
  explanation: {
    cause: 'The string that the id names is empty, or it consists of placeholders whose arguments are empty.',
    reason: 'A finding without words cannot be judged, and several platforms refuse it.',
    repair:
      "The text of the rule is written: its short description, the first sentence of the full one, its name or its id, else '(no message)'.",
    before: '{ "ruleId": "R1", "message": { "text": "{0}", "arguments": [""] } }',
    after: '{ "ruleId": "R1", "message": { "text": "Variables are used." } }',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    const { text, id, arguments: args } = result.message;
    // Empty texts and ids that lead nowhere are what other rules speak of.
    if (text === undefined ? id === undefined : text.trim() === '' || args === undefined) return;
    const placed = placedResultMessage(result, run, rules);
    const resolved = resolveMessage(result.message, placed.owner, run);
    if (resolved === undefined || resolved.text.trim() !== '') return;
    report({
      message:
        'The message of the result has no text once it is looked up and its arguments are put in. Write what the finding is.',
      at: ['message'],
      value: result.message,
      fix: {
        description: 'A text is written: what the rule says of its findings.',
        apply: () => repairInFull(placed, run),
      },
    });
  },
});
