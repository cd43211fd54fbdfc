import type { RuleDocument } from '../rule.ts';

/** One file holds one log. */
export const oneDocument = {
  id: 'SF-P107',
  name: 'one-document',
  level: 'error',
  specSection: '3.1',
  summary: 'Nothing but white space follows the document.',
  explanation: {
    cause: 'Several logs were written one after the other into one file, or log lines of the tool follow.',
    reason: 'A JSON text is one value. Consumers refuse the file, or read the first document and lose the others.',
    repair:
      'With the option ignoreTail the first document is read and what follows is passed over; without it the input is refused. On the command line words are passed over, and another document is refused.',
    before: '{ "version": "2.1.0", … } { "version": "2.1.0", … }',
    after: '{ "version": "2.1.0", … }',
  },
} as const satisfies RuleDocument;
