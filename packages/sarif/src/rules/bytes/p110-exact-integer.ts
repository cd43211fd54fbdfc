import type { RuleDocument } from '../rule.ts';

/** Larger integers are not what they seem once a parser has read them. */
export const exactInteger = {
  id: 'SF-P110',
  name: 'exact-integer',
  level: 'warning',
  summary: 'Every number lies between -(2^53 - 1) and 2^53 - 1.',
  explanation: {
    cause: 'A 64-bit identifier, a hash or a time in nanoseconds was written as a number.',
    reason:
      'JSON numbers are doubles to most consumers: beyond 2^53 - 1 they read another integer than was written, without a word.',
    repair:
      'The property that holds the number is removed. Numbers in property bags that are written with an exponent and could not be mistaken for integers stay.',
    before: '{ "properties": { "id": 12345678901234567890 } }',
    after: '{ "properties": { "id": "12345678901234567890" } }',
  },
} as const satisfies RuleDocument;
