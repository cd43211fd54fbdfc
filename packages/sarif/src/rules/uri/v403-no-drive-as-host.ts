import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { uriForm } from '../../run/uri-form.ts';
import { repairUri } from '../../run/uri-repair.ts';
import { defineRule } from '../rule.ts';

/** A slash too few makes a host of a drive. */
export const noDriveAsHost = defineRule({
  id: 'SF-V403',
  name: 'no-drive-as-host',
  level: 'error',
  specSection: '3.10.2',
  summary: 'The drive of a file: URI stands in its path, after three slashes.',
  explanation: {
    cause: "The scanner put 'file://' in front of a path of Windows.",
    reason:
      "What follows two slashes is the name of a host: 'file://C:/shop/cart.js' is a file on a computer called C.",
    repair: 'The third slash is added.',
    before: '{ "artifactLocation": { "uri": "file://C:/shop/cart.js" } }',
    after: '{ "artifactLocation": { "uri": "file:///C:/shop/cart.js" } }',
  },
  visits: 'artifactLocation',
  check({ uri }, _visit, report) {
    if (uri === undefined) return;
    const { hasDriveAsHost, repaired } = uriForm(uri);
    if (!hasDriveAsHost) return;
    report({
      message: `'${uri}' has a drive where the name of a host belongs. Write '${repaired}'.`,
      at: ['uri'],
      value: uri,
      fix: {
        description: `'${repaired}' is written.`,
        apply(target) {
          const location = target as Mutable<ArtifactLocation>;
          if (location.uri !== undefined) location.uri = repairUri(location.uri);
        },
      },
    });
  },
});
