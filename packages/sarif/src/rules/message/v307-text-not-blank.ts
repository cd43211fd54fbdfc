import { repairInFull } from '../../run/write-message.ts';
import { defineRule } from '../rule.ts';
import { isLookedUp, isString, removeMember, visitedMessage } from './visited-message.ts';

/** An empty text is worse than none: it hides what could stand for it. */
export const textNotBlank = defineRule({
  id: 'SF-V307',
  name: 'text-not-blank',
  level: 'warning',
  specSection: '3.11.8',
  like: ['GitHub'],
  summary: "A 'text' has more in it than white space.",
  explanation: {
    cause: 'The tool writes the member always, also when it has nothing to say.',
    reason: 'Viewers show an empty finding or description, and some platforms refuse the log.',
    repair:
      "A message's text is taken from the string that its id names, from its Markdown or from its rule; an optional message or description is removed. A string that messages look up stays: each of them gets a text of its own.",
    before: '{ "id": "R1", "shortDescription": { "text": "" } }',
    after: '{ "id": "R1" }',
  },
  visits: ['message', 'multiformatMessageString'],
  check(value, visit, report) {
    const { text, markdown } = value;
    if (text === undefined || text.trim() !== '') return;
    const { owner } = visit;
    if (isString(visit.path)) {
      // An empty text beside Markdown is for the rule about Markdown to speak of.
      if (text === '' && markdown !== undefined && markdown.trim() !== '') return;
      const isKept = isLookedUp(visit.path);
      report({
        message: 'The text is empty. Write what it is about, or leave it out.',
        at: ['text'],
        value: text,
        ...(isKept
          ? {}
          : { fix: { description: 'The empty description is removed.', apply: () => removeMember(owner) } }),
      });
      return;
    }
    const { run } = visit.context;
    const placed = visitedMessage(value, visit);
    report({
      message: 'The text of the message is empty. Write what it is about.',
      at: ['text'],
      value: text,
      fix: {
        description: 'A text is written, or the message removed where it is optional and nothing can stand for it.',
        apply() {
          if (!repairInFull(placed, run)) removeMember(owner);
        },
      },
    });
  },
});
