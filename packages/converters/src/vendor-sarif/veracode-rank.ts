import { severityScale } from '../shell/severity.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember, withProperties } from './with-member.ts';

/** The ranks of Veracode's severities, from Informational to Very High. */
const ranks = (['info', 'low', 'low', 'medium', 'high', 'critical'] as const).map((name) => severityScale[name].rank);

/** Veracode's converter writes its severity, 0 to 5, as a rank, which goes to 100: the worst flaw has rank 5. */
export const veracodeRank: VendorQuirk = {
  ruleId: 'SF-K311',
  vendor: 'veracode',
  start: () => ({
    result(result, say) {
      const severity = result['rank'];
      const rank = typeof severity === 'number' ? ranks[severity] : undefined;
      if (rank === undefined) return result;
      say(['rank'], `The severity ${String(severity)} of 5 is written as rank ${rank} of 100.`);
      return withProperties(withMember(result, 'rank', rank), { 'veracode/severity': severity });
    },
  }),
};
