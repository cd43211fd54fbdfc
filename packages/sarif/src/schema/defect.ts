import type { PathSegment } from '../json/pointer.ts';
import type { StructureRule } from '../rules/structure/structure-rule.ts';
import type { ValueShape } from './shape.ts';

/** One way in which a value breaks one rule about structure. */
export interface SchemaDefect {
  readonly rule: StructureRule;
  /** Steps from the value that was checked to the offending value, or to the object that lacks a member. */
  readonly path: readonly PathSegment[];
  readonly value: unknown;
  /** Full sentences that say what is wrong and what to do. */
  readonly message: string;
  readonly memberMissing?: string;
  /** What the value had to look like; for an element that equals another, the shape of the array. */
  readonly expected?: ValueShape;
  /** The SARIF object that the value is a member of, or that lacks a member: `result`, `artifactLocation`. */
  readonly owner?: string;
  /** The position of the first element that this one equals. */
  readonly firstIndex?: number;
}

/** Takes defects as they are found. */
export type ReportDefect = (defect: SchemaDefect) => void;
