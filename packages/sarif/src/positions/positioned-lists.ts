import type { PathSegment } from '../json/pointer.ts';
import type { RunHeader } from '../model/model.ts';
import { walkWithPaths } from '../run/walk.ts';
import { shapes } from '../schema/shapes.generated.ts';

/** A list of a run that something points into by position, and whose elements have to be different (section 3.7.3). */
export interface PositionedList {
  /** From the run. */
  readonly path: readonly PathSegment[];
  /** The SARIF name of its elements. */
  readonly kind: string;
  /** What has the list as a member: the run, its tool or a tool component. */
  readonly owner: object;
  readonly elements: object[];
}

const walk = walkWithPaths(['run', 'tool', 'toolComponent']);

/** All such lists of a run's header, in the order of its members: the same for equal headers. */
export function positionedLists(run: RunHeader): PositionedList[] {
  const lists: PositionedList[] = [];
  walk('run', run, (kind, owner, { path }) => {
    for (const [member, elements] of Object.entries(owner)) {
      const elementKind = kindOfElements(kind, member);
      if (elementKind === undefined || !Array.isArray(elements)) continue;
      lists.push({ path: [...path, member], kind: elementKind, owner, elements });
    }
  });
  return lists;
}

/** The object without its lists of this kind. What it holds is shared. `kind` is its SARIF name. */
export function withoutPositionedLists<T extends object>(kind: string, owner: T): T {
  return Object.fromEntries(
    Object.entries(owner).filter(([member]) => kindOfElements(kind, member) === undefined),
  ) as unknown as T;
}

function kindOfElements(kind: string, member: string): string | undefined {
  const members = shapes[kind]?.members ?? {};
  const shape = Object.hasOwn(members, member) ? members[member] : undefined;
  if (shape?.type !== 'array' || shape.distinct !== true || shape.indexed !== true) return undefined;
  return shape.items.type === 'object' ? shape.items.shape : undefined;
}
