import type { Rule, RuleDocument } from '../rule.ts';
import { referenceNamed } from './v901-reference-named.ts';
import { fileRead } from './v902-file-read.ts';
import { filesDistinct } from './v903-files-distinct.ts';
import { itemCount } from './v904-item-count.ts';
import { fileConfined } from './v905-file-confined.ts';
import { inlineOrExternal } from './v906-inline-or-external.ts';

/** Rules about external property files that need the log alone. */
export const externalRules: readonly Rule[] = [fileConfined];

/** The rules about external property files, in the order of the catalogue: the schema is asked about V901, the reader about most others. */
export const externalRuleDocuments: readonly RuleDocument[] = [
  referenceNamed,
  fileRead,
  filesDistinct,
  itemCount,
  fileConfined,
  inlineOrExternal,
];
