import type { PathSegment } from '../../json/pointer.ts';
import type { Location, Result } from '../../model/model.ts';
import { walkTo, walkWithPaths } from '../../run/walk.ts';
import { defineRule } from '../rule.ts';

const toLocations = walkWithPaths(['location']);
const forEachLocation = walkTo(['location']);

/** Links in messages and relationships find a location by its id, wherever in the result it stands. */
export const locationIdUnique = defineRule({
  id: 'SF-V510',
  name: 'location-id-unique',
  level: 'error',
  specSection: '3.28.2',
  summary: 'No two locations of a result have the same id.',
  explanation: {
    cause: 'Locations, related locations and code flows were each numbered from the start.',
    reason: 'A link such as [here](1) and a relationship lead to the location with that id, and there are several.',
    repair: 'The first location keeps the id, the others lose it.',
    before: '{ "locations": [{ "id": 1, … }], "relatedLocations": [{ "id": 1, … }] }',
    after: '{ "locations": [{ "id": 1, … }], "relatedLocations": [{ … }] }',
  },
  visits: 'result',
  check(result, _visit, report) {
    if (!hasSeveralIds(result)) return;
    const seen = new Set<number>();
    for (const [location, path] of locationsOf(result)) {
      const { id } = location;
      if (id === undefined || id < 0) continue;
      if (!seen.has(id)) {
        seen.add(id);
        continue;
      }
      report({
        message: `Another location of the result has the id ${id} already. Give each location an id of its own.`,
        at: [...path, 'id'],
        value: id,
        fix: {
          description: "'id' is removed.",
          apply() {
            delete location.id;
          },
        },
      });
    }
  },
});

/** Few results number their locations: the others are done with here. */
function hasSeveralIds(result: Result): boolean {
  let ids = 0;
  forEachLocation('result', result, (_kind, { id }) => {
    if (id !== undefined && id >= 0) ids += 1;
  });
  return ids > 1;
}

/** Where a result is comes first, what belongs to it second: the same in whatever order the log has its members. */
function locationsOf({ locations, relatedLocations, ...others }: Result): [Location, readonly PathSegment[]][] {
  const names = Object.keys(others).sort() as (keyof typeof others)[];
  const ordered = { locations, relatedLocations, ...Object.fromEntries(names.map((name) => [name, others[name]])) };
  const found: [Location, readonly PathSegment[]][] = [];
  toLocations('result', ordered, (_kind, object, { path }) => found.push([object as Location, [...path]]));
  return found;
}
