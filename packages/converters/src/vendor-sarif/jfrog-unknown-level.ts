import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

/** For a severity that is not known JFrog writes the level of results that are no findings, which hides them. */
export const jfrogUnknownLevel: VendorQuirk = {
  ruleId: 'SF-K308',
  vendor: 'jfrog',
  start: () => ({
    result(result, say) {
      const { level, kind } = result;
      if (level !== 'none' || (kind !== undefined && kind !== 'fail')) return result;
      say(['level'], 'The level "none" of a finding whose severity is not known is written as "note".');
      return withMember(result, 'level', 'note');
    },
  }),
};
