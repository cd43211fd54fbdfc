import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';

/** What a result is about is known by its rule's id, even where all else is missing. */
export const ruleNamed = defineRule({
  id: 'SF-V101',
  name: 'rule-named',
  level: 'error',
  specSection: '3.27.5',
  like: ['SARIF1010'],
  summary: 'The result names its rule by ruleId or by rule.id.',
  explanation: {
    cause: 'The result gives its rule by an index or a GUID only, or not at all.',
    reason:
      'An index means nothing once the descriptors are gone or moved; results are filtered and compared by the id.',
    repair: "ruleId is written from the descriptor that the result leads to; it is 'unspecified' where there is none.",
    before: '{ "ruleIndex": 0, "message": { "text": "…" } }',
    after: '{ "ruleId": "R1", "ruleIndex": 0, "message": { "text": "…" } }',
  },
  visits: 'result',
  check(result, { context: { rules } }, report) {
    if (result.ruleId !== undefined || result.rule?.id !== undefined) return;
    const id = rules.find(result).ruleId;
    report({
      message:
        id === undefined
          ? 'The result names no rule. Write the id of the rule in ruleId.'
          : `The result names its rule by an index or a GUID only. Write its id, '${id}', in ruleId.`,
      fix: {
        description: `ruleId '${id ?? 'unspecified'}' is written.`,
        apply(target) {
          (target as Mutable<Result>).ruleId = id ?? 'unspecified';
        },
      },
    });
  },
});
