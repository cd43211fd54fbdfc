import { defineRule } from '../rule.ts';

/** A deprecated id is one that no rule has any more. */
export const deprecatedIdsRetired = defineRule({
  id: 'SF-V113',
  name: 'deprecated-ids-retired',
  level: 'warning',
  specSection: '3.49.4',
  summary: 'No deprecated id of a descriptor is the id of a descriptor in use.',
  explanation: {
    cause: 'A rule was split or renamed, and the old id was kept in use or handed on.',
    reason: 'Results are followed from one run to the next by deprecated ids: two rules would claim the same results.',
    repair: 'None: whether the id or its deprecation is wrong, only the author of the rule knows.',
    before: '{ "id": "R2", "deprecatedIds": ["R1", "R2"] }',
    after: '{ "id": "R2", "deprecatedIds": ["R1"] }',
  },
  visits: 'toolComponent',
  check(component, _visit, report) {
    for (const member of ['rules', 'notifications', 'taxa'] as const) {
      const descriptors = component[member] ?? [];
      if (!descriptors.some(({ deprecatedIds }) => deprecatedIds !== undefined)) continue;
      const live = new Set(descriptors.map(({ id }) => id));
      for (const [index, { id, deprecatedIds }] of descriptors.entries()) {
        for (const [position, deprecated] of deprecatedIds?.entries() ?? []) {
          if (!live.has(deprecated)) continue;
          report({
            message:
              deprecated === id
                ? `'${id}' is the rule's own id, so it is not deprecated. Leave it out of deprecatedIds.`
                : `'${deprecated}' is deprecated by '${id}', but another rule has this id. Leave it out of deprecatedIds, or retire that rule.`,
            at: [member, index, 'deprecatedIds', position],
            value: deprecated,
          });
        }
      }
    }
  },
});
