import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { isExternal } from '../../run/external-arrays.ts';
import { defineRule } from '../rule.ts';

/** An index that leads past the end of the artifacts. */
export const artifactIndexInRange = defineRule({
  id: 'SF-V411',
  name: 'artifact-index-in-range',
  level: 'error',
  specSection: '3.4.5',
  like: ['SARIF1009'],
  summary: "The 'index' of an artifact location is that of an element of the run's artifacts.",
  explanation: {
    cause:
      'Artifacts were filtered or left out after the results were written, or logs were merged without counting on.',
    reason: 'What the log knows of the file, and its name if that stands only there, cannot be found.',
    repair: "'index' is removed; a location that is left without a 'uri' goes with it.",
    before: '{ "artifacts": [{ … }], "results": [{ …, "artifactLocation": { "uri": "src/cart.js", "index": 4 } }] }',
    after: '{ "artifacts": [{ … }], "results": [{ …, "artifactLocation": { "uri": "src/cart.js" } }] }',
  },
  visits: 'artifactLocation',
  check({ uri, index = -1 }, { context: { run }, result, path }, report) {
    if (index < 0) return;
    const count = run.artifacts?.length ?? 0;
    if (index < count || isExternal('artifacts', run)) return;
    // The artifacts themselves have a rule of their own.
    if (result === undefined && path.length === 3 && path[0] === 'artifacts') return;
    const known = count === 0 ? 'has no artifacts' : `has ${count} ${count === 1 ? 'artifact' : 'artifacts'}`;
    report({
      message: `'index' ${index} leads nowhere: the run ${known}. Correct the index, or remove it and write 'uri'.`,
      at: ['index'],
      value: index,
      fix: {
        description: uri === undefined ? "'index' is removed, and the location with it." : "'index' is removed.",
        apply(target) {
          delete (target as Mutable<ArtifactLocation>).index;
        },
      },
    });
  },
});
