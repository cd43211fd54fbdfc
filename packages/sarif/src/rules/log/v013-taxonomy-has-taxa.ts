import type { ToolComponent } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';

/** A taxonomy is made of taxa and nothing else. */
export const taxonomyHasTaxa = defineRule({
  id: 'SF-V013',
  name: 'taxonomy-has-taxa',
  level: 'error',
  specSection: '3.19.3',
  summary: 'A component in taxonomies has taxa, and neither rules nor notifications.',
  explanation: {
    cause: 'A producer writes the entries of CWE or OWASP as rules of the taxonomy, or only names the taxonomy.',
    reason: 'References to taxa look into taxa alone: what stands elsewhere in a taxonomy is found by nobody.',
    repair:
      "'rules' and 'notifications' are removed from the taxonomy; an empty 'taxa' is written where there is none.",
    before: '{ "taxonomies": [{ "name": "CWE", "rules": [ … ] }] }',
    after: '{ "taxonomies": [{ "name": "CWE", "taxa": [] }] }',
  },
  visits: 'toolComponent',
  check(component, { path, ownerKind }, report) {
    if (ownerKind !== 'run' || path[0] !== 'taxonomies') return;
    for (const member of ['rules', 'notifications'] as const) {
      if (component[member] === undefined) continue;
      report({
        message: `A taxonomy has no '${member}'. Write its entries into 'taxa'.`,
        at: [member],
        fix: {
          description: `'${member}' is removed.`,
          apply(target) {
            delete (target as Mutable<ToolComponent>)[member];
          },
        },
      });
    }
    if (component.taxa !== undefined) return;
    report({
      message: "The taxonomy has no 'taxa', which it is made of. Write its entries there.",
      fix: {
        description: "An empty 'taxa' is written.",
        apply(target) {
          (target as Mutable<ToolComponent>).taxa = [];
        },
      },
    });
  },
});
