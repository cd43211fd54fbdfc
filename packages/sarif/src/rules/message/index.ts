import type { Rule } from '../rule.ts';
import { messageIdFound } from './v301-message-id-found.ts';
import { argumentsSuffice } from './v302-arguments-suffice.ts';
import { resultTextResolved } from './v303-result-text-resolved.ts';
import { markdownWithText } from './v304-markdown-with-text.ts';
import { bracesPaired } from './v305-braces-paired.ts';
import { linkLocationFound } from './v306-link-location-found.ts';
import { textNotBlank } from './v307-text-not-blank.ts';
import { markdownSafe } from './v308-markdown-safe.ts';
import { sarifLinkResolves } from './v309-sarif-link-resolves.ts';
import { argumentsUsed } from './v310-arguments-used.ts';
import { textTelling } from './v311-text-telling.ts';

/** Rules about messages, in the order of the catalogue (V301 to V311). */
export const messageRules: readonly Rule[] = [
  messageIdFound,
  argumentsSuffice,
  resultTextResolved,
  markdownWithText,
  bracesPaired,
  linkLocationFound,
  textNotBlank,
  markdownSafe,
  sarifLinkResolves,
  argumentsUsed,
  textTelling,
];
