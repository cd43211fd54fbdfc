export type { Diagnostic, DiagnosticFix, DiagnosticLevel, Place, Report } from './diagnostics/diagnostic.ts';
export {
  type DiffOptions,
  diffLogs,
  type LevelCounts,
  type LogDiff,
  type ScopeComparison,
  type StateCounts,
} from './diff/diff-logs.ts';
export type {
  LogEndEvent,
  LogStartEvent,
  PlaceOf,
  ResultEvent,
  ResultsState,
  ResultText,
  RunEndEvent,
  RunStartEvent,
  SarifEvent,
} from './events/event.ts';
export { EventStream } from './events/event-stream.ts';
export type { ResultBlock } from './events/result-block.ts';
export type { ExternalReference, OpenExternal } from './external/open-external.ts';
export {
  type AddFingerprintsOptions,
  addFingerprints,
  surveyFingerprints,
} from './fingerprint/add-fingerprints.ts';
export { type DistrustedFingerprints, FingerprintSurvey, isMeaningful } from './fingerprint/distrusted-fingerprints.ts';
export {
  type FingerprintName,
  fingerprintName,
  type LatestFingerprint,
  latestFingerprints,
  type SharedFingerprint,
  sharedFingerprints,
} from './fingerprint/fingerprint-name.ts';
export { identityPath } from './fingerprint/identity-path.ts';
export { type LineHashes, primaryLocationLineHashes } from './fingerprint/primary-location-line-hashes.ts';
export { computedIdentity, identityBasis, type ResultIdentity, resultIdentity } from './fingerprint/result-identity.ts';
export { sha256Hex } from './fingerprint/sha256.ts';
export type { FlatFinding } from './flat/flat-finding.ts';
export { type FlattenOptions, flatten } from './flat/flatten.ts';
export type { IndexOptions, JsonArray, JsonIndex } from './json/index-json.ts';
export type { ElementOptions, JsonElement } from './json/json-elements.ts';
export { defaultLimits, type Limits } from './json/limits.ts';
export { locate } from './json/locate.ts';
export { type JsonPointer, type PathSegment, pointerOf, segmentsOf } from './json/pointer.ts';
export { ReadError, type ReadErrorCode } from './json/read-error.ts';
export { rereadable } from './json/rereadable.ts';
export type { ByteSource, Source } from './json/source.ts';
export type { TextDefect } from './json/text-defects.ts';
export { transcoded, type WideEncoding, wideEncodingOf } from './json/transcoded.ts';
export { type MergeOptions, type MergeSummary, mergeLogs } from './merge/merge-logs.ts';
export type * from './model/model.ts';
export type { LeftOut } from './normalize/left-out.ts';
export { type NormalizeOptions, normalize } from './normalize/normalize.ts';
export type { Redaction } from './normalize/redact.ts';
export { asUtf8 } from './read/as-utf-8.ts';
export { indexJson, jsonElementBatches, jsonElements } from './read/read-json.ts';
export {
  type Drop,
  type OpenedLog,
  type OpenedRun,
  openSarif,
  type Progress,
  type ReadOptions,
  readSarif,
} from './read/read-sarif.ts';
export { githubLimits } from './rules/github/github-limits.ts';
export { ruleDocuments } from './rules/registry.ts';
export type { Profile, RuleDocument, RuleSet } from './rules/rule.ts';
export { familyOf, type RuleFamily, ruleFamilies } from './rules/rule-family.ts';
export { baselineStateOf } from './run/baseline.ts';
export { type CanonicalPath, canonicalPath } from './run/canonical-path.ts';
export { columnIn, columnKindOf, utf16Column } from './run/column-kind.ts';
export { completeRegion, contextRegionOf } from './run/complete-region.ts';
export { type Completeness, completenessOf, type IncompleteReason, type ReadingTrouble } from './run/completeness.ts';
export { ArtifactContents, type Content, type ReadSource } from './run/content.ts';
export { type Weakness, type WeaknessSource, weaknessesOf, weaknessesOfResult } from './run/cwe.ts';
export { cweKindOf, cweVersion } from './run/cwe-numbers.ts';
export { effectiveLevel } from './run/effective-level.ts';
export { effectiveRank } from './run/effective-rank.ts';
export { comparePlaces, type ListedPlace } from './run/location-order.ts';
export { safeMarkdown } from './run/markdown-risks.ts';
export type { MessagePart } from './run/message-links.ts';
export { type MessageOwner, notificationOwner, otherOwner, resultOwner } from './run/message-strings.ts';
export { resultText } from './run/message-text.ts';
export { createPolicy, type Policy } from './run/policy.ts';
export { byteSpanOf, charSpanOf, type LineSpan, lineSpanOf, type OffsetSpan } from './run/region.ts';
export { type RepositoryPath, RepositoryPaths } from './run/repository-path.ts';
export {
  plainMessage,
  type ResolvedMessage,
  type ResolveOptions,
  resolveMessage,
  summaryOf,
} from './run/resolve-message.ts';
export { isRuleEnabled } from './run/rule-enabled.ts';
export { type FoundRule, RuleLookup } from './run/rule-lookup.ts';
export { createRunContext, type RunContext } from './run/run-context.ts';
export { categoryKeyOf, type RunIdentity, runIdentityOf } from './run/run-identity.ts';
export { bandOf, type SecuritySeverity, type SeverityBand, securitySeverity } from './run/security-severity.ts';
export { type SuppressionState, suppressionState } from './run/suppression-state.ts';
export { type FoundTaxon, type ResultTaxon, TaxonLookup } from './run/taxa.ts';
export { TextLines } from './run/text-lines.ts';
export { checkLogHeader, checkResult, checkRunHeader } from './schema/check.ts';
export { deepEqual } from './schema/deep-equal.ts';
export { type Part, PartTooSmallError, type SplitOptions, splitIntoParts } from './split/split.ts';
export { type ValidateOptions, validate } from './validate/validate.ts';
export { writeSarif } from './write/write-sarif.ts';
