import type { Place } from '../../diagnostics/diagnostic.ts';
import { fingerprintMembers } from '../../fingerprint/distrusted-fingerprints.ts';
import { defineRule } from '../rule.ts';

/** Without a fingerprint each platform guesses in its own way which finding is which. */
export const fingerprintsPresent = defineRule({
  id: 'SF-V705',
  name: 'fingerprints-present',
  level: 'note',
  specSection: '3.27.17',
  summary: 'The results of a run have fingerprints, or partial ones.',
  explanation: {
    cause: 'The tool computes none.',
    reason:
      'A finding is known again by its line and text then: when code above it changes, the old one is closed and a new one opened.',
    repair:
      "'sariflow normalize' computes normalizedIdentity/v1, and with the sources at hand primaryLocationLineHash as well. One that differs from what the sources give is kept.",
    before: '{ "ruleId": "R1", "message": { … } }',
    after: '{ "ruleId": "R1", "message": { … }, "partialFingerprints": { "normalizedIdentity/v1": "5e8f…" } }',
  },
  watches: 'results',
  watch() {
    let hasAny = false;
    let first: { readonly resultIndex: number; readonly place: Place | undefined } | undefined;
    return {
      result(result, resultIndex, _report, placeOf) {
        if (hasAny) return;
        first ??= { resultIndex, place: placeOf([]) };
        hasAny = fingerprintMembers.some((member) => Object.keys(result[member] ?? {}).length > 0);
      },
      end(report) {
        if (hasAny || first === undefined) return;
        report({
          message:
            "No result of the run has a fingerprint. Write 'partialFingerprints', so that findings are known again when lines move.",
          at: ['results', first.resultIndex],
          place: first.place,
        });
      },
    };
  },
});
