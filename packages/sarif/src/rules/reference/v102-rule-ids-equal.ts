import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';

/** A result has one rule, so both places that name it say the same. */
export const ruleIdsEqual = defineRule({
  id: 'SF-V102',
  name: 'rule-ids-equal',
  level: 'error',
  specSection: '3.27.5',
  like: ['SARIF1010'],
  summary: 'ruleId and rule.id of a result are equal.',
  explanation: {
    cause: 'One of the two was changed, and the other forgotten: by a filter, a converter or a script.',
    reason: 'Some readers look at ruleId and others at rule.id, so the same result appears under two rules.',
    repair: 'The id of which the run has a descriptor is written in both places; ruleId, when it has both or neither.',
    before: '{ "ruleId": "R1", "rule": { "id": "R2", "index": 0 } }',
    after: '{ "ruleId": "R1", "rule": { "id": "R1", "index": 0 } }',
  },
  visits: 'result',
  check({ ruleId, rule }, { context: { rules } }, report) {
    const other = rule?.id;
    if (ruleId === undefined || other === undefined || ruleId === other) return;
    const place = rules.indexedComponent(rule);
    const isOtherBetter = rules.naming(ruleId, place) === undefined && rules.naming(other, place) !== undefined;
    const id = isOtherBetter ? other : ruleId;
    report({
      message: `The result's ruleId is '${ruleId}', but its rule.id is '${other}'. Write the same id in both places.`,
      at: ['rule', 'id'],
      value: other,
      fix: {
        description: `${isOtherBetter ? 'ruleId' : 'rule.id'} becomes '${id}'.`,
        apply(target) {
          const result = target as Mutable<Result>;
          result.ruleId = id;
          result.rule = { ...rule, id };
        },
      },
    });
  },
});
