import { failuresOf } from '../../run/completeness.ts';
import { defineRule } from '../rule.ts';

/** A scan that failed has seen less than there is. */
export const scanSucceeded = defineRule({
  id: 'SF-V010',
  name: 'scan-succeeded',
  level: 'warning',
  specSection: '3.20.14',
  summary: 'Every invocation succeeded, and no notification reports an error.',
  explanation: {
    cause: 'The tool crashed, ran into an error of its own or of its configuration, or could not read all files.',
    reason:
      'The results are incomplete: findings that are missing are not fixed. Whoever closes them for that closes what is still there.',
    repair: 'None: the run is kept and counts as incomplete. Look at what the tool reports, and scan again.',
    before: '{ "invocations": [{ "executionSuccessful": false }] }',
    after: '{ "invocations": [{ "executionSuccessful": true }] }',
  },
  visits: 'invocation',
  check(invocation, { context: { run }, ownerKind }, report) {
    // A conversion that failed says nothing of the scan.
    if (ownerKind !== 'run') return;
    for (const { message, path } of failuresOf(invocation, run)) {
      report({
        message: `${message} Results may be missing: look at what the tool reports, and scan again.`,
        at: path,
      });
    }
  },
});
