import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

/**
 * The scanners that JFrog's command line starts do not say whether they were successful, which SARIF wants to know. They write
 * results only when they were; without this the repair of the schema would have to assume the worst.
 */
export const jfrogSuccessfulScan: VendorQuirk = {
  ruleId: 'SF-K306',
  vendor: 'jfrog',
  start({ run, results }, say) {
    const invocations: unknown = run['invocations'];
    if (results !== 'array' || !Array.isArray(invocations)) return undefined;
    const repaired = (invocations as unknown[]).map((invocation, index) => {
      if (!isObject(invocation) || invocation['executionSuccessful'] !== undefined) return invocation;
      if (invocation['exitCode'] !== undefined && invocation['exitCode'] !== 0) return invocation;
      say(['invocations', index], 'The scan has results and no exit code of a failure: it is said to be successful.');
      return withMember(invocation, 'executionSuccessful', true);
    });
    return { run: withMember(run, 'invocations', repaired) };
  },
};
