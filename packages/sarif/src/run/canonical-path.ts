import type { ArtifactLocation, RunHeader } from '../model/model.ts';
import { mostParents } from './most-parents.ts';
import type { RepositoryPaths } from './repository-path.ts';
import { decodedPath } from './uri-normal-form.ts';

/** Where a file is, as people read it and as identities are made of (sections 3.4, 3.10 and 3.14.14 taken together). */
export interface CanonicalPath {
  /** Percent-decoded, with `/` and without a leading one; of a nested artifact, its path inside the outermost one's container. */
  readonly path: string;
  /** `unresolved:` is followed by the base id that the run does not declare. */
  readonly scope: 'repository' | 'absolute' | 'nested' | 'remote' | `unresolved:${string}`;
  /** What a nested artifact lies in, the outermost container first; of very many the innermost ones. */
  readonly containers: readonly string[];
  /** `..` is never collapsed: only the file system knows where it leads. */
  readonly hasParentSegments: boolean;
}

/** The path of a location, or `undefined` when it names no file. */
export function canonicalPath(
  location: ArtifactLocation,
  { run, paths }: { readonly run: RunHeader; readonly paths: RepositoryPaths },
): CanonicalPath | undefined {
  const found = paths.of(location);
  if (found === undefined) return undefined;
  const path = decodedPath(withoutEmptyStart(found.path));
  return {
    path,
    scope: found.scope === 'unresolved' ? `unresolved:${found.baseId ?? ''}` : found.scope,
    containers: found.scope === 'nested' ? containersOf(location.index, run, paths) : [],
    hasParentSegments: path.split('/').includes('..'),
  };
}

/** A relative path whose first segment has a colon begins with `./`, and one of a nested artifact may begin with `/`. */
function withoutEmptyStart(path: string): string {
  return path.replace(/^(?:\.?\/){1,100}/, '');
}

function containersOf(index: number | undefined, run: RunHeader, paths: RepositoryPaths): string[] {
  const containers: string[] = [];
  const seen = new Set<number>();
  let current = run.artifacts?.[index ?? -1]?.parentIndex ?? -1;
  while (current >= 0 && !seen.has(current) && seen.size < mostParents) {
    seen.add(current);
    const parent = run.artifacts?.[current];
    const path = paths.of({ ...parent?.location, index: current });
    if (path !== undefined) containers.push(decodedPath(withoutEmptyStart(path.path)));
    current = parent?.parentIndex ?? -1;
  }
  return containers.reverse();
}
