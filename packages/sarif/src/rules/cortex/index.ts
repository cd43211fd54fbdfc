import type { Rule } from '../rule.ts';
import { toolName } from './c001-tool-name.ts';
import { rulesPresent } from './c002-rules-present.ts';
import { ruleDescribed } from './c003-rule-described.ts';
import { messageText } from './c004-message-text.ts';
import { fileLocation } from './c005-file-location.ts';
import { relativeUri } from './c006-relative-uri.ts';
import { startLine } from './c007-start-line.ts';
import { levelWritten } from './c008-level-written.ts';
import { cweTags } from './c009-cwe-tags.ts';
import { resultsPresent } from './c010-results-present.ts';

/** Rules of the Cortex Collector. */
export const cortexRules: readonly Rule[] = [
  toolName,
  rulesPresent,
  ruleDescribed,
  messageText,
  fileLocation,
  relativeUri,
  startLine,
  levelWritten,
  cweTags,
  resultsPresent,
];
