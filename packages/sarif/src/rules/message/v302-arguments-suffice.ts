import { placeholdersIn } from '../../run/message-placeholders.ts';
import { rawMessage } from '../../run/resolve-message.ts';
import { repairInFull } from '../../run/write-message.ts';
import { defineRule } from '../rule.ts';
import { visitedMessage } from './visited-message.ts';

/** A placeholder that nothing fills is shown as it is written. */
export const argumentsSuffice = defineRule({
  id: 'SF-V302',
  name: 'arguments-suffice',
  level: 'error',
  specSection: '3.11.11',
  like: ['SARIF1012'],
  summary: 'A message has an argument for each placeholder of its string.',
  explanation: {
    cause:
      'The string got another placeholder and the code that fills it did not, or braces of the text were not doubled.',
    reason:
      'Readers see {1} where a name should be. A text without arguments is not looked at: there, braces are braces.',
    repair:
      "The message is written in full, and what has no argument keeps its placeholder. Id and arguments are kept in the message's properties.",
    before: '{ "text": "\'{0}\' hides \'{1}\'.", "arguments": ["total"] }',
    after: '{ "text": "\'total\' hides \'{1}\'.", "properties": { "original/arguments": ["total"] } }',
  },
  visits: 'message',
  check(message, visit, report) {
    const { arguments: args } = message;
    if (args === undefined && (message.id === undefined || message.text !== undefined)) return;
    const { run } = visit.context;
    const placed = visitedMessage(message, visit);
    const raw = rawMessage(message, placed.owner, run);
    if (raw === undefined) return;
    const { text = '', markdown = '' } = raw.string;
    const highest = Math.max(placeholdersIn(text).highest, placeholdersIn(markdown).highest);
    const count = args?.length ?? 0;
    if (highest < count) return;
    report({
      message: `The message needs ${highest + 1} ${highest === 0 ? 'argument' : 'arguments'} for {${highest}} and has ${count}. Add what is missing, or double the braces that are no placeholder.`,
      at: args === undefined ? [] : ['arguments'],
      value: args,
      fix: {
        description: 'The message is written in full; placeholders without an argument stay.',
        apply: () => repairInFull(placed, run),
      },
    });
  },
});
