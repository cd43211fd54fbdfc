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

/** Leads from a path in the packaged build to the one in the repository. */
export interface PathRule {
  /** A regular expression over the path, such as `^com/`. */
  readonly pattern: string;
  /** What takes its place, such as `src/main/java/com/`. */
  readonly replacement: string;
}

/** What only Veracode reports have. */
export interface VeracodeOptions {
  /** The first rule that fits changes the path. Default: paths stay as Veracode wrote them. */
  readonly pathMap?: readonly PathRule[] | undefined;
}

/** What only reports of SonarQube have. */
export interface SonarqubeOptions {
  /**
   * Which severity counts where a finding has both: that of its impacts on software qualities (`mqr`, the default), or the
   * one of the standard experience.
   */
  readonly mode?: 'mqr' | 'standard' | undefined;
  /**
   * What a security hotspot becomes: a failure with the level of its probability (`fail`, the default), or something to
   * review, for which SARIF wants the level "none".
   */
  readonly hotspots?: 'fail' | 'review' | undefined;
  /** Keep authors, assignees and those who commented, who are often written as e-mail addresses. Default false. */
  readonly keepPeople?: boolean | undefined;
  /** Address of the server, for links to findings and rules. */
  readonly serverUrl?: string | undefined;
}

/** What only Snyk reports have. */
export interface SnykOptions {
  /** Write the checks of infrastructure as code that were passed, as results of the kind `pass`. Default false. */
  readonly includePassed?: boolean | undefined;
}

export interface ConvertOptions extends WritingOptions {
  /** The format of the report; `auto`, the default, finds out. */
  readonly from?: 'auto' | FormatId | undefined;
  /** Takes what there is to say about the report, as it is found. */
  readonly report?: Report | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /**
   * Whether what is complete of a report is converted when it ends early (SF-K203). Default true; otherwise a `ReadError`
   * says how many findings were complete.
   */
  readonly allowTruncated?: boolean | undefined;
  readonly semgrep?: SemgrepOptions | undefined;
  readonly snyk?: SnykOptions | undefined;
  readonly sonarqube?: SonarqubeOptions | undefined;
  readonly veracode?: VeracodeOptions | undefined;
}
