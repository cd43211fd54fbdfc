import type { RuleDocument } from '../rule.ts';

/** Half of a surrogate pair is no character in any encoding. */
export const pairedSurrogates = {
  id: 'SF-P112',
  name: 'paired-surrogates',
  level: 'warning',
  summary: 'Every surrogate escape in a string has its other half.',
  explanation: {
    cause: 'A string was cut at a fixed number of UTF-16 code units, in the middle of a character.',
    reason: 'Half of a pair is no character: it cannot be written as UTF-8, and strict consumers refuse the log.',
    repair: 'In values the half becomes U+FFFD.',
    before: '{ "text": "Done \\ud83d" }',
    after: '{ "text": "Done \uFFFD" }',
  },
} as const satisfies RuleDocument;
