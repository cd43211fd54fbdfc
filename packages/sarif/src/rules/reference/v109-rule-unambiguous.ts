import { defineRule } from '../rule.ts';

/** Which of several descriptors a result means, only an index or a GUID can tell. */
export const ruleUnambiguous = defineRule({
  id: 'SF-V109',
  name: 'rule-unambiguous',
  level: 'warning',
  specSection: '3.19.23',
  summary: 'A result whose rule id several descriptors have says by an index or a GUID which one it means.',
  explanation: {
    cause:
      'Two components describe rules of the same id, or one component describes an id twice, and the result has the id only.',
    reason: 'Ids need not be unique, so readers choose one of the descriptors, and not all choose the same.',
    repair: 'None: the first descriptor is used, the driver before its extensions.',
    before: '{ "rules": [{ "id": "R1", … }, { "id": "R1", … }], … "ruleId": "R1" }',
    after: '{ "rules": [{ "id": "R1", … }, { "id": "R1", … }], … "ruleId": "R1", "ruleIndex": 1 }',
  },
  visits: 'result',
  check(result, { context: { rules } }, report) {
    const found = rules.find(result);
    if (found.descriptor === undefined || (found.by !== 'id' && found.by !== 'prefix')) return;
    const named = rules.components.find(result.rule?.toolComponent);
    const { id } = found.descriptor;
    const count = rules.differentWithId(id, named.isNamed ? found.component : undefined);
    if (count < 2) return;
    report({
      message: `${count} different rules have the id '${id}', and the result does not say which one it means. Add ruleIndex, or rule with a toolComponent.`,
      at: result.ruleId === undefined ? ['rule', 'id'] : ['ruleId'],
      value: result.ruleId ?? result.rule?.id,
    });
  },
});
