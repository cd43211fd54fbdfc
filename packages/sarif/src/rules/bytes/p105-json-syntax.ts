import type { RuleDocument } from '../rule.ts';

/** What is no JSON cannot be read as a log. */
export const jsonSyntax = {
  id: 'SF-P105',
  name: 'json-syntax',
  level: 'error',
  specSection: '3.1',
  like: ['JSON0001'],
  summary: 'A log is one JSON text.',
  explanation: {
    cause: 'The log was put together by hand or by string concatenation, or other output got into it.',
    reason: 'No consumer can read the log past the place.',
    repair:
      'None: repair the place that the message names, or have the tool write the log again. A result whose brackets are whole is left out alone, and told.',
    before: '{ "ruleId": "R1" "level": "error" }',
    after: '{ "ruleId": "R1", "level": "error" }',
  },
} as const satisfies RuleDocument;
