import type { Rule } from '../rule.ts';
import { ruleNamed } from './v101-rule-named.ts';
import { ruleIdsEqual } from './v102-rule-ids-equal.ts';
import { ruleIndicesEqual } from './v103-rule-indices-equal.ts';
import { ruleIndexInRange } from './v104-rule-index-in-range.ts';
import { descriptorMatches } from './v105-descriptor-matches.ts';
import { indexAndGuidAgree } from './v106-index-and-guid-agree.ts';
import { componentFound } from './v107-component-found.ts';
import { ruleKnown } from './v108-rule-known.ts';
import { ruleUnambiguous } from './v109-rule-unambiguous.ts';
import { descriptorsDistinct } from './v110-descriptors-distinct.ts';
import { extensionNamed } from './v111-extension-named.ts';
import { subRuleDescribed } from './v112-sub-rule-described.ts';
import { deprecatedIdsRetired } from './v113-deprecated-ids-retired.ts';
import { ruleEnabled } from './v114-rule-enabled.ts';
import { referenceResolves } from './v115-reference-resolves.ts';
import { taxonomyPresent } from './v116-taxonomy-present.ts';
import { indexKnown } from './v117-index-known.ts';
import { ruleIdCase } from './v118-rule-id-case.ts';

/** Rules about references to rules and taxa, in the order of the catalogue (V101 to V118). */
export const referenceRules: readonly Rule[] = [
  ruleNamed,
  ruleIdsEqual,
  ruleIndicesEqual,
  ruleIndexInRange,
  descriptorMatches,
  indexAndGuidAgree,
  componentFound,
  ruleKnown,
  ruleUnambiguous,
  descriptorsDistinct,
  extensionNamed,
  subRuleDescribed,
  deprecatedIdsRetired,
  ruleEnabled,
  referenceResolves,
  taxonomyPresent,
  indexKnown,
  ruleIdCase,
];
