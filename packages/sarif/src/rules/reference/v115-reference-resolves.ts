import { defineRule } from '../rule.ts';
import { type HeldReference, heldReferences, referenceHolders, removalOf } from './held-references.ts';

/** A reference that leads nowhere is worse than a name. */
export const referenceResolves = defineRule({
  id: 'SF-V115',
  name: 'reference-resolves',
  level: 'error',
  specSection: '3.52.3',
  like: ['AI1013', 'AI2017'],
  summary:
    'References to descriptors lead to one: of overrides, notifications, relationships and taxa, by the index or the GUID that they give.',
  explanation: {
    cause: 'Descriptors were left out, or moved to another component, after the references to them had been written.',
    reason:
      'Overrides and relationships go unnoticed where their target cannot be found, and some readers refuse the log.',
    repair:
      'The index or GUID that leads nowhere is removed, and the id stays. A reference without an id is removed together with the override or the relationship that it belongs to.',
    before: '{ "descriptor": { "id": "R1", "index": 9 }, "configuration": { "level": "note" } }',
    after: '{ "descriptor": { "id": "R1" }, "configuration": { "level": "note" } }',
  },
  visits: referenceHolders,
  check(holder, visit, report) {
    const held = heldReferences(holder, visit).filter(leadsNowhere);
    if (held.length === 0) return;
    const remove = removalOf(
      holder,
      held.filter((each) => !isNamedElse(each)),
    );
    for (const each of held) {
      const { reference, found, at, context } = each;
      const member = found.index === undefined ? 'guid' : 'index';
      const where = found.components[0]?.name;
      const stays = isNamedElse(each);
      report({
        message: `The ${member === 'guid' ? 'GUID' : 'index'} ${reference[member]} leads to none of the ${words[context]} of '${where}'. Correct it, or refer to the id alone.`,
        at: [...at, member],
        value: reference[member],
        fix: {
          description: stays ? `'${member}' is removed.` : 'The reference is removed.',
          apply() {
            if (stays) delete reference[member];
            else remove();
          },
        },
      });
    }
  },
});

const words = {
  rules: 'rules',
  notifications: 'notifications',
  taxa: 'taxa',
  relationship: 'rules and taxa',
} as const;

/** What names no component that the run has is another rule's matter, and so is the rule of a result. */
function leadsNowhere({ reference, found, at }: HeldReference): boolean {
  if (at[0] === 'rule' || found.components.length === 0) return false;
  if (found.index !== undefined) return found.byIndex === undefined;
  return reference.guid !== undefined && found.byGuid === undefined;
}

/** Whether the reference says something without the member that leads nowhere. */
function isNamedElse({ reference: { id, guid }, found }: HeldReference): boolean {
  return id !== undefined || (found.index !== undefined && guid !== undefined);
}
