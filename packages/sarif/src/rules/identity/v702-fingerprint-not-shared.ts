import { identityPath } from '../../fingerprint/identity-path.ts';
import { SharedFingerprints } from '../../fingerprint/shared-fingerprints.ts';
import { maxTableEntries } from '../../run/digest-table.ts';
import { defineRule } from '../rule.ts';

/** Equal fingerprints mean the same finding. */
export const fingerprintNotShared = defineRule({
  id: 'SF-V702',
  name: 'fingerprint-not-shared',
  level: 'warning',
  specSection: '3.27.16',
  summary: 'A value in fingerprints belongs to results of one rule in one file.',
  explanation: {
    cause: 'The fingerprint is made of too little, such as the text alone, or stands for the lack of one.',
    reason: 'Who matches by it takes different findings for one: closing one closes the other.',
    repair: 'None: a name of which this is true is not used to know results again.',
    before:
      '{ "results": [{ "ruleId": "R1", "fingerprints": { "a/v1": "9f2b" } }, { "ruleId": "R2", "fingerprints": { "a/v1": "9f2b" } }] }',
    after:
      '{ "results": [{ "ruleId": "R1", "fingerprints": { "a/v1": "9f2b" } }, { "ruleId": "R2", "fingerprints": { "a/v1": "04ce" } }] }',
  },
  watches: 'results',
  watch(context) {
    const shared = new SharedFingerprints(maxTableEntries);
    let isFullSaid = false;
    return {
      result(result, resultIndex, report) {
        if (result.fingerprints === undefined) return;
        const owner = [context.rules.find(result).ruleId, identityPath(result, context)];
        for (const [name, value] of Object.entries(result.fingerprints)) {
          const first = shared.add(name, value, owner, resultIndex);
          if (first === undefined) continue;
          report({
            message: `The same fingerprint '${name}' is that of results[${first}], which is about another rule or file. Make the fingerprint of what tells them apart.`,
            at: ['fingerprints', name],
            value,
          });
        }
        if (!shared.isFull || isFullSaid) return;
        isFullSaid = true;
        report({
          message: 'The run has more than 1,000,000 different fingerprints. From here on only those are compared with.',
          level: 'note',
          at: ['fingerprints'],
        });
      },
    };
  },
});
