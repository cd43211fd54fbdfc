import { isObject, type JsonObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember } from './with-member.ts';

const madeUpFile = /^file:\/\/package[ -]descriptor$/i;

/**
 * JFrog writes a file "Package Descriptor" where it knows none, and offsets of 0 beside lines, which denote another text. No
 * such file exists, and consumers that prefer offsets forget the line.
 */
export const jfrogMadeUpPlaces: VendorQuirk = {
  ruleId: 'SF-K307',
  vendor: 'jfrog',
  start: () => ({
    result(result, say) {
      const locations: unknown = result['locations'];
      if (!Array.isArray(locations)) return result;
      const repaired = (locations as unknown[]).map((location, index) => {
        if (!isObject(location) || !isObject(location['physicalLocation'])) return location;
        const place = location['physicalLocation'];
        const path = ['locations', index, 'physicalLocation'];
        if (isMadeUp(place['artifactLocation'])) {
          say(path, 'The file "Package Descriptor", which does not exist, is left out.');
          return withMember(location, 'physicalLocation', undefined);
        }
        const region = place['region'];
        if (!isObject(region) || !hasZeroOffsets(region)) return location;
        say([...path, 'region'], 'The offsets of 0 beside the lines are left out.');
        const lines = withMember(withMember(region, 'byteOffset', undefined), 'charOffset', undefined);
        return withMember(location, 'physicalLocation', withMember(place, 'region', lines));
      });
      const left = repaired.filter((location) => !isObject(location) || !saysNothing(location));
      const isSame = repaired.every((location, index) => location === (locations as unknown[])[index]);
      return isSame ? result : withMember(result, 'locations', left);
    },
  }),
};

function isMadeUp(artifactLocation: unknown): boolean {
  const uri = isObject(artifactLocation) ? artifactLocation['uri'] : undefined;
  return typeof uri === 'string' && madeUpFile.test(uri);
}

function hasZeroOffsets(region: JsonObject): boolean {
  if (typeof region['startLine'] !== 'number' || region['startLine'] < 1) return false;
  if (region['byteLength'] !== undefined || region['charLength'] !== undefined) return false;
  return region['byteOffset'] === 0 || region['charOffset'] === 0;
}

/** Whether nothing is left of a location but empty lists and an id. */
function saysNothing(location: JsonObject): boolean {
  return Object.entries(location).every(
    ([name, value]) => name === 'id' || value === undefined || (Array.isArray(value) && value.length === 0),
  );
}
