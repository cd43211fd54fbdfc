import type { Result } from '../../model/model.ts';
import { defineRule } from '../rule.ts';
import { heldReferences, isEmptyReference, referenceHolders, removalOf } from './held-references.ts';

/** A reference has one target, however many ways it names it. */
export const indexAndGuidAgree = defineRule({
  id: 'SF-V106',
  name: 'index-and-guid-agree',
  level: 'error',
  specSection: '3.52.2',
  summary: 'The index and the GUID of a reference lead to the same descriptor.',
  explanation: {
    cause: 'Descriptors were removed, merged or put in another order, and the indices of references were not adapted.',
    reason: 'Readers that look at the index and readers that look at the GUID see different rules.',
    repair: 'The index counts: the GUID becomes that of its descriptor, and goes where the descriptor has none.',
    before: '{ "index": 0, "guid": "7a3f1f9e-…" }, where rules[0].guid is "0d5c2e71-…"',
    after: '{ "index": 0, "guid": "0d5c2e71-…" }',
  },
  visits: referenceHolders,
  check(holder, visit, report) {
    for (const { reference, at, found } of heldReferences(holder, visit)) {
      const isRule = at[0] === 'rule';
      const byIndex = found.byIndex ?? (isRule ? visit.context.rules.pointers(holder as Result).byIndex : undefined);
      const { guid } = reference;
      if (byIndex === undefined || guid === undefined) continue;
      const differs = byIndex.guid === undefined ? found.byGuid !== undefined : !isSameGuid(byIndex.guid, guid);
      if (!differs || byIndex === found.byGuid) continue;
      const own = byIndex.guid;
      report({
        message: `The index of the reference leads to '${byIndex.id}', but its GUID ${found.byGuid === undefined ? 'does not' : `leads to '${found.byGuid.id}'`}. Keep the one that is right.`,
        at: [...at, 'guid'],
        value: guid,
        fix: {
          description: own === undefined ? 'The GUID is removed.' : `The GUID becomes '${own}'.`,
          apply() {
            if (own === undefined) delete reference.guid;
            else reference.guid = own;
            if (isEmptyReference(reference)) removalOf(holder, [{ at }])();
          },
        },
      });
    }
  },
});

function isSameGuid(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
