import type { JsonPointer, PathSegment, Place } from '@sariflow/sarif';
import type { ConverterRuleId } from './converter-rules.ts';

/** Where a piece of a report comes from. */
export interface Origin {
  /** JSON pointer into the report; for other formats the nearest thing to one. */
  readonly pointer: JsonPointer;
  /** Where a value inside the piece stands. Computed when asked, undefined when the reader cannot know. */
  placeOf(path: readonly PathSegment[]): Place | undefined;
}

/**
 * Says that something in a piece of the report is wrong: which rule, where in the piece, in full sentences, and the value.
 * A member that is missing is reported at the object that lacks it.
 */
export type Doubt = (ruleId: ConverterRuleId, path: readonly PathSegment[], message: string, value?: unknown) => void;

/** For the second pass: everything was said in the first. */
export const noDoubt: Doubt = () => {};
