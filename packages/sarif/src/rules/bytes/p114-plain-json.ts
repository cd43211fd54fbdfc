import type { RuleDocument } from '../rule.ts';

/** Editors and scripts are lenient where parsers are not. */
export const plainJson = {
  id: 'SF-P114',
  name: 'plain-json',
  level: 'error',
  specSection: '3.1',
  summary: 'A log has nothing that only JavaScript knows: comments, trailing commas, single quotes, NaN.',
  explanation: {
    cause: 'The log was written by hand, or printed as JavaScript or Python instead of JSON.',
    reason: 'JSON parsers refuse the log.',
    repair: 'None: remove what JSON does not have. A result whose brackets are whole is left out alone, and told.',
    before: "{ 'ruleId': 'R1', // the rule\n}",
    after: '{ "ruleId": "R1" }',
  },
} as const satisfies RuleDocument;
