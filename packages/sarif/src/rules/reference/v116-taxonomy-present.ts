import { defineRule } from '../rule.ts';
import { type HeldReference, heldReferences, referenceHolders, removalOf } from './held-references.ts';

/** A taxon may be named without its taxonomy, but not counted. */
export const taxonomyPresent = defineRule({
  id: 'SF-V116',
  name: 'taxonomy-present',
  level: 'error',
  specSection: '3.27.8',
  summary: 'A reference to a taxon of a taxonomy that the run does not have gives no index.',
  explanation: {
    cause: 'run.taxonomies was left out, or shortened, and the references to its taxa were kept as they were.',
    reason:
      'An index leads nowhere without the array that it counts in; the id and the name of the taxonomy say enough.',
    repair:
      'The indices are removed, of the taxon and of its taxonomy. A reference that has neither an id nor a GUID is removed altogether.',
    before: '{ "id": "CWE-79", "index": 3, "toolComponent": { "name": "CWE", "index": 0 } }',
    after: '{ "id": "CWE-79", "toolComponent": { "name": "CWE" } }',
  },
  visits: referenceHolders,
  check(holder, visit, report) {
    const held = heldReferences(holder, visit).filter(isCountedInNothing);
    if (held.length === 0) return;
    const remove = removalOf(
      holder,
      held.filter(({ reference: { id, guid } }) => id === undefined && guid === undefined),
    );
    for (const { reference, found, at } of held) {
      const { toolComponent } = reference;
      const name = toolComponent?.name === undefined ? 'of the reference' : `'${toolComponent.name}'`;
      report({
        message: `The run does not have the taxonomy ${name}, so no index can lead to a taxon of it. Leave out index and toolComponent.index, or add the taxonomy.`,
        at: [...at, ...(found.index === undefined ? ['toolComponent', 'index'] : ['index'])],
        value: found.index ?? toolComponent?.index,
        fix: {
          description: 'The indices are removed.',
          apply() {
            delete reference.index;
            const { index: _, ...rest } = toolComponent ?? {};
            if (Object.keys(rest).length === 0) delete reference.toolComponent;
            else reference.toolComponent = rest;
            if (reference.id === undefined && reference.guid === undefined) remove();
          },
        },
      });
    }
  },
});

function isCountedInNothing({ reference: { toolComponent }, context, found }: HeldReference): boolean {
  if ((context !== 'taxa' && context !== 'relationship') || found.components.length > 0) return false;
  return found.index !== undefined || (toolComponent?.index ?? -1) >= 0;
}
