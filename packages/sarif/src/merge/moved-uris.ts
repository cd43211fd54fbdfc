import type { ExternalPropertyFileReference, RunHeader } from '../model/model.ts';
import { type PooledArray, pooledArrays } from '../positions/references.ts';
import type { MoveUri } from '../positions/sarif-uris.ts';
import type { DescriptorArray } from './united-components.ts';
import { descriptorArrays } from './united-components.ts';
import type { UnitedPositions } from './united-positions.ts';

/** A run that has a new place, as far as URIs of the log name places in it. */
export interface MovedRun {
  /** Position of the run that it has become, or has become a piece of. */
  readonly runIndex: number;
  /** Where its elements stand; absent when they stand where they did. */
  readonly positions: UnitedPositions | undefined;
  /** Where a result stands now; `undefined` when it is not there. */
  readonly resultAt: (resultIndex: number) => number | undefined;
}

/** Gives a place of a log its name in the merged log. `runs` are those of the log, by their positions in it. */
export function movedUri(runs: ReadonlyMap<number, MovedRun>): MoveUri {
  return ({ run, path }) => {
    const moved = runs.get(run);
    if (moved === undefined) return undefined;
    const newPath = movedPath(path, moved);
    return newPath && ['sarif:', 'runs', moved.runIndex, ...newPath].join('/');
  };
}

type Path = readonly (string | number)[];

function movedPath(path: readonly string[], { positions, resultAt }: MovedRun): Path | undefined {
  const [first = '', second = '', third = ''] = path;
  if (first === 'results' && path.length > 1) return replaced(path, 1, resultAt(numberOf(second)));
  if (positions === undefined) return path;
  if (Object.hasOwn(pooledArrays, first) && path.length > 1) {
    return replaced(path, 1, positions.element(first as PooledArray, numberOf(second)));
  }
  if (first === 'invocations' && path.length > 1) return replaced(path, 1, positions.invocations[numberOf(second)]);
  if (first === 'taxonomies' && path.length > 1) {
    const at = numberOf(second);
    const moved = replaced(path, 1, positions.taxonomy(at));
    return moved && movedDescriptor(moved, 2, (array, index) => positions.inTaxonomy(at, array, index));
  }
  if (first === 'tool' && second === 'driver') {
    return movedDescriptor(path, 2, (array, index) => positions.descriptor('driver', array, index));
  }
  if (first === 'tool' && second === 'extensions' && path.length > 2) {
    const at = numberOf(third);
    const component = positions.component(at);
    const moved = replaced(path, 2, component === 'driver' ? undefined : component);
    return moved && movedDescriptor(moved, 3, (array, index) => positions.descriptor(at, array, index));
  }
  return path;
}

/** Moves the descriptor that a path names below a component, if it names one. */
function movedDescriptor(
  path: Path,
  at: number,
  positionOf: (array: DescriptorArray, index: number) => number | undefined,
): Path | undefined {
  const array = descriptorArrays.find((name) => name === path[at]);
  if (array === undefined || path.length <= at + 1) return path;
  return replaced(path, at + 1, positionOf(array, numberOf(`${path[at + 1]}`)));
}

function replaced(path: Path, at: number, position: number | undefined): Path | undefined {
  return position === undefined ? undefined : [...path.slice(0, at), position, ...path.slice(at + 1)];
}

function numberOf(segment: string): number {
  return /^(0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : -1;
}

/** Lets a run's references to inline external properties lead to where these stand now. */
export function moveInlineProperties(
  { externalPropertyFileReferences: references }: RunHeader,
  positions: readonly number[],
): void {
  const { properties: _, ...members } = references ?? {};
  for (const member of Object.values(members)) {
    const list: readonly ExternalPropertyFileReference[] = Array.isArray(member) ? member : [member];
    for (const { location } of list) {
      const [, index] = /^sarif:\/inlineExternalProperties\/(0|[1-9]\d{0,8})$/.exec(location?.uri ?? '') ?? [];
      const position = index === undefined ? undefined : positions[Number(index)];
      if (location !== undefined && position !== undefined) {
        location.uri = `sarif:/inlineExternalProperties/${position}`;
      }
    }
  }
}
