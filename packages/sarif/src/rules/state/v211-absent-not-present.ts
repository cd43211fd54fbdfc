import type { Result } from '../../model/model.ts';
import { DigestTable } from '../../run/digest-table.ts';
import type { RunContext } from '../../run/run-context.ts';
import { valueDigest } from '../../schema/value-digest.ts';
import { defineRule } from '../rule.ts';

const wasAbsent = 1;
const wasPresent = 2;

/** What is gone is not there. */
export const absentNotPresent = defineRule({
  id: 'SF-V211',
  name: 'absent-not-present',
  level: 'warning',
  specSection: '3.27.24',
  summary: "No result is 'absent' and at the same time 'new', 'unchanged' or 'updated'.",
  explanation: {
    cause: 'The comparison with the baseline did not recognise a result that only moved, or baselines were merged.',
    reason: 'One finding is counted as fixed and as new, so neither number is right.',
    repair: 'None: which of the two results is right, only a new comparison tells.',
    before: '[{ "ruleId": "R1", "baselineState": "absent", … }, { "ruleId": "R1", "baselineState": "new", … }]',
    after: '[{ "ruleId": "R1", "baselineState": "unchanged", … }]',
  },
  watches: 'results',
  watch(context) {
    const seen = new DigestTable();
    let isFull = false;
    return {
      result(result, _resultIndex, report) {
        const { baselineState } = result;
        if (baselineState === undefined || isFull) return;
        const digest = valueDigest(identityOf(result, context));
        const at = seen.find(digest);
        const before = at === -1 ? 0 : seen.valueAt(at);
        const now = baselineState === 'absent' ? wasAbsent : wasPresent;
        if (before !== 0 && before !== now && before !== (wasAbsent | wasPresent)) {
          report({
            message: `The same result is ${now === wasAbsent ? 'present in' : "'absent' from"} the run as well. Compare with the baseline again.`,
            at: ['baselineState'],
            value: baselineState,
          });
        }
        isFull = !seen.set(digest, before | now);
      },
      end(report) {
        if (!isFull) return;
        report({
          level: 'note',
          message:
            'The run has more than 1,000,000 different results. Those beyond were not looked for among the others.',
        });
      },
    };
  },
});

/** What makes a result the same finding: its fingerprints where it has some, beside its rule, its file and its text. */
function identityOf(result: Result, { rules, paths }: RunContext): unknown {
  const { message, locations, fingerprints, partialFingerprints } = result;
  const artifactLocation = locations?.[0]?.physicalLocation?.artifactLocation;
  return [
    rules.find(result).ruleId ?? null,
    artifactLocation === undefined ? null : (paths.inline(artifactLocation).uri ?? null),
    message.text ?? message.id ?? null,
    message.arguments ?? null,
    fingerprints ?? partialFingerprints ?? null,
  ];
}
