import { reachableUri } from './authoring/a12-reachable-uri.ts';
import { authoringRules } from './authoring/index.ts';
import { byteRules } from './bytes/index.ts';
import { partLimit } from './cortex/c011-part-limit.ts';
import { cortexRules } from './cortex/index.ts';
import { externalRuleDocuments, externalRules } from './external/index.ts';
import { fileConfined } from './external/v905-file-confined.ts';
import { flowRules } from './flow/index.ts';
import { uploadSize } from './github/g001-upload-size.ts';
import { githubRules } from './github/index.ts';
import { identityRules } from './identity/index.ts';
import { logRules } from './log/index.ts';
import { messageRules } from './message/index.ts';
import { referenceRules } from './reference/index.ts';
import { regionRules } from './region/index.ts';
import type { Rule, RuleDocument } from './rule.ts';
import { stateRules } from './state/index.ts';
import { structureRules } from './structure/index.ts';
import { taxonomyRules } from './taxonomy/index.ts';
import { uriRules } from './uri/index.ts';

/** The rules that look at what the schema accepts, in the order in which they are asked about an object. */
export const rules: readonly Rule[] = [
  ...logRules,
  ...referenceRules,
  ...stateRules,
  ...messageRules,
  ...uriRules,
  ...regionRules,
  ...flowRules,
  ...identityRules,
  ...taxonomyRules,
  ...externalRules,
  ...githubRules,
  ...cortexRules,
  ...authoringRules,
];

/** Every rule that there is something to say about: those of bytes, of the schema, and those above. */
export const ruleDocuments: readonly RuleDocument[] = [
  ...byteRules,
  ...structureRules,
  ...rules.flatMap((rule) => (rule === fileConfined ? externalRuleDocuments : [rule])),
  partLimit,
  uploadSize,
  reachableUri,
];
