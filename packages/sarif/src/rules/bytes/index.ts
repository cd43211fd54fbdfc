import type { RuleDocument } from '../rule.ts';
import { emptyInput } from './p101-empty-input.ts';
import { byteOrderMark } from './p102-byte-order-mark.ts';
import { wideEncoding } from './p103-wide-encoding.ts';
import { validUtf8 } from './p104-valid-utf-8.ts';
import { jsonSyntax } from './p105-json-syntax.ts';
import { wholeDocument } from './p106-whole-document.ts';
import { oneDocument } from './p107-one-document.ts';
import { distinctMembers } from './p108-distinct-members.ts';
import { nestingDepth } from './p109-nesting-depth.ts';
import { exactInteger } from './p110-exact-integer.ts';
import { controlCharacter } from './p111-control-character.ts';
import { pairedSurrogates } from './p112-paired-surrogates.ts';
import { sizeLimits } from './p113-size-limits.ts';
import { plainJson } from './p114-plain-json.ts';
import { objectRoot } from './p115-object-root.ts';
import { uncompressed } from './p116-uncompressed.ts';
import { sarifFormat } from './p117-sarif-format.ts';

/** Rules about bytes and JSON, which the reader checks, in the order of the catalogue (P101 to P117). */
export const byteRules: readonly RuleDocument[] = [
  emptyInput,
  byteOrderMark,
  wideEncoding,
  validUtf8,
  jsonSyntax,
  wholeDocument,
  oneDocument,
  distinctMembers,
  nestingDepth,
  exactInteger,
  controlCharacter,
  pairedSurrogates,
  sizeLimits,
  plainJson,
  objectRoot,
  uncompressed,
  sarifFormat,
];
