import type { Rule } from '../rule.ts';
import { kindAndLevel } from './v201-kind-and-level.ts';
import { failureSeverity } from './v202-failure-severity.ts';
import { rankOfFailure } from './v203-rank-of-failure.ts';
import { overridesAgree } from './v204-overrides-agree.ts';
import { invocationKnown } from './v205-invocation-known.ts';
import { invocationInRange } from './v206-invocation-in-range.ts';
import { baselineComplete } from './v207-baseline-complete.ts';
import { suppressionsComplete } from './v208-suppressions-complete.ts';
import { workItemsComplete } from './v209-work-items-complete.ts';
import { suppressionInForce } from './v210-suppression-in-force.ts';
import { absentNotPresent } from './v211-absent-not-present.ts';
import { securitySeverityScore } from './v212-security-severity-score.ts';
import { levelUsed } from './v213-level-used.ts';

/** Rules about kind, level, rank, suppression and baseline, in the order of the catalogue (V201 to V213). */
export const stateRules: readonly Rule[] = [
  kindAndLevel,
  failureSeverity,
  rankOfFailure,
  overridesAgree,
  invocationKnown,
  invocationInRange,
  baselineComplete,
  suppressionsComplete,
  workItemsComplete,
  suppressionInForce,
  absentNotPresent,
  securitySeverityScore,
  levelUsed,
];
