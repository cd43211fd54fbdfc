import type { JsonPointer } from '../json/pointer.ts';

export type DiagnosticLevel = 'error' | 'warning' | 'note';

/** A place in the input. Lines and columns are 1-based; columns count UTF-16 code units. */
export interface Place {
  readonly byteOffset: number;
  readonly line: number;
  readonly column: number;
  /** The value stands under another pointer than that under which it was looked at. No diagnostic's place has this. */
  readonly moved?: MovedPointer;
}

/** Where a value stands that was brought into its run from external properties. */
export interface MovedPointer {
  /** The pointer of an object that was brought in, and the one it has where it stands. */
  readonly from: JsonPointer;
  readonly to: JsonPointer;
  /** The file, as the log names it, in which places and pointers count then; absent for the log itself. */
  readonly file?: string;
}

/** What lenient mode did, or would do, about a diagnostic. */
export interface DiagnosticFix {
  readonly description: string;
}

/** What Sariflow has to say about an input. Trouble in the data is reported as one of these, never thrown. */
export interface Diagnostic {
  /** Stable for ever, such as `SF-S205`. */
  readonly ruleId: string;
  readonly level: DiagnosticLevel;
  /** Full sentences that say what is wrong and what to do. */
  readonly message: string;
  /** The offending value, or the object that lacks a member. */
  readonly pointer: JsonPointer;
  /** Absent when the events did not come from bytes. */
  readonly place?: Place;
  readonly fix?: DiagnosticFix;
  /** Section of SARIF 2.1.0 with errata 01, such as `3.27.10`. */
  readonly specSection?: string;
  readonly runIndex?: number;
  readonly resultIndex?: number;
  /** How many occurrences this stands for, where it is not one: a defect that repeats is listed a hundred times, then counted. */
  readonly count?: number;
  /** The offending value as JSON, cut to 200 characters. */
  readonly value?: string;
}

/** Takes diagnostics as they arise. */
export type Report = (diagnostic: Diagnostic) => void;
