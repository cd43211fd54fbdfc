export type { Diagnostic, DiagnosticFix, DiagnosticLevel, Place, Report } from './diagnostics/diagnostic.ts';
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
export { type IndexOptions, indexJson, type JsonArray, type JsonIndex } from './json/index-json.ts';
export { type ElementOptions, type JsonElement, jsonElements } from './json/json-elements.ts';
export { defaultLimits, type Limits } from './json/limits.ts';
export { locate } from './json/locate.ts';
export { type JsonPointer, type PathSegment, pointerOf, segmentsOf } from './json/pointer.ts';
export { ReadError, type ReadErrorCode } from './json/read-error.ts';
export { rereadable } from './json/rereadable.ts';
export type { ByteSource, Source } from './json/source.ts';
export type * from './model/model.ts';
export { type NormalizeOptions, normalize } from './normalize/normalize.ts';
export { type Drop, type Progress, type ReadOptions, readSarif } from './read/read-sarif.ts';
export { ruleDocuments } from './rules/registry.ts';
export type { Profile, RuleDocument } from './rules/rule.ts';
export { checkLogHeader, checkResult, checkRunHeader } from './schema/check.ts';
export { deepEqual } from './schema/deep-equal.ts';
export { type Part, PartTooSmallError, type SplitOptions, splitIntoParts } from './split/split.ts';
export { type ValidateOptions, validate } from './validate/validate.ts';
export { writeSarif } from './write/write-sarif.ts';
