import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import type { RepositoryPaths } from '../../run/repository-path.ts';
import { normalUri } from '../../run/uri-normal-form.ts';
import { defineRule } from '../rule.ts';

/** A location that says two things. */
export const artifactAgrees = defineRule({
  id: 'SF-V412',
  name: 'artifact-agrees',
  level: 'error',
  specSection: '3.4.2',
  summary: "The 'uri' of a location and the artifact at its 'index' are the same file.",
  explanation: {
    cause: 'Artifacts were sorted, filtered or merged after the results were written, and the indices were not.',
    reason: 'Some readers go by the uri and some by the index: they show different files.',
    repair: "'index' is removed: the uri was written for this result.",
    before:
      '{ "artifacts": [{ "location": { "uri": "src/a.js" } }], …, "artifactLocation": { "uri": "src/b.js", "index": 0 } }',
    after: '{ "artifacts": [{ "location": { "uri": "src/a.js" } }], …, "artifactLocation": { "uri": "src/b.js" } }',
  },
  visits: 'artifactLocation',
  check(location, { context: { run, paths }, result, path }, report) {
    const { uri, index = -1 } = location;
    if (uri === undefined || index < 0 || (result === undefined && path[0] === 'artifacts')) return;
    const other = run.artifacts?.[index]?.location;
    if (other?.uri === undefined || isSameFile(location, other, paths)) return;
    report({
      message: `'uri' says '${uri}', but 'index' ${index} is that of '${other.uri}'. Correct the one that is wrong.`,
      at: ['index'],
      value: index,
      fix: {
        description: "'index' is removed.",
        apply(target) {
          delete (target as Mutable<ArtifactLocation>).index;
        },
      },
    });
  },
});

/** Equal once both are resolved, with the base of the artifact where the location has none; or as far as they can be. */
function isSameFile(location: ArtifactLocation, artifact: ArtifactLocation, paths: RepositoryPaths): boolean {
  const { uri, uriBaseId = artifact.uriBaseId } = location;
  const there = pathOf(artifact, paths);
  const here = pathOf(location, paths);
  if (here === undefined || there === undefined || here.key === there.key) return true;
  if (pathOf({ ...location, ...(uriBaseId !== undefined && { uriBaseId }) }, paths)?.key === there.key) return true;
  return uri === artifact.uri && (here.isOpen || there.isOpen);
}

/** `isOpen`: relative to a base whose place nobody knows. */
function pathOf({ uri, uriBaseId }: ArtifactLocation, paths: RepositoryPaths) {
  const path = paths.of({ ...(uri === undefined ? {} : { uri }), ...(uriBaseId === undefined ? {} : { uriBaseId }) });
  if (path === undefined) return undefined;
  const key = `${path.scope} ${path.baseId ?? ''} ${normalUri(path.path)}`;
  return { key, isOpen: path.scope === 'unresolved' };
}
