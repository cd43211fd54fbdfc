import type { RuleDocument } from '../rule.ts';

/** Reported when a log is read: only then are the elements counted. */
export const itemCount: RuleDocument = {
  id: 'SF-V904',
  name: 'item-count',
  level: 'warning',
  specSection: '3.16.5',
  summary: "An external property file holds as many elements as 'itemCount' says.",
  explanation: {
    cause: 'The file was written again, or cut, after the log was.',
    reason: 'The file may be that of another run, or not be whole.',
    repair: 'None: what the file holds is read.',
    before: '{ "location": { "uri": "results.json" }, "itemCount": 400 }',
    after: '{ "location": { "uri": "results.json" }, "itemCount": 380 }',
  },
};
