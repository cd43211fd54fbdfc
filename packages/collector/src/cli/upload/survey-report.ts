import type { Invocation, OpenedRun, RunStartEvent } from '@sariflow/sarif';
import type { OpenedReport } from '../open-report.ts';

/** What the first look at a report says about one of its tools. */
export interface ToolSurvey {
  readonly results: number;
  /** An invocation says that it was not successful (section 3.20.14). */
  readonly hasFailed: boolean;
  /** A run has no `results`, null, or something else than results: the scan did not run (section 3.14.23). */
  readonly hasNoResultSet: boolean;
}

/** What the first look at a report says. */
export interface ReportSurvey {
  readonly findings: number;
  /** By the name of the driver. */
  readonly tools: ReadonlyMap<string, ToolSurvey>;
  /** Absent where the report's events had to be read for it: they cannot be read again. */
  readonly runs?: readonly OpenedRun[];
}

/**
 * Looks through a report to its end, before anything of it is sent: a report that cannot be read to its end must not be sent in part, and what the
 * shrink guard asks is only known at the end. Throws what reading throws.
 */
export async function surveyReport(report: OpenedReport): Promise<ReportSurvey> {
  const survey = new Survey();
  const runs = await report.look();
  if (runs !== undefined) {
    for (const run of runs) survey.add(run, run.count);
    return { findings: findingsOf(report, runs), tools: survey.tools, runs };
  }
  let start: RunStartEvent | undefined;
  let results = 0;
  for await (const event of report.events) {
    if (event.type === 'run-start') {
      start = event;
      results = 0;
    } else if (event.type === 'result') results += 1;
    else if (event.type === 'run-end' && start !== undefined) survey.add(start, results);
  }
  return { findings: report.tally().findings, tools: survey.tools };
}

/** Findings that cannot become results are no elements of a run. */
function findingsOf(report: OpenedReport, runs: readonly OpenedRun[]): number {
  if (report.format !== 'sarif') return report.tally().findings;
  return runs.reduce((sum, { count }) => sum + count, 0);
}

/** Adds up the runs of each tool. */
class Survey {
  readonly tools = new Map<string, ToolSurvey>();

  add(run: Pick<RunStartEvent, 'run' | 'results'>, results: number): void {
    const tool = toolNameOf(run);
    const seen = this.tools.get(tool);
    this.tools.set(tool, {
      results: (seen?.results ?? 0) + results,
      hasFailed: seen?.hasFailed === true || hasFailedInvocation(run),
      hasNoResultSet: seen?.hasNoResultSet === true || run.results !== 'array',
    });
  }
}

/** The header has not been validated, so nothing in it can be taken for granted. */
function toolNameOf({ run }: Pick<RunStartEvent, 'run'>): string {
  const name: unknown = run.tool?.driver?.name;
  return typeof name === 'string' ? name : '';
}

function hasFailedInvocation({ run }: Pick<RunStartEvent, 'run'>): boolean {
  const invocations: unknown = run.invocations;
  if (!Array.isArray(invocations)) return false;
  return invocations.some((invocation: Partial<Invocation> | null) => invocation?.executionSuccessful === false);
}
