import { messageString } from '../../run/message-strings.ts';
import { repairInFull } from '../../run/write-message.ts';
import { defineRule } from '../rule.ts';
import { removeMember, visitedMessage } from './visited-message.ts';

/** A message that is looked up and not found says nothing. */
export const messageIdFound = defineRule({
  id: 'SF-V301',
  name: 'message-id-found',
  level: 'error',
  specSection: '3.11.7',
  like: ['SARIF1012'],
  summary: "A message's id names a string of its rule or a global string of the tool.",
  explanation: {
    cause: 'The strings were left out when logs were merged or filtered, or the id is misspelt.',
    reason: 'Without the string nobody can tell what the finding is.',
    repair:
      "The id goes. A result or notification without a text of its own gets what its descriptor says of it; any other message is taken away. Id and arguments are kept in the message's properties.",
    before: '{ "ruleId": "R1", "message": { "id": "defualt", "arguments": ["total"] } }',
    after:
      '{ "ruleId": "R1", "message": { "text": "Variables are used.", "properties": { "original/id": "defualt", "original/arguments": ["total"] } } }',
  },
  visits: 'message',
  check(message, visit, report) {
    const { id } = message;
    if (id === undefined) return;
    const { run } = visit.context;
    const placed = visitedMessage(message, visit);
    if (messageString(id, placed.owner, run) !== undefined) return;

    const { owner } = visit;
    if (message.text !== undefined) {
      report({
        message: `The message's id '${id}' names no string of the rule or the tool. Add the string to messageStrings or globalMessageStrings, or remove the id.`,
        at: ['id'],
        value: id,
        fix: { description: "'id' is removed.", apply: () => delete message.id },
      });
      return;
    }
    report({
      message: `The message's id '${id}' names no string of the rule or the tool, and the message has no text. Add the string to messageStrings or globalMessageStrings, or write 'text'.`,
      at: ['id'],
      value: id,
      fix: {
        description: 'The message is written in full, or removed where it is optional and nothing can stand for it.',
        apply() {
          if (!repairInFull(placed, run)) removeMember(owner);
        },
      },
    });
  },
});
