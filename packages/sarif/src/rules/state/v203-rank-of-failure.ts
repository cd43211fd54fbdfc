import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';

/** Ranks put failures in order. */
export const rankOfFailure = defineRule({
  id: 'SF-V203',
  name: 'rank-of-failure',
  level: 'warning',
  specSection: '3.27.25',
  summary: 'Only a result of the kind fail has a rank.',
  explanation: {
    cause: 'The tool ranks everything that it reports.',
    reason: 'The rank says how important a failure is; readers that sort by it mix what passed among what failed.',
    repair: 'The rank is removed, and kept in properties["original/rank"].',
    before: '{ "kind": "pass", "rank": 90 }',
    after: '{ "kind": "pass", "properties": { "original/rank": 90 } }',
  },
  visits: 'result',
  check({ kind, rank }, _visit, report) {
    if (kind === undefined || kind === 'fail' || rank === undefined || rank < 0) return;
    report({
      message: `A result of the kind '${kind}' has no rank, but this one has the rank ${rank}. Leave it out.`,
      at: ['rank'],
      value: rank,
      fix: {
        description: 'The rank is removed.',
        apply(target) {
          const result = target as Mutable<Result>;
          result.properties = { ...result.properties, 'original/rank': rank };
          delete result.rank;
        },
      },
    });
  },
});
