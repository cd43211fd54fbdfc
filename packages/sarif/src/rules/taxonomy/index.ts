import type { Rule } from '../rule.ts';
import { weaknessesAsTaxa } from './v801-weaknesses-as-taxa.ts';
import { knownWeakness } from './v802-known-weakness.ts';
import { supportedTaxonomy } from './v803-supported-taxonomy.ts';

/** Rules about taxonomies and weaknesses, in the order of the catalogue (V801 to V803). */
export const taxonomyRules: readonly Rule[] = [weaknessesAsTaxa, knownWeakness, supportedTaxonomy];
