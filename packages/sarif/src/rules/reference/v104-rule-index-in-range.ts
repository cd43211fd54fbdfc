import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { pointAtRule } from '../../run/point-at-rule.ts';
import { hasRulesElsewhere } from '../../run/unknown-rule.ts';
import { defineRule } from '../rule.ts';

/** An index that leads past the end is no index. */
export const ruleIndexInRange = defineRule({
  id: 'SF-V104',
  name: 'rule-index-in-range',
  level: 'error',
  specSection: '3.52.5',
  like: ['SARIF1009'],
  summary: "The index of a result's rule is one of its component's rules.",
  explanation: {
    cause:
      'The rules were left out or shortened, or they stand in an extension that the result does not name in rule.toolComponent.',
    reason: 'A reader finds neither the description nor the level of the rule, and some readers refuse the log.',
    repair:
      "The index becomes that of the descriptor with the result's GUID or id; without one in the component, it is removed.",
    before: '{ "rules": [{ "id": "R1" }], … "ruleId": "R1", "ruleIndex": 7 }',
    after: '{ "rules": [{ "id": "R1" }], … "ruleId": "R1", "ruleIndex": 0 }',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    if (result.ruleIndex === undefined && result.rule === undefined) return;
    const { component, index, byIndex } = rules.pointers(result);
    if (component === undefined || index === undefined || byIndex !== undefined || hasRulesElsewhere(run)) return;
    const described = rules.components.at(component);
    const count = described?.rules?.length ?? 0;
    const found = rules.find(result);
    const position = found.descriptor !== undefined && found.component === component ? found.index : undefined;
    const owner = component === 'driver' ? 'the driver' : `the extension '${described?.name}'`;
    const rest = count === 0 ? 'no rules' : `${count} ${count === 1 ? 'rule' : 'rules'}, counted from 0`;
    report({
      message: `The index of the rule is ${index}, but ${owner} describes ${rest}. Correct the index, or leave it out.`,
      at: (result.rule?.index ?? -1) >= 0 ? ['rule', 'index'] : ['ruleIndex'],
      value: index,
      fix: {
        description: position === undefined ? 'The index is removed.' : `The index becomes ${position}.`,
        apply(target) {
          pointAtRule(target as Mutable<Result>, found.ruleId, position);
        },
      },
    });
  },
});
