import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

/** Where Veracode does not know an identity its converter writes the empty text, which is the same for all findings. */
export const veracodeEmptyFingerprints: VendorQuirk = {
  ruleId: 'SF-K313',
  vendor: 'veracode',
  start: () => ({
    result(result, say) {
      const prints = result['partialFingerprints'];
      if (!isObject(prints)) return result;
      const left = Object.entries(prints).filter(([, value]) => value !== '');
      if (left.length === Object.keys(prints).length) return result;
      say(['partialFingerprints'], 'Empty fingerprints, which tell nothing apart, are left out.');
      return withMember(result, 'partialFingerprints', left.length === 0 ? undefined : Object.fromEntries(left));
    },
  }),
};
