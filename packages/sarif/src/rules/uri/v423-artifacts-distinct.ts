import { DigestTable } from '../../run/digest-table.ts';
import { normalUri } from '../../run/uri-normal-form.ts';
import { valueDigest } from '../../schema/value-digest.ts';
import { defineRule } from '../rule.ts';

/** One file listed twice. */
export const artifactsDistinct = defineRule({
  id: 'SF-V423',
  name: 'artifacts-distinct',
  level: 'note',
  specSection: '3.14.15',
  summary: 'No two artifacts of a run are the same file.',
  explanation: {
    cause: 'Logs were merged, or the same file was added under two names.',
    reason: 'What is known of the file stands in two places, and readers find one of them.',
    repair: 'None: which of the two results mean cannot be told.',
    before: '{ "artifacts": [{ "location": { "uri": "src/cart.js" } }, { "location": { "uri": "./src/cart.js" } }] }',
    after: '{ "artifacts": [{ "location": { "uri": "src/cart.js" } }] }',
  },
  visits: 'run',
  check({ artifacts = [] }, { context: { paths } }, report) {
    const firsts = new DigestTable();
    for (const [position, { location, parentIndex = -1 }] of artifacts.entries()) {
      if (location?.uri === undefined) continue;
      const { uri, uriBaseId } = location;
      const path = paths.of(uriBaseId === undefined ? { uri } : { uri, uriBaseId });
      if (path === undefined) continue;
      const digest = valueDigest([parentIndex, path.scope, path.baseId ?? '', normalUri(path.path)]);
      const found = firsts.find(digest);
      if (found === -1) {
        if (firsts.set(digest, position)) continue;
        report({ message: 'The run has too many artifacts to compare all of them.', at: ['artifacts', position] });
        return;
      }
      report({
        message: `'${uri}' is the same file as artifact ${firsts.valueAt(found)}. List each file once.`,
        at: ['artifacts', position, 'location', 'uri'],
        value: uri,
      });
    }
  },
});
