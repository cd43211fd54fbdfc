import type { RuleDocument } from '../rule.ts';

/** A repeated member means one thing to one reader and another to the next. */
export const distinctMembers = {
  id: 'SF-P108',
  name: 'distinct-members',
  level: 'warning',
  summary: 'No member occurs twice in one object.',
  explanation: {
    cause: 'Two parts of a producer write the same member, or files were merged as text.',
    reason:
      'Which of the values counts depends on the consumer: most take the last, some the first, some refuse the log.',
    repair: 'The last value counts; the others are not written again.',
    before: '{ "level": "note", "level": "error" }',
    after: '{ "level": "error" }',
  },
} as const satisfies RuleDocument;
