import { toolName } from './cortex/c001-tool-name.ts';
import { rulesPresent } from './cortex/c002-rules-present.ts';
import { ruleDescribed } from './cortex/c003-rule-described.ts';
import { messageText } from './cortex/c004-message-text.ts';
import { fileLocation } from './cortex/c005-file-location.ts';
import { relativeUri } from './cortex/c006-relative-uri.ts';
import { startLine } from './cortex/c007-start-line.ts';
import { levelWritten } from './cortex/c008-level-written.ts';
import { cweTags } from './cortex/c009-cwe-tags.ts';
import { resultsPresent } from './cortex/c010-results-present.ts';
import { partLimit } from './cortex/c011-part-limit.ts';
import type { Rule, RuleDocument } from './rule.ts';
import { structureRules } from './structure/index.ts';

/** The rules that look at runs and results which satisfy the schema, in the order of their diagnostics. */
export const rules: readonly Rule[] = [
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

/** Every rule that there is something to say about: those of the schema, and those above. */
export const ruleDocuments: readonly RuleDocument[] = [...structureRules, ...rules, partLimit];
