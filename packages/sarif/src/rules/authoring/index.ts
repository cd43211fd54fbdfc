import type { Rule } from '../rule.ts';
import { informativeArrays } from './a01-informative-arrays.ts';
import { needlessAnalysisTarget } from './a02-needless-analysis-target.ts';
import { needlessRuleReference } from './a03-needless-rule-reference.ts';
import { toolDescribed } from './a04-tool-described.ts';
import { conventionalRuleId } from './a05-conventional-rule-id.ts';
import { ruleName } from './a06-rule-name.ts';
import { helpUri } from './a07-help-uri.ts';
import { snippet } from './a08-snippet.ts';
import { messageById } from './a09-message-by-id.ts';
import { messageString } from './a10-message-string.ts';
import { mappedToBase } from './a11-mapped-to-base.ts';
import { embeddedContent } from './a13-embedded-content.ts';

/** Advice to authors of tools. */
export const authoringRules: readonly Rule[] = [
  informativeArrays,
  needlessAnalysisTarget,
  needlessRuleReference,
  toolDescribed,
  conventionalRuleId,
  ruleName,
  helpUri,
  snippet,
  messageById,
  messageString,
  mappedToBase,
  embeddedContent,
];
