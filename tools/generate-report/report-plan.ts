import type { Random } from '../generate-log/random.ts';

/** A format of which reports are invented. */
export type ReportFormat = 'semgrep' | 'sonarqube' | 'snyk' | 'veracode' | 'veracode-xml' | 'jfrog';

/** How an invented report of one format is put together: what stands before its findings, each finding, and the rest. */
export interface ReportPlan {
  /** Of the file's name, with the dot. */
  readonly ending: '.json' | '.xml';
  readonly head: string;
  readonly tail: string;
  /** Between two findings. */
  readonly separator: string;
  /** One finding as text. The index starts at 0. */
  finding(random: Random, index: number): string;
  /** How many findings stand in the text of a report: how the yardstick counts them. */
  readonly findingsAt: readonly string[];
}
