import type { PathSegment } from '../../json/pointer.ts';
import { filledMessageText } from '../../schema/filled-member.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** A message that says nothing. */
export const messageTextOrId = defineStructureRule({
  id: 'SF-S212',
  name: 'message-text-or-id',
  level: 'error',
  specSection: '3.11.2',
  like: ['JSON1017'],
  summary: "A message has 'text' or 'id'.",
  explanation: {
    cause: "The producer wrote an empty message, or 'markdown' alone.",
    reason: 'Consumers show the text; Markdown is an addition to it, never its replacement.',
    repair:
      "The text is taken from 'markdown'; a result's message otherwise becomes the rule's text or id; any other message is dropped.",
    before: '{ "message": { "markdown": "Use `os.Root`." } }',
    after: '{ "message": { "text": "Use os.Root.", "markdown": "Use `os.Root`." } }',
  },
  messages: {
    neither: (path: readonly PathSegment[]) => `${nameOf(path)} has neither 'text' nor 'id'. Add 'text'.`,
  },
  repair({ path }, context) {
    const text = filledMessageText(path, context);
    if (text === undefined) return 'drop';
    context.document.set([...path, 'text'], text);
    return { done: `Added 'text' as ${quoted(text)}.` };
  },
});
