import type { DiagnosticLevel } from '@sariflow/sarif';

/** What there is to say about one of our codes. */
export interface Explanation {
  /** `SF-S205`, or the name of an exit code, such as `undelivered`. */
  readonly code: string;
  /** What kind of code it is, in words. */
  readonly family: string;
  /** One sentence. */
  readonly summary: string;
  /** How a rule is called in kebab case. */
  readonly name?: string;
  readonly level?: DiagnosticLevel;
  /** The number with which the process exits; two where each signal has its own. */
  readonly exitCodes?: readonly number[];
  /** The flag with which a rule is checked; absent where it always is. */
  readonly flag?: string;
  readonly cause?: string;
  readonly reason: string;
  /** What lenient mode does, or what the user can do. */
  readonly repair: string;
  readonly before?: string;
  readonly after?: string;
  /** Section of SARIF 2.1.0. */
  readonly specSection?: string;
  /** What other tools call it. */
  readonly like?: readonly string[];
}
