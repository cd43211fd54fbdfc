import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { pointAtFoundRule } from '../../run/point-at-rule.ts';
import { isSameOrParent } from '../../run/rule-lookup.ts';
import { hasRulesElsewhere } from '../../run/unknown-rule.ts';
import { defineRule } from '../rule.ts';

/** The id says what a result is about, and the index where that is described: they have to agree. */
export const descriptorMatches = defineRule({
  id: 'SF-V105',
  name: 'descriptor-matches',
  level: 'error',
  specSection: '3.52.4',
  summary: "The descriptor that a result points to has the result's rule id, or that of a rule above it.",
  explanation: {
    cause:
      'Rules were removed, merged or put in another order after the results had been written, so that indices are off.',
    reason: 'Readers that trust the index show the description, the help and the level of another rule.',
    repair:
      'The id counts: the index and the GUID become those of the descriptor with the id. Where the run has none, the descriptor found is copied under the id.',
    before: '{ "rules": [{ "id": "R1" }, { "id": "R2" }], … "ruleId": "R1", "ruleIndex": 1 }',
    after: '{ "rules": [{ "id": "R1" }, { "id": "R2" }], … "ruleId": "R1", "ruleIndex": 0 }',
  },
  visits: 'result',
  check(result, { context: { run, rules } }, report) {
    const { ruleIndex, rule } = result;
    const id = result.ruleId ?? rule?.id;
    if (id === undefined || (ruleIndex === undefined && rule === undefined) || hasRulesElsewhere(run)) return;
    const { component, byIndex, byGuid } = rules.pointers(result);
    if (component === undefined) return;
    const descriptor = byIndex ?? rules.components.at(component)?.rules?.[byGuid ?? -1];
    if (descriptor === undefined || isSameOrParent(descriptor.id, id)) return;
    const right = rules.naming(id, component) ?? rules.naming(id);
    const member = byIndex === undefined ? 'guid' : 'index';
    const isInRule = member === 'guid' || (rule?.index ?? -1) >= 0;
    report({
      message: `The ${member === 'guid' ? 'GUID' : 'index'} of the rule leads to '${descriptor.id}', but the result's rule id is '${id}'. Point to the rule with this id.`,
      at: isInRule ? ['rule', member] : ['ruleIndex'],
      value: isInRule ? rule?.[member] : ruleIndex,
      ...(right === undefined
        ? {}
        : {
            fix: {
              description: `The result now points to '${right.descriptor?.id}'.`,
              apply: (target) => pointAtFoundRule(target as Mutable<Result>, right),
            },
          }),
    });
  },
});
