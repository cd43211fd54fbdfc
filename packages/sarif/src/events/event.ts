import type { Place } from '../diagnostics/diagnostic.ts';
import type { JsonPointer } from '../json/pointer.ts';
import type { TextDefect } from '../json/text-defects.ts';
import type { Level, LogHeader, ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { SchemaDefect } from '../schema/defect.ts';

/** Says where a value of the log stands in the input. Only events that come from bytes can say so. */
export type PlaceOf = (pointer: JsonPointer) => Place;

/** A log begins. What it holds beside its runs is all here, wherever it stood in the document. */
export interface LogStartEvent {
  readonly type: 'log-start';
  readonly log: LogHeader;
  /** The whole document with its results left out, as it was read: what the schema is checked against. */
  readonly document?: unknown;
  readonly placeOf?: PlaceOf;
  /** What the reader said of the log's own text, as far as it can be repaired. Paths start at the log. */
  readonly textDefects?: readonly TextDefect[] | undefined;
}

/**
 * What a run's `results` are: a missing or null array means that the scan did not produce a result set (section 3.14.23). What is `invalid` holds no
 * results, such as a number; an object is read as the results that it was meant to be.
 */
export type ResultsState = 'array' | 'null' | 'absent' | 'invalid';

/** A run begins. What it holds beside its results is all here, wherever it stood in the document. */
export interface RunStartEvent {
  readonly type: 'run-start';
  readonly runIndex: number;
  readonly run: RunHeader;
  readonly results: ResultsState;
  readonly placeOf?: PlaceOf;
  /** Some of the header stands in external property files, at which nobody has looked yet. */
  readonly hasFiles?: boolean;
  /** What the reader said of the header's text, as far as it can be repaired. Paths start at the run. */
  readonly textDefects?: readonly TextDefect[] | undefined;
}

/** A JSON text and what it says of the result that it stands for. The bytes stay as they are. */
export interface ProvenText {
  readonly bytes: Uint8Array;
  readonly facts: ResultFacts;
}

/** Other text for a stretch of a result's bytes, which ends in front of `end`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The bytes a result was read from, or written to. They are its JSON text as long as nobody changes the result. */
export interface ResultText {
  /** What the bytes alone say of the result; absent when they do not prove it to be as the schema wants it. */
  readonly facts?: ResultFacts | undefined;
  /** Only valid until the next event is asked for. */
  readonly bytes: Uint8Array;
  /** Whether white space stands between its tokens. */
  readonly spaced: boolean;
  /** Where the value at a path inside the result stands in the input; absent once the bytes are not those of the input. */
  placeOf?(path: readonly (string | number)[]): Place;
  /**
   * What another JSON text proves that is to stand for the result, without white space: `undefined` when it proves nothing. Only
   * while the event is valid, and only where results are recognised at all.
   */
  proofOf?(json: string): ProvenText | undefined;
  /** The same of the result's own bytes with some of them replaced, in the order of their places, and without white space. */
  proofOfEdited?(edits: readonly TextEdit[]): ProvenText | undefined;
}

/** One result. */
export interface ResultEvent {
  readonly type: 'result';
  readonly runIndex: number;
  readonly resultIndex: number;
  /** Parsed when it is first asked for. */
  readonly result: Result;
  /** Absent once the result differs from its bytes. */
  readonly text?: ResultText | undefined;
  /** What the schema says of the result, once it has been asked; empty when the result is as it should be. */
  readonly defects?: readonly SchemaDefect[] | undefined;
  /** What the reader said of the result's text, as far as it can be repaired. Paths start at the result. */
  readonly textDefects?: readonly TextDefect[] | undefined;
  /** The descriptor that was added for the result's rule, where the run's header lacks one. */
  readonly addedRule?: ReportingDescriptor | undefined;
  /** The level that the result states, where that is known without asking for `result`. */
  readonly level?: Level | undefined;
  /** Members written in front of those of `text`; `result` already has them. JSON text such as `"level":"error",`. */
  readonly prefix?: string | undefined;
}

/** A run ends. `results` counts the elements of its results array, unreadable ones included. */
export interface RunEndEvent {
  readonly type: 'run-end';
  readonly runIndex: number;
  readonly results: number;
  /** Descriptors for rules that results name and the run's header lacks. */
  readonly addedRules?: readonly ReportingDescriptor[];
}

export interface LogEndEvent {
  readonly type: 'log-end';
}

/** A SARIF log as a sequence: `log-start`, then for each run `run-start`, its results and `run-end`, then `log-end`. */
export type SarifEvent = LogStartEvent | RunStartEvent | ResultEvent | RunEndEvent | LogEndEvent;
