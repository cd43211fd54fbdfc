import { isObject, type JsonObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

const placeholder = 'requires login';

/** Without a login Semgrep writes "requires login" in place of fingerprints and source text: all findings look the same. */
export const semgrepWithheld: VendorQuirk = {
  ruleId: 'SF-K310',
  vendor: 'semgrep',
  start: () => ({
    result(result, say) {
      let repaired = result;
      for (const name of ['fingerprints', 'partialFingerprints']) {
        const prints = repaired[name];
        if (!isObject(prints)) continue;
        const left = Object.entries(prints).filter(([, value]) => !isWithheld(value));
        if (left.length === Object.keys(prints).length) continue;
        say([name], `The place-holder "${placeholder}" is no fingerprint and is left out.`);
        repaired = withMember(repaired, name, left.length === 0 ? undefined : Object.fromEntries(left));
      }
      const locations: unknown = repaired['locations'];
      if (!Array.isArray(locations)) return repaired;
      let changed = false;
      const left = (locations as unknown[]).map((location, index) => {
        const place = isObject(location) ? location['physicalLocation'] : undefined;
        const region = isObject(place) ? place['region'] : undefined;
        if (!isObject(location) || !isObject(place) || !isObject(region) || !hasWithheldText(region)) return location;
        changed = true;
        const path = ['locations', index, 'physicalLocation', 'region', 'snippet'];
        say(path, `The place-holder "${placeholder}" is no source text and is left out.`);
        return withMember(
          location,
          'physicalLocation',
          withMember(place, 'region', withMember(region, 'snippet', undefined)),
        );
      });
      return changed ? withMember(repaired, 'locations', left) : repaired;
    },
  }),
};

function hasWithheldText({ snippet }: JsonObject): boolean {
  return isObject(snippet) && isWithheld(snippet['text']);
}

/** Fingerprints of equal matches are numbered: `requires login_0`. */
function isWithheld(value: unknown): boolean {
  return typeof value === 'string' && /^requires login(?:_\d+)?$/.test(value);
}
