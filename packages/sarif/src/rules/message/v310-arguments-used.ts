import { placeholdersIn } from '../../run/message-placeholders.ts';
import { messageString } from '../../run/message-strings.ts';
import { defineRule } from '../rule.ts';
import { visitedMessage } from './visited-message.ts';

/** Arguments that nothing shows are lost on the reader. */
export const argumentsUsed = defineRule({
  id: 'SF-V310',
  name: 'arguments-used',
  level: 'note',
  specSection: '3.11.11',
  summary: "A message's arguments are used by a placeholder of its string.",
  explanation: {
    cause: 'The text was written with the arguments already in it, or the string lost its placeholders.',
    reason: 'What the arguments say is not shown, and braces of the text are read as placeholders because of them.',
    repair: 'None: arguments may be of use to tools.',
    before: '{ "text": "The variable is never used.", "arguments": ["total"] }',
    after: '{ "text": "The variable \'{0}\' is never used.", "arguments": ["total"] }',
  },
  visits: 'message',
  check(message, visit, report) {
    const { text, markdown, id, arguments: args } = message;
    if (args === undefined || args.length === 0) return;
    const strings = [text, markdown];
    let isKnown = text !== undefined;
    if (id !== undefined) {
      const found = messageString(id, visitedMessage(message, visit).owner, visit.context.run)?.string;
      isKnown ||= found !== undefined;
      strings.push(found?.text, found?.markdown);
    }
    if (!isKnown || strings.some((string) => string !== undefined && placeholdersIn(string).highest >= 0)) return;
    report({
      message: 'No placeholder of the message uses its arguments. Write {0} where the first belongs, or remove them.',
      at: ['arguments'],
      value: args,
    });
  },
});
