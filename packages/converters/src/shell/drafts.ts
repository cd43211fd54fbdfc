import type { PropertyBag, ReportingDescriptor, Result, RunHeader, Suppression, ToolComponent } from '@sariflow/sarif';
import type { Doubt, Origin } from '../diagnostics/doubt.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import type { Severity } from './severity.ts';

/** One finding of a report, as the reader found it. */
export interface RawFinding {
  readonly value: unknown;
  readonly origin: Origin;
  /** Why there is no value: what stands there cannot be read. The reader has said so; `parse` is not asked. */
  readonly broken?: Refusal;
}

/** Returned instead of a finding that cannot become a result. */
export class Refusal {
  /** A full sentence: which finding, and what it lacks. */
  readonly reason: string;
  /** Where in the finding. */
  readonly path: readonly (string | number)[];

  constructor(reason: string, path: readonly (string | number)[] = []) {
    this.reason = reason;
    this.path = path;
  }
}

/** What the header of the run needs to know of a finding. Asked in both passes, so cheap. */
export interface Outline {
  readonly ruleId: string;
  readonly severity: Severity;
  /** `security-severity` of 0 to 10, where the tool gives a number. */
  readonly score?: number | undefined;
  /** Whether this is a security finding: only these have a `security-severity`. */
  readonly security: boolean;
  /** Empty when the tool says that the finding is not suppressed, absent when the tool does not say. */
  readonly suppressions?: readonly Suppression[] | undefined;
  /** Whether the finding is gone. One such finding gives every result of the run a baseline state (§3.27.24). */
  readonly absent?: boolean | undefined;
  /** Whether no earlier scan had the finding. One such finding gives every result of the run a baseline state, too. */
  readonly fresh?: boolean | undefined;
  /** The finding's own weakness classes, where they differ from its rule's. */
  readonly taxa?: readonly Taxon[] | undefined;
}

/** What makes a finding the same finding in the next report. */
export interface Identity {
  /** The tool's own stable identities, as members of `partialFingerprints`. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** The texts that `generic/v1` is made of, where the tool gives no identity. No line numbers. */
  readonly basis: () => readonly string[];
  /** For an order among equal ones. */
  readonly line: number;
  readonly column: number;
}

/** The texts and properties of a rule, from the first finding that names it. */
export interface DescriptorDraft {
  readonly texts: Pick<ReportingDescriptor, 'name' | 'shortDescription' | 'fullDescription' | 'help' | 'helpUri'>;
  readonly taxa: readonly Taxon[];
  /** Without those of the taxa and `security`, which the shell adds. */
  readonly tags: readonly string[];
  readonly properties: PropertyBag;
  /** The finding says little about its rule: the next finding of the rule is asked as well. */
  readonly provisional?: boolean;
}

/** A result without what the shell adds: rule index, level, rank, fingerprints, suppressions, baseline state. */
export interface ResultDraft {
  readonly fields: Pick<Result, 'message'> & Partial<Result>;
  readonly properties: PropertyBag;
  /** Overrides the rank that follows from the severity. */
  readonly rank?: number | undefined;
}

/** The parts of a run's header that the tool's report gives; the shell adds rules, taxonomies and notifications. */
export interface HeaderDraft {
  readonly driver: Pick<ToolComponent, 'name'> & Partial<ToolComponent>;
  readonly executionSuccessful: boolean;
  /** The report does not list its findings, though the scan took place: the run has no `results`. */
  readonly results?: 'absent';
  readonly run: Omit<Partial<RunHeader>, 'tool' | 'taxonomies' | 'invocations' | 'conversion'>;
}

/**
 * One run to be written. The methods are total and pure, except `parse`, the only place that doubts. Each is called in
 * both passes over the findings unless it says otherwise.
 */
export interface RunDraft<Finding> {
  /** The findings in the report's order, the same at each call. */
  findings(): AsyncIterable<RawFinding>;
  /** Unknown in, checked finding out. */
  parse(value: unknown, doubt: Doubt): Finding | Refusal;
  outline(finding: Finding): Outline;
  /** First pass only: what the converter itself wants to remember, bounded by the number of distinct things. */
  survey?(finding: Finding, outline: Outline): void;
  /** First pass only, for the first finding of each rule. */
  descriptor(finding: Finding, outline: Outline, doubt: Doubt): DescriptorDraft;
  /** Between the passes. */
  header(): HeaderDraft;
  identity(finding: Finding, outline: Outline): Identity;
  /** Between the passes: whether findings may become part of others' results. Absent: never. */
  mayMerge?(): boolean;
  /** Second pass only. Undefined when the finding is part of an earlier result. */
  result(finding: Finding, outline: Outline): ResultDraft | undefined;
}
