import type { RuleDocument } from '../rule.ts';

/** Reported when a log is read: read twice, the elements would be there twice. */
export const filesDistinct: RuleDocument = {
  id: 'SF-V903',
  name: 'files-distinct',
  level: 'error',
  specSection: '3.15.3',
  summary: 'A property refers to each external property file once.',
  explanation: {
    cause: 'The references of two runs were put together, or the same file is named by its location and by its GUID.',
    reason: 'Its elements would count twice, and indices into the array would lead to others than are meant.',
    repair: 'The file is read once, where it is first referred to.',
    before:
      '{ "artifacts": [{ "location": { "uri": "a.json" } }, { "location": { "uri": "a.json" }, "itemCount": 2 }] }',
    after: '{ "artifacts": [{ "location": { "uri": "a.json" } }] }',
  },
};
