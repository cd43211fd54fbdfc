import type { Invocation, RunStartEvent, SarifEvent } from '@sariflow/sarif';
import { EventStream } from '@sariflow/sarif';
import type { OpenedReport } from '../open-report.ts';

/** What the first look at a report says about one of its tools. */
export interface ToolSurvey {
  readonly results: number;
  /** An invocation says that it was not successful (section 3.20.14). */
  readonly hasFailed: boolean;
  /** A run has no `results`, or null: the scan did not run (section 3.14.23). */
  readonly hasNoResultSet: boolean;
}

/** What the first look at a report says. */
export interface ReportSurvey {
  readonly findings: number;
  /** By the name of the driver. */
  readonly tools: ReadonlyMap<string, ToolSurvey>;
}

/**
 * Reads a report to its end, before anything of it is sent: a report that cannot be read to its end must not be sent in part, and what the shrink
 * guard asks is only known at the end. Throws what reading throws.
 */
export async function surveyReport(report: OpenedReport): Promise<ReportSurvey> {
  const tools = new Map<string, ToolSurvey>();
  let tool = '';
  let results = 0;
  let invocations: Pick<ToolSurvey, 'hasFailed' | 'hasNoResultSet'> | undefined;

  const look = (event: SarifEvent) => {
    switch (event.type) {
      case 'run-start':
        tool = toolNameOf(event);
        results = 0;
        invocations = {
          hasFailed: hasFailedInvocation(event),
          hasNoResultSet: event.results === 'absent' || event.results === 'null',
        };
        break;
      case 'result':
        results += 1;
        break;
      case 'run-end': {
        const seen = tools.get(tool);
        tools.set(tool, {
          results: (seen?.results ?? 0) + results,
          hasFailed: seen?.hasFailed === true || invocations?.hasFailed === true,
          hasNoResultSet: seen?.hasNoResultSet === true || invocations?.hasNoResultSet === true,
        });
        break;
      }
      case 'log-start':
      case 'log-end':
        break;
    }
  };

  if (report.events instanceof EventStream) {
    // By the batch, so that results are counted without being parsed.
    for await (const batch of report.events.batches()) batch.forEach(look);
  } else {
    for await (const event of report.events) look(event);
  }
  return { findings: report.tally().findings, tools };
}

/** The header has not been validated, so nothing in it can be taken for granted. */
function toolNameOf({ run }: RunStartEvent): string {
  const name: unknown = run.tool?.driver?.name;
  return typeof name === 'string' ? name : '';
}

function hasFailedInvocation({ run }: RunStartEvent): boolean {
  const invocations: unknown = run.invocations;
  if (!Array.isArray(invocations)) return false;
  return invocations.some((invocation: Partial<Invocation> | null) => invocation?.executionSuccessful === false);
}
