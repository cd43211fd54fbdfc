import { walkTo } from '../run/walk.ts';
import { duplicatesIn, hasDistinctItems } from '../schema/distinct-items.ts';
import { shapes } from '../schema/shapes.generated.ts';

const toOwners = walkTo([
  'conversion',
  'fix',
  'graph',
  'invocation',
  'location',
  'node',
  'notification',
  'reportingDescriptor',
  'result',
  'resultProvenance',
  'run',
  'threadFlowLocation',
  'toolComponent',
]);

/**
 * Leaves the first of equal elements in lists whose elements have to be different (section 3.7.3). Two references that
 * differed in an index may be equal once they name their target. Lists that indices point into stay as they are. `kind` is the
 * object's SARIF name.
 */
export function removeDuplicates(kind: string, value: object): void {
  const lists: unknown[][] = [];
  toOwners(kind, value, (found, owner) => {
    for (const [member, list] of Object.entries(owner)) {
      const shape = shapes[found]?.members[member];
      if (shape?.type !== 'array' || shape.distinct !== true || shape.indexed === true) continue;
      if (Array.isArray(list) && list.length > 1) lists.push(list);
    }
  });
  // From the inside out: what becomes shorter may become equal.
  for (const list of lists.reverse()) if (!hasDistinctItems(list)) keepFirsts(list);
}

function keepFirsts(list: unknown[]): void {
  const doomed = new Set(Array.from(duplicatesIn(list), ({ index }) => index));
  let kept = 0;
  for (const [index, element] of list.entries()) {
    if (doomed.has(index)) continue;
    list[kept] = element;
    kept += 1;
  }
  list.length = kept;
}
