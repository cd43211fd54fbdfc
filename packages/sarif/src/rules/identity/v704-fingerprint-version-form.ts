import { fingerprintMembers } from '../../fingerprint/distrusted-fingerprints.ts';
import { hasMisspeltVersion } from '../../fingerprint/fingerprint-name.ts';
import { defineRule } from '../rule.ts';

/** How many names are remembered, so that each is looked at once. */
const maxNames = 10_000;

/** Only v and digits are a version: everything else is part of the name. */
export const fingerprintVersionForm = defineRule({
  id: 'SF-V704',
  name: 'fingerprint-version-form',
  level: 'note',
  specSection: '3.5.4.2',
  summary: "The version at the end of a fingerprint's name is written as v and digits.",
  explanation: {
    cause: 'The version is written with a capital letter, with dots, or without the v.',
    reason:
      'Such a name is another name and no later version of the same: who compares versions finds nothing to compare.',
    repair: 'None: logs of the same tool have the same name.',
    before: '{ "partialFingerprints": { "contextHash/V2": "9f2b6c0d41" } }',
    after: '{ "partialFingerprints": { "contextHash/v2": "9f2b6c0d41" } }',
  },
  watches: 'results',
  watch() {
    const known = new Set<string>();
    return {
      result(result, _resultIndex, report) {
        for (const member of fingerprintMembers) {
          for (const [name, value] of Object.entries(result[member] ?? {})) {
            if (known.has(name) || known.size >= maxNames) continue;
            known.add(name);
            if (!hasMisspeltVersion(name)) continue;
            report({
              message: `The end of the name '${name}' looks like a version and is none. Write a version as 'v' and digits, such as 'v2'.`,
              at: [member, name],
              value,
            });
          }
        }
      },
    };
  },
});
