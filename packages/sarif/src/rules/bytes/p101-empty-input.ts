import type { RuleDocument } from '../rule.ts';

/** A file without a document says nothing about the code that was to be scanned. */
export const emptyInput = {
  id: 'SF-P101',
  name: 'empty-input',
  level: 'error',
  specSection: '3.1',
  summary: 'An input holds more than white space.',
  explanation: {
    cause: 'The scan failed or was stopped before it wrote anything, and left an empty file behind.',
    reason: 'An empty file is not a log without findings: nobody knows what the scan would have found.',
    repair: 'None: run the scan again.',
    before: '(0 bytes)',
    after: '{ "version": "2.1.0", "runs": [] }',
  },
} as const satisfies RuleDocument;
