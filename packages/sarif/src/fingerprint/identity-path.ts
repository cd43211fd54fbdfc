import type { Result } from '../model/model.ts';
import { canonicalPath } from '../run/canonical-path.ts';
import type { RunContext } from '../run/run-context.ts';

/** Stands between names: no name holds it. */
const recordSeparator = '\u001e';

/**
 * Where a result is, in words that are the same wherever the sources were checked out: the file from the root of the repository,
 * of a file outside of it only its name; where no file is known, the names of the code elements, sorted.
 */
export function identityPath(result: Result, context: RunContext): string {
  const locations = result.locations ?? [];
  for (const { physicalLocation } of locations) {
    const file = physicalLocation?.artifactLocation;
    const found = file === undefined ? undefined : canonicalPath(file, context);
    if (found === undefined) continue;
    const path = found.scope === 'absolute' ? withoutFolders(found.path) : found.path;
    return [...found.containers.map(withoutRoot), path].join(recordSeparator);
  }
  const names = new Set<string>();
  for (const { logicalLocations } of locations) {
    for (const logical of logicalLocations ?? []) {
      const cached = context.run.logicalLocations?.[logical.index ?? -1];
      const name = logical.fullyQualifiedName ?? cached?.fullyQualifiedName ?? logical.name ?? cached?.name;
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].sort().join(recordSeparator);
}

function withoutRoot(path: string): string {
  return /^file:/i.test(path) ? withoutFolders(path) : path;
}

function withoutFolders(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
