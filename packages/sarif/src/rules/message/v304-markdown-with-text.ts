import { repairInFull } from '../../run/write-message.ts';
import { plainText } from '../../schema/plain-text.ts';
import { defineRule } from '../rule.ts';
import { isString, visitedMessage } from './visited-message.ts';

/** Markdown is an addition to the text, never its replacement. */
export const markdownWithText = defineRule({
  id: 'SF-V304',
  name: 'markdown-with-text',
  level: 'error',
  specSection: '3.11.9',
  like: ['JSON1002'],
  summary: "What has 'markdown' has 'text' as well.",
  explanation: {
    cause: 'The tool formats its messages and writes only the formatted form.',
    reason: 'Many viewers show plain text alone. An empty text beside Markdown of a description is a warning.',
    repair: "The text is the string that the message's id names, else the Markdown without its marks.",
    before: '{ "markdown": "Use `const`." }',
    after: '{ "text": "Use const.", "markdown": "Use `const`." }',
  },
  visits: ['message', 'multiformatMessageString'],
  check(value, visit, report) {
    const { text, markdown } = value;
    if (markdown === undefined || markdown.trim() === '') return;
    if (isString(visit.path)) {
      // A text that is missing is the schema's business, and stands here as an empty one.
      if (text !== '') return;
      report({
        message: "The text beside 'markdown' is empty. Write the same without formatting as 'text'.",
        level: 'warning',
        at: ['text'],
        fix: {
          description: "'text' is derived from 'markdown'.",
          apply() {
            value.text = plainText(markdown);
          },
        },
      });
      return;
    }
    if (text !== undefined) return;
    const { run } = visit.context;
    const placed = visitedMessage(value, visit);
    report({
      message: "The message has 'markdown' and no 'text'. Write the same without formatting as 'text'.",
      at: ['markdown'],
      value: markdown,
      fix: {
        description: "'text' is derived from the string that the id names, or from 'markdown'.",
        apply: () => repairInFull(placed, run),
      },
    });
  },
});
