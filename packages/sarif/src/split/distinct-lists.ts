import { walkTo } from '../run/walk.ts';
import { duplicatesIn, hasDistinctItems } from '../schema/distinct-items.ts';
import { shapes } from '../schema/shapes.generated.ts';

const toOwners = walkTo([
  'conversion',
  'invocation',
  'location',
  'reportingDescriptor',
  'result',
  'threadFlowLocation',
  'toolComponent',
]);

/**
 * Leaves the first of equal elements in lists whose elements have to be different (section 3.7.3). Two references that
 * differed in an index may be equal once they name their target. `kind` is the object's SARIF name.
 */
export function removeDuplicates(kind: string, value: object): void {
  toOwners(kind, value, (found, owner) => {
    for (const [member, list] of Object.entries(owner)) {
      const shape = shapes[found]?.members[member];
      if (shape?.type !== 'array' || shape.distinct !== true || !Array.isArray(list) || hasDistinctItems(list))
        continue;
      for (const { index } of [...duplicatesIn(list)].reverse()) list.splice(index, 1);
    }
  });
}
