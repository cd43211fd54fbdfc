import type { ArtifactLocation, Location, Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { noteInProperties } from '../../run/note-in-properties.ts';
import type { RepositoryPaths } from '../../run/repository-path.ts';
import { isBlank, resultFile } from '../../run/result-file.ts';
import { defineRule } from '../rule.ts';

/** An alert stands at a file. */
export const resultNamesFile = defineRule({
  id: 'SF-G008',
  name: 'result-names-file',
  level: 'error',
  specSection: '3.27.12',
  like: ['GitHub'],
  set: 'github',
  summary: 'The run has results, and the first location of each names a file.',
  explanation: {
    cause:
      'The scan did not finish, a finding is about a package, a class or the whole project, or the file is given by index only.',
    reason: 'GitHub code scanning rejects the whole file for one result without physicalLocation.artifactLocation.uri.',
    repair:
      'The uri is taken from the artifact that the index points to, else from another location of the result, else made of the logical location, and then marked in properties["sariflow/synthetic"]. A run without results is not given any: run the scan again.',
    before: '{ "ruleId": "R1", "message": { "text": "…" }, "locations": [] }',
    after:
      '{ "ruleId": "R1", "message": { "text": "…" }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "src/cart.js" } } }] }',
  },
  visits: ['run', 'result'],
  check(_object, { context: { results, paths }, result }, report) {
    if (result === undefined) {
      if (results === 'array') return;
      report({
        message:
          'The run has no results: the scan produced none, which is not the same as finding nothing. Run the scan again.',
        at: results === 'absent' ? [] : ['results'],
      });
      return;
    }
    const { locations } = result;
    if (!isBlank(locations?.[0]?.physicalLocation?.artifactLocation?.uri)) return;
    report({
      message:
        'The first location of the result names no file, for which GitHub rejects the whole log. Write physicalLocation.artifactLocation.uri.',
      at: locations === undefined ? [] : locations.length === 0 ? ['locations'] : ['locations', 0],
      fix: {
        description: "The 'uri' of the first location is written.",
        apply: (target) => writeFile(target as Mutable<Result>, paths),
      },
    });
  },
});

function writeFile(result: Mutable<Result>, paths: RepositoryPaths): void {
  const { uri, isIndexed, isMadeUp } = resultFile(result, paths);
  const [first, ...others] = result.locations ?? [];
  const { uriBaseId: _, index, ...rest } = first?.physicalLocation?.artifactLocation ?? {};
  const artifactLocation: ArtifactLocation = { ...rest, ...(isIndexed && index !== undefined && { index }), uri };
  const location: Location = { ...first, physicalLocation: { ...first?.physicalLocation, artifactLocation } };
  result.locations = [location, ...others];
  if (isMadeUp) noteInProperties(result, 'sariflow/synthetic', 'uri');
}
