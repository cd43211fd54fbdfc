import type { ReceivedLevel, Severity } from './severity.ts';

/** What a rule definition says about its findings. */
export interface ReceivedRule {
  readonly id: string;
  /** `shortDescription.text`. */
  readonly description: string | undefined;
  /** `help.text`. */
  readonly help: string | undefined;
  /** `CWE-<n>` entries of `properties.tags`. */
  readonly cwe: readonly string[];
  readonly defaultLevel: ReceivedLevel;
}

/** One result, reduced to what the platform reads. */
export interface ReceivedFinding {
  readonly tool: string;
  readonly rule: ReceivedRule;
  readonly level: ReceivedLevel;
  readonly severity: Severity;
  readonly uri: string;
  readonly startLine: number;
  readonly endLine: number | undefined;
  readonly message: string;
  readonly snippet: string | undefined;
}
