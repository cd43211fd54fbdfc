import type { Rule } from '../rule.ts';
import { regionLinesOrdered } from './v501-region-lines-ordered.ts';
import { regionColumnsOrdered } from './v502-region-columns-ordered.ts';
import { regionGroupStarted } from './v503-region-group-started.ts';
import { regionGroupsAgree } from './v504-region-groups-agree.ts';
import { contextNeedsRegion } from './v505-context-needs-region.ts';
import { contextSurroundsRegion } from './v506-context-surrounds-region.ts';
import { snippetLines } from './v507-snippet-lines.ts';
import { regionWithinArtifact } from './v508-region-within-artifact.ts';
import { locationHasRegion } from './v509-location-has-region.ts';
import { locationIdUnique } from './v510-location-id-unique.ts';
import { relationshipTarget } from './v511-relationship-target.ts';
import { locationHasContent } from './v512-location-has-content.ts';
import { singleLocation } from './v513-single-location.ts';
import { addressConsistent } from './v514-address-consistent.ts';
import { topLevelName } from './v515-top-level-name.ts';

/** Rules about regions and locations, in the order of the catalogue (V501 to V515). */
export const regionRules: readonly Rule[] = [
  regionLinesOrdered,
  regionColumnsOrdered,
  regionGroupStarted,
  regionGroupsAgree,
  contextNeedsRegion,
  contextSurroundsRegion,
  snippetLines,
  regionWithinArtifact,
  locationHasRegion,
  locationIdUnique,
  relationshipTarget,
  locationHasContent,
  singleLocation,
  addressConsistent,
  topLevelName,
];
