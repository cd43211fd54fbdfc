import type { RuleDocument } from '../rule.ts';

/** Reported by who has the whole log and can compress it. */
export const uploadSize = {
  id: 'SF-G001',
  name: 'upload-size',
  level: 'error',
  like: ['GitHub'],
  summary: 'The log has at most 10 MB after gzip.',
  explanation: {
    cause: 'The log has very many results, long code flows, or the text of whole files.',
    reason: 'GitHub code scanning takes the log compressed with gzip, and rejects more than 10 MB of it.',
    repair:
      'None: split the log into several with a category each (sariflow split), leave out embedded file contents, or scan fewer files.',
    before: '{ "runs": [{ "results": [ … 80 MB, 11 MB after gzip … ] }] }',
    after: '{ "runs": [{ "results": [ … 40 MB, 6 MB after gzip … ] }] }',
  },
} as const satisfies RuleDocument;
