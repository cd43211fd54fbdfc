import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

/** Snyk Code knows how urgent a finding is, from 0 to 1000, and does not say so in the member that SARIF has for it. */
export const snykPriorityRank: VendorQuirk = {
  ruleId: 'SF-K303',
  vendor: 'snyk',
  start: () => ({
    result(result, say) {
      const properties = result['properties'];
      const score = isObject(properties) ? properties['priorityScore'] : undefined;
      if (typeof score !== 'number' || score < 0 || score > 1000 || result['rank'] !== undefined) return result;
      const rank = Math.round(score) / 10;
      say(
        ['properties', 'priorityScore'],
        `The priority score ${score} of 1000 is written as rank ${rank} of 100, too.`,
      );
      return withMember(result, 'rank', rank);
    },
  }),
};
