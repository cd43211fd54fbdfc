import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember, withProperties } from './with-member.ts';

/** For severities that it has no level for, Snyk writes one that SARIF does not have. */
export const snykUnmappedLevel: VendorQuirk = {
  ruleId: 'SF-K304',
  vendor: 'snyk',
  start: () => ({
    result(result, say) {
      if (result['level'] !== 'unmapped') return result;
      say(['level'], 'The level "unmapped" is written as "note".');
      return withProperties(withMember(result, 'level', 'note'), { 'snyk/level': 'unmapped' });
    },
  }),
};
