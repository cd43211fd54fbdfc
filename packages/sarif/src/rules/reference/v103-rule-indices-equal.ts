import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { isSameOrParent } from '../../run/rule-lookup.ts';
import { defineRule } from '../rule.ts';

/** Both indices of a result count in the same array. */
export const ruleIndicesEqual = defineRule({
  id: 'SF-V103',
  name: 'rule-indices-equal',
  level: 'error',
  specSection: '3.27.6',
  summary: 'ruleIndex and rule.index of a result are equal.',
  explanation: {
    cause: 'Rules were removed or put in another order, and only one of the two indices was adapted.',
    reason: 'Readers that look at different places give the result different descriptions and different levels.',
    repair: "The index whose descriptor has the result's id is written in both places, else rule.index.",
    before: '{ "ruleId": "R1", "ruleIndex": 0, "rule": { "index": 1 } }',
    after: '{ "ruleId": "R1", "ruleIndex": 0, "rule": { "index": 0 } }',
  },
  visits: 'result',
  check(result, { context: { rules } }, report) {
    const { ruleId, ruleIndex = -1, rule } = result;
    const other = rule?.index ?? -1;
    if (ruleIndex < 0 || other < 0 || ruleIndex === other) return;
    const id = ruleId ?? rule?.id;
    const isNamed = (index: number) => {
      const { byIndex } = rules.pointers({ message: result.message, rule: { ...rule, index } });
      return id !== undefined && byIndex !== undefined && isSameOrParent(byIndex.id, id);
    };
    const index = isNamed(ruleIndex) && !isNamed(other) ? ruleIndex : other;
    report({
      message: `The result's ruleIndex is ${ruleIndex}, but its rule.index is ${other}. Write the same index in both places.`,
      at: ['ruleIndex'],
      value: ruleIndex,
      fix: {
        description: `ruleIndex and rule.index become ${index}.`,
        apply(target) {
          const changed = target as Mutable<Result>;
          changed.ruleIndex = index;
          changed.rule = { ...changed.rule, index };
        },
      },
    });
  },
});
