import { jfrogFindingRules } from './jfrog-finding-rules.ts';
import { jfrogMadeUpPlaces } from './jfrog-made-up-places.ts';
import { jfrogSuccessfulScan } from './jfrog-successful-scan.ts';
import { jfrogTrackingImages } from './jfrog-tracking-images.ts';
import { jfrogUnknownLevel } from './jfrog-unknown-level.ts';
import { semgrepWithheld } from './semgrep-withheld.ts';
import { snykCategoryTime } from './snyk-category-time.ts';
import { snykPriorityRank } from './snyk-priority-rank.ts';
import { snykUnmappedLevel } from './snyk-unmapped-level.ts';
import { snykUpgradeFixes } from './snyk-upgrade-fixes.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { veracodeEmptyFingerprints } from './veracode-empty-fingerprints.ts';
import { veracodeMessageHtml } from './veracode-message-html.ts';
import { veracodeRank } from './veracode-rank.ts';

/** Every quirk, in the order in which they are repaired: later ones see what earlier ones wrote. */
export const quirks: readonly VendorQuirk[] = [
  snykUpgradeFixes,
  snykCategoryTime,
  snykPriorityRank,
  snykUnmappedLevel,
  jfrogTrackingImages,
  jfrogMadeUpPlaces,
  jfrogFindingRules,
  jfrogSuccessfulScan,
  jfrogUnknownLevel,
  semgrepWithheld,
  veracodeRank,
  veracodeMessageHtml,
  veracodeEmptyFingerprints,
];
