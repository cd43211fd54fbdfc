import type { ReportingDescriptor } from '../../model/model.ts';
import { deepEqual } from '../../schema/deep-equal.ts';
import { defineRule } from '../rule.ts';

/** Ids may repeat, but two rules behind one id are seldom meant. */
export const descriptorsDistinct = defineRule({
  id: 'SF-V110',
  name: 'descriptors-distinct',
  level: 'note',
  specSection: '3.19.23',
  summary: 'No two different descriptors of a component have the same id.',
  explanation: {
    cause: 'The tool has versions or variants of a rule that differ in more than their text, or logs were merged.',
    reason: 'Many readers keep one descriptor for each id, so the results of the other one get its text and its level.',
    repair: 'None: the standard allows it, and nobody can tell which descriptor is the right one.',
    before: '{ "rules": [{ "id": "R1", "name": "Eval" }, { "id": "R1", "name": "Exec" }] }',
    after: '{ "rules": [{ "id": "R1/eval", "name": "Eval" }, { "id": "R1/exec", "name": "Exec" }] }',
  },
  visits: 'toolComponent',
  check(component, _visit, report) {
    for (const member of ['rules', 'notifications', 'taxa'] as const) {
      const first = new Map<string, { readonly descriptor: ReportingDescriptor; readonly index: number }>();
      for (const [index, descriptor] of component[member]?.entries() ?? []) {
        const before = first.get(descriptor.id);
        if (before === undefined) first.set(descriptor.id, { descriptor, index });
        else if (!deepEqual(before.descriptor, descriptor)) {
          report({
            message: `'${descriptor.id}' is described differently at index ${before.index}. Give the two different ids.`,
            at: [member, index, 'id'],
            value: descriptor.id,
          });
        }
      }
    }
  },
});
