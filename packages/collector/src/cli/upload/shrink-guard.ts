import type { Baseline } from './delivery-history.ts';
import type { ReportSurvey } from './survey-report.ts';

/** What a tool's earlier reports had. */
export type ResultsBefore = (tool: string) => Baseline;

/** What the user allows. */
export interface GuardOptions {
  /** An empty scan may follow one that found something. */
  readonly allowEmpty: boolean;
  /** Send whatever it looks like. */
  readonly force: boolean;
}

/** Falls smaller than this share or number of results are everyday life. */
const maxFallShare = 0.8;
const maxFallResults = 20;

/**
 * Whether a report looks like a scan that went wrong, which the platform would take for "all fixed".
 *
 * @returns why the report is to be held back, with what to do; undefined when it may go
 */
export function reasonToHold(
  { tools }: Pick<ReportSurvey, 'tools'>,
  before: ResultsBefore,
  { allowEmpty, force }: GuardOptions,
): string | undefined {
  if (force) return undefined;
  for (const [tool, { results, hasFailed, hasNoResultSet }] of tools) {
    if (hasFailed) {
      return `${tool} says that its scan was not successful, so missing findings would look fixed. Repair the scan, or send it with --force.`;
    }
    if (hasNoResultSet) {
      return `${tool} has written no result set, which means that its scan did not run, not that it found nothing. Repair the scan, or send it with --force.`;
    }
    const { ofReport, ofLane } = before(tool);
    const lately = ofReport ?? ofLane ?? 0;
    if (results === 0 && lately > 0 && !allowEmpty) {
      return `${tool} found nothing, and ${lately} the time before. If everything is really fixed, send it with --allow-empty.`;
    }
    const fall = (ofReport ?? 0) - results;
    if (results > 0 && fall > maxFallResults && fall > (ofReport ?? 0) * maxFallShare) {
      return `${tool} found ${results}, and ${ofReport} the time before. Check that the scan was complete; if it was, send it with --force.`;
    }
  }
  return undefined;
}
