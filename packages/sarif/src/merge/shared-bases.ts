import { canonicalJson } from '../digest/canonical-json.ts';
import type { ArtifactLocation, RunHeader } from '../model/model.ts';
import type { RepositoryPaths } from '../run/repository-path.ts';
import { walkTo } from '../run/walk.ts';
import { jsonCopy } from '../split/json-copy.ts';

/** What the relative paths of several runs start at. */
export interface SharedBases {
  /** Whether a path means the same in each of the runs. */
  readonly isSame: boolean;
  /** The base ids that each of the runs declares, in the same way. */
  readonly originalUriBaseIds: Readonly<Record<string, ArtifactLocation>>;
}

/** Compares what the paths of runs start at: base ids, and the folders that are known to be the root of the repository. */
export function sharedBases(runs: readonly RunHeader[]): SharedBases {
  const placed = runs.filter((run) => !isPlaceless(run));
  const [first = {} as RunHeader] = placed;
  const key = rootsKey(first);
  const declared = new Map(Object.entries(first.originalUriBaseIds ?? {}));
  for (const [id, location] of declared) {
    const text = canonicalJson(location);
    const isAgreed = placed.every(
      ({ originalUriBaseIds: bases = {} }) => Object.hasOwn(bases, id) && canonicalJson(bases[id]) === text,
    );
    if (!isAgreed) declared.delete(id);
  }
  withoutLostParents(declared);
  return { isSame: placed.every((run) => rootsKey(run) === key), originalUriBaseIds: Object.fromEntries(declared) };
}

/** A base means the same only where the one that it is relative to does. */
function withoutLostParents(bases: Map<string, ArtifactLocation>): void {
  const isLost = new Map<string, boolean>();
  for (const start of [...bases.keys()]) {
    const chain: string[] = [];
    let id: string | undefined = start;
    // Bases in a circle are equal, if equally useless.
    while (id !== undefined && bases.has(id) && !isLost.has(id)) {
      chain.push(id);
      isLost.set(id, false);
      id = bases.get(id)?.uriBaseId;
    }
    const lost = id !== undefined && (isLost.get(id) ?? true);
    for (const each of chain) isLost.set(each, lost);
  }
  for (const [id, lost] of isLost) if (lost) bases.delete(id);
}

/** A run that names no place says nothing of where places start. */
function isPlaceless(run: RunHeader): boolean {
  return !JSON.stringify(run).includes('"uri');
}

function rootsKey({ originalUriBaseIds, versionControlProvenance = [], invocations = [] }: RunHeader): string {
  return canonicalJson([
    originalUriBaseIds ?? {},
    versionControlProvenance.map(({ mappedTo }) => mappedTo ?? null),
    invocations[0]?.workingDirectory ?? null,
  ]);
}

const toLocations = walkTo(['artifactLocation']);

/** A header whose places do not depend on base ids that other runs declare in another way. The run stays as it is. */
export function withSharedBases(given: RunHeader, paths: RepositoryPaths, shared: SharedBases): RunHeader {
  const { originalUriBaseIds: _, ...run } = jsonCopy(given);
  const kept = new Set<object>();
  // These folders are where paths start. One that is known by its base alone is left out with the base.
  for (const details of run.versionControlProvenance ?? []) {
    if (details.mappedTo === undefined) continue;
    if (isShared(details.mappedTo, shared)) kept.add(details.mappedTo);
    else delete details.mappedTo;
  }
  for (const invocation of run.invocations ?? []) {
    if (invocation.workingDirectory === undefined) continue;
    if (isShared(invocation.workingDirectory, shared)) kept.add(invocation.workingDirectory);
    else delete invocation.workingDirectory;
  }
  const { specialLocations } = run;
  if (specialLocations?.displayBase !== undefined) {
    if (isShared(specialLocations.displayBase, shared)) kept.add(specialLocations.displayBase);
    else delete specialLocations.displayBase;
  }
  for (const { parentIndex = -1, location } of run.artifacts ?? []) {
    // A path inside another artifact starts at no base.
    if (parentIndex >= 0 && location !== undefined) kept.add(location);
  }
  toLocations('run', run, (_kind, location) => {
    if (!kept.has(location)) writePath(location, paths, shared);
  });
  const { originalUriBaseIds } = shared;
  return Object.keys(originalUriBaseIds).length === 0 ? run : { ...run, originalUriBaseIds };
}

/**
 * Writes a location as a path from the root of the repository, or as an absolute URI, where the log tells which that is. What starts
 * at a base that all runs share stays.
 */
export function writePath(location: ArtifactLocation, paths: RepositoryPaths, shared: SharedBases): void {
  if (location.uri === undefined || (location.uriBaseId !== undefined && isShared(location, shared))) return;
  const path = paths.of(location);
  if (path === undefined || path.scope === 'unresolved' || path.scope === 'nested') return;
  location.uri = path.path;
  delete location.uriBaseId;
}

function isShared({ uriBaseId }: ArtifactLocation, { originalUriBaseIds }: SharedBases): boolean {
  return uriBaseId === undefined || Object.hasOwn(originalUriBaseIds, uriBaseId);
}
