import type { Location, LocationRelationship, Result } from '../../model/model.ts';
import { cachedLocationIds } from '../../run/cached-location-ids.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { walkTo, walkWithPaths } from '../../run/walk.ts';
import { defineRule } from '../rule.ts';

const toLocations = walkWithPaths(['location']);
const toRelationships = walkTo(['locationRelationship']);

/** The target may stand anywhere in the result, also after the relationship. */
export const relationshipTarget = defineRule({
  id: 'SF-V511',
  name: 'relationship-target',
  level: 'error',
  specSection: '3.34.2',
  summary: 'The target of a relationship between locations is the id of a location of the same result.',
  explanation: {
    cause: 'The related location was left out, or ids were counted over all results.',
    reason: 'The relationship leads nowhere.',
    repair: 'The relationship is removed.',
    before: '{ "locations": [{ "id": 1, "relationships": [{ "target": 5 }] }] }',
    after: '{ "locations": [{ "id": 1 }] }',
  },
  visits: 'result',
  check(result, { context }, report) {
    if (!hasRelationships(result)) return;
    const ids = new Set<number>();
    const holders: { readonly location: Location; readonly path: readonly (string | number)[] }[] = [];
    toLocations('result', result, (_kind, object, { path }) => {
      const location = object as Location;
      if (location.id !== undefined && location.id >= 0) ids.add(location.id);
      if (location.relationships !== undefined) holders.push({ location, path: [...path, 'relationships'] });
    });
    if (holders.length === 0) return;
    for (const id of cachedLocationIds(result, context.run)) ids.add(id);

    for (const { location, path } of holders) {
      const relationships = location.relationships ?? [];
      const lost = new Set<LocationRelationship>(relationships.filter(({ target }) => !ids.has(target)));
      const remove = removeTogether(relationships, lost);
      for (const [index, relationship] of [...relationships].entries()) {
        if (!lost.has(relationship)) continue;
        report({
          message: `No location of the result has the id ${relationship.target}. Write the id of the related location.`,
          at: [...path, index, 'target'],
          value: relationship.target,
          fix: {
            description: 'The relationship is removed.',
            apply() {
              remove();
              if (relationships.length === 0) delete location.relationships;
            },
          },
        });
      }
    }
  },
});

function hasRelationships(result: Result): boolean {
  let has = false;
  toRelationships('result', result, () => {
    has = true;
  });
  return has;
}
