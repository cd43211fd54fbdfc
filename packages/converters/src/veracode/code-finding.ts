import type { LogicalLocation } from '@sariflow/sarif';
import type { Severity } from '../shell/severity.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import type { KeptValue } from '../values/fields.ts';
import type { FindingState } from './finding-state.ts';
import type { StackFrame } from './stack-dumps.ts';

/** A finding of a static, dynamic or manual scan, checked, whatever form of report it comes from. */
export interface CodeFinding {
  /** `CWE-89`, or the category where no weakness is named. */
  readonly ruleId: string;
  readonly weakness: Taxon | undefined;
  readonly rule: RuleWords;
  readonly severity: Severity;
  /** The severity as written. */
  readonly severityText: string | number | undefined;
  /** What, how to repair, references: HTML or paragraphs. */
  readonly description: string | undefined;
  readonly path: string | undefined;
  readonly line: number | undefined;
  /** The address that a dynamic scan attacked. */
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly logicalLocations: readonly LogicalLocation[];
  readonly state: FindingState;
  readonly violatesPolicy: boolean;
  /** In UTC. */
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
  /** The tool's own identities. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** Each from the origin of the data to the flaw. */
  readonly flows: readonly (readonly StackFrame[])[];
  /** A web page about the finding. */
  readonly viewer: string | undefined;
  readonly occurrences: number | undefined;
  readonly kept: readonly KeptValue[];
}

/** What a finding says about its rule. */
export interface RuleWords {
  readonly name: string | undefined;
  readonly tags: readonly string[];
  /** The class of weakness in general, in the XML report. */
  readonly description?: string | undefined;
  /** How to avoid it in general, in the XML report. */
  readonly recommendations?: string | undefined;
  /** Members without a place in SARIF, under their fields. */
  readonly kept?: readonly KeptValue[] | undefined;
}
