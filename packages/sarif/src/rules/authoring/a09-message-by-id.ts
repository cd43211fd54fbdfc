import { defineRule } from '../rule.ts';

/** Texts that repeat belong to the rule. */
export const messageById = defineRule({
  id: 'SF-A09',
  name: 'message-by-id',
  level: 'note',
  specSection: '3.11.7',
  like: ['SARIF2002'],
  set: 'authoring',
  unless: 'github',
  summary: "A result's message is an id into the rule's messageStrings, with arguments.",
  explanation: {
    cause: 'The tool writes the whole text into every result.',
    reason:
      'A text that the rule has once makes the log smaller and can be translated. GitHub and Cortex do not look ids up, so this is not checked together with --profile github, and normalizing for a destination writes the texts in full.',
    repair: "None: the rule's author has to write the text with placeholders.",
    before: '{ "message": { "text": "The variable \'x\' is never used." } }',
    after: '{ "message": { "id": "default", "arguments": ["x"] } }',
  },
  visits: 'result',
  check({ message }, _visit, report) {
    if (message.id !== undefined || message.text === undefined) return;
    report({
      message:
        "The message is written in full. Put its text into the rule's 'messageStrings', and write its id and arguments.",
      at: ['message', 'text'],
    });
  },
});
