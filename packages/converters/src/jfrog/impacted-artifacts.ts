import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/** What a vulnerable package is part of. */
export interface ImpactedArtifacts {
  /** Component ids or names, such as `docker://shop:1.2`. */
  readonly names: readonly string[];
  /** Paths in the repository of artifacts. */
  readonly paths: readonly string[];
}

const artifactMembers = new Set([
  'name',
  'display_name',
  'path',
  'pkg_type',
  'sha256',
  'depth',
  'parent_sha',
  'infected_files',
]);

/** The artifacts of an entry: one name, or a list of names, paths and objects. */
export function readArtifacts(entry: Fields): ImpactedArtifacts {
  const names = new Set<string>();
  const paths = new Set<string>();
  const read = (value: unknown, at: readonly (string | number)[]) => {
    if (value === undefined || value === null || value === '') return;
    if (typeof value === 'string') {
      (value.includes('://') ? names : paths).add(value);
      return;
    }
    if (!isObject(value)) {
      entry.doubtValue(at, value, 'a name or an object');
      return;
    }
    const artifact = entry.at(value, at);
    artifact.keepUnknown(artifactMembers);
    for (const name of ['pkg_type', 'sha256', 'depth', 'parent_sha', 'infected_files']) artifact.keep(name);
    const name = artifact.text('name') || artifact.text('display_name');
    const path = artifact.text('path');
    if (name !== undefined && name !== '') names.add(name);
    if (path !== undefined && path !== '') paths.add(path);
  };
  for (const name of ['impacted_artifact', 'artifact']) read(entry.object[name], [name]);
  for (const name of ['impacted_artifacts', 'impact_artifacts']) {
    for (const [index, value] of (entry.list(name) ?? []).entries()) read(value, [name, index]);
  }
  return { names: [...names], paths: [...paths] };
}
