import type { RuleDocument } from '../rule.ts';

/** A document that was cut says less than the scan found. */
export const wholeDocument = {
  id: 'SF-P106',
  name: 'whole-document',
  level: 'error',
  specSection: '3.1',
  like: ['JSON0001'],
  summary: 'A log does not end before its last bracket.',
  explanation: {
    cause: 'The scanner was killed, or the disk was full, while the log was being written.',
    reason: 'The results that are missing look like findings that were fixed.',
    repair: 'With the option allowTruncated the complete results are kept; without it the input is refused.',
    before: '{ "runs": [{ "results": [{ "ruleId": "R1", … }, { "rul',
    after: '{ "runs": [{ "results": [{ "ruleId": "R1", … }] }] }',
  },
} as const satisfies RuleDocument;
