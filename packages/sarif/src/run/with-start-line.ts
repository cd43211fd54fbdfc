import type { PhysicalLocation } from '../model/model.ts';

/**
 * A physical location at line 1, for destinations that show nothing without a line. Regions that would contradict it, such as one
 * of byte offsets, are kept among the properties.
 */
export function withStartLine(physical: PhysicalLocation): PhysicalLocation {
  const { region, contextRegion, ...rest } = physical;
  const kept = {
    ...(region === undefined ? {} : { 'original/region': region }),
    ...(contextRegion === undefined ? {} : { 'original/contextRegion': contextRegion }),
  };
  const isPlain = Object.keys(kept).length === 0;
  return { ...rest, region: { startLine: 1 }, ...(isPlain ? {} : { properties: { ...kept, ...rest.properties } }) };
}
