import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { hasKindLevelConflict, isMarkedAsConflict, markAsConflict } from '../../run/kind-level-conflict.ts';
import { defineRule } from '../rule.ts';

/** Only what failed is more or less severe. */
export const kindAndLevel = defineRule({
  id: 'SF-V201',
  name: 'kind-and-level',
  level: 'error',
  specSection: '3.27.10',
  summary: 'A result of another kind than fail has no level but none.',
  explanation: {
    cause: "The tool writes the level of the rule into every result, also into those of the kind 'pass' or 'review'.",
    reason: 'Some readers go by the kind and drop the result, others go by the level and raise an alarm.',
    repair:
      'Both are kept, so that no severity is lowered, and the result is marked with properties["sariflow/kindLevelConflict"]. What has this mark is not reported again.',
    before: '{ "kind": "review", "level": "error" }',
    after: '{ "kind": "review", "level": "error", "properties": { "sariflow/kindLevelConflict": true } }',
  },
  visits: 'result',
  check(result, _visit, report) {
    if (!hasKindLevelConflict(result) || isMarkedAsConflict(result)) return;
    const { kind, level } = result;
    report({
      message: `A result of the kind '${kind}' has no severity, but this one has the level '${level}'. Leave out the level, or write the kind 'fail'.`,
      at: ['level'],
      value: level,
      fix: {
        description: 'The result is marked as one whose kind and level contradict each other.',
        apply: (target) => markAsConflict(target as Mutable<Result>),
      },
    });
  },
});
