import type { RuleDocument } from '../rule.ts';

/** Whatever is no object is no log. */
export const objectRoot = {
  id: 'SF-P115',
  name: 'object-root',
  level: 'error',
  specSection: '3.13',
  like: ['JSON1001'],
  summary: 'A log is a JSON object.',
  explanation: {
    cause: 'The file holds an array or a single value, as the reports of some tools do.',
    reason: 'A SARIF log is an object with the members version and runs.',
    repair: 'None: nothing in it is a log.',
    before: '[{ "runs": [] }]',
    after: '{ "version": "2.1.0", "runs": [] }',
  },
} as const satisfies RuleDocument;
