import type { RuleDocument } from '../rule.ts';

/** Reported when a log is read: afterwards there is one object. */
export const inlineOrExternal: RuleDocument = {
  id: 'SF-V906',
  name: 'inline-or-external',
  level: 'warning',
  specSection: '3.15.3',
  summary:
    "A property that is an object stands in the log or in an external property file, but for 'driver' not in both.",
  explanation: {
    cause: 'The producer moved the property to a file and left a copy behind.',
    reason: 'Nobody can tell which of the two is right where they differ.',
    repair: 'The members of the file count; what it does not have is taken from the log.',
    before:
      '{ "conversion": { … }, "externalPropertyFileReferences": { "conversion": { "location": { "uri": "c.json" } } } }',
    after: '{ "conversion": { … } }',
  },
};
