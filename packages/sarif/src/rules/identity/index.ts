import type { Rule } from '../rule.ts';
import { resultsDistinct } from './v701-results-distinct.ts';
import { fingerprintNotShared } from './v702-fingerprint-not-shared.ts';
import { fingerprintTelling } from './v703-fingerprint-telling.ts';
import { fingerprintVersionForm } from './v704-fingerprint-version-form.ts';
import { fingerprintsPresent } from './v705-fingerprints-present.ts';

/** Rules about fingerprints and identical results, in the order of the catalogue (V701 to V705). */
export const identityRules: readonly Rule[] = [
  resultsDistinct,
  fingerprintNotShared,
  fingerprintTelling,
  fingerprintVersionForm,
  fingerprintsPresent,
];
