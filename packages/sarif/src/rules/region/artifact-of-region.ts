import type { ArtifactLocation, PhysicalLocation } from '../../model/model.ts';
import type { Visit } from '../rule.ts';

/** What objects on the way to a region say of its artifact: a physical location, a location, a change, an attachment. */
interface Holder {
  readonly artifactLocation?: ArtifactLocation;
  readonly physicalLocation?: PhysicalLocation;
}

/** The location of the artifact that a visited region is about; `undefined` when nothing around it says so. */
export function artifactOfRegion({ result, path, owner, ownerKind }: Visit): ArtifactLocation | undefined {
  if (ownerKind === 'physicalLocation') return (owner?.holder as PhysicalLocation | undefined)?.artifactLocation;
  let found: ArtifactLocation | undefined;
  let object: unknown = result;
  for (const segment of path) {
    if (typeof object !== 'object' || object === null) break;
    const { artifactLocation, physicalLocation } = object as Holder;
    found = artifactLocation ?? physicalLocation?.artifactLocation ?? found;
    object = (object as Record<string | number, unknown>)[segment];
  }
  return found;
}
