import type { Limits, Report } from '@sariflow/sarif';
import type { FormatId } from './detection/format-id.ts';

/** What the writers of any format's log want to know. */
export interface WritingOptions {
  /** Path of the report, for `run.conversion.analysisToolLogFiles`. */
  readonly inputPath?: string | undefined;
  /**
   * Directory in which the scan ran, as an absolute path or `file:` URI. Paths become relative to it, with the base id
   * `SRCROOT`. Without it paths stay as the tool wrote them.
   */
  readonly sourceRoot?: string | undefined;
  /** Write `byteOffset` and `byteLength` beside lines and columns, where the tool gives them. Default false. */
  readonly byteOffsets?: boolean | undefined;
  /** Keep what carries source text beyond the matched lines, such as metavariables. Default false. */
  readonly includeSource?: boolean | undefined;
  /** Repeat the rule's weakness classes in each result's `taxa`, for consumers that look only there. Default false. */
  readonly taxaOnResults?: boolean | undefined;
  /** File to name as the place of a result that has none, for consumers that refuse such results. */
  readonly syntheticLocation?: string | undefined;
}

/** What only Semgrep reports have. */
export interface SemgrepOptions {
  /** Dotted prefix to remove from rule ids: Semgrep puts the directory in front of rules from local files. */
  readonly stripRulePrefix?: string | undefined;
  /** Write the scanned files to `run.artifacts`. Default false: the list is long and repeated in each part. */
  readonly scannedFiles?: boolean | undefined;
  /** Keep `time`, `profiling_results` and `explanations` in the properties of the run. Default false. */
  readonly keepProfile?: boolean | undefined;
}

export interface ConvertOptions extends WritingOptions {
  /** The format of the report; `auto`, the default, finds out. */
  readonly from?: 'auto' | FormatId | undefined;
  /** Takes what there is to say about the report, as it is found. */
  readonly report?: Report | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly semgrep?: SemgrepOptions | undefined;
}
