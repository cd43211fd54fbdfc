import type { PathSegment } from '../json/pointer.ts';
import type { Result } from '../model/model.ts';
import type { RuleDocument } from '../rules/rule.ts';
import type { RunContext } from '../run/run-context.ts';

/** A result without `readonly`: repairs change a copy that nobody else holds. */
export type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/** Says what was done, under which rule, and what was wrong where what was done does not tell. */
export type DidRepair = (rule: RuleDocument, fix: string, path: readonly PathSegment[], message?: string) => void;

/** One step of normalization. Changes the result in place, and says each change. */
export type ResultRepair = (result: Mutable<Result>, context: RunContext, did: DidRepair) => void;
