import type { Rule } from '../rule.ts';
import { runCount } from './g002-run-count.ts';
import { resultCount } from './g003-result-count.ts';
import { ruleCount } from './g004-rule-count.ts';
import { threadFlowLocationCount } from './g005-thread-flow-location-count.ts';
import { locationCount } from './g006-location-count.ts';
import { tagCount } from './g007-tag-count.ts';
import { resultNamesFile } from './g008-result-names-file.ts';
import { inlineMessage } from './g009-inline-message.ts';
import { checkoutScheme } from './g010-checkout-scheme.ts';
import { numericSecuritySeverity } from './g011-numeric-security-severity.ts';
import { distinctRuns } from './g012-distinct-runs.ts';
import { regionStartLine } from './g013-region-start-line.ts';
import { ruleDisplayed } from './g014-rule-displayed.ts';
import { ignoredProperty } from './g015-ignored-property.ts';

/** Rules of GitHub code scanning that a log shows. */
export const githubRules: readonly Rule[] = [
  runCount,
  resultCount,
  ruleCount,
  threadFlowLocationCount,
  locationCount,
  tagCount,
  resultNamesFile,
  inlineMessage,
  checkoutScheme,
  numericSecuritySeverity,
  distinctRuns,
  regionStartLine,
  ruleDisplayed,
  ignoredProperty,
];
