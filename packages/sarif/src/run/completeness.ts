import type { PathSegment } from '../json/pointer.ts';
import type { Invocation, RunHeader } from '../model/model.ts';
import { notificationLevel } from './notification-level.ts';
import type { RunContext } from './run-context.ts';

/** Why a run does not say all that its scan would have found. */
export interface IncompleteReason {
  /** The rule that has found it. */
  readonly ruleId: 'SF-P106' | 'SF-V005' | 'SF-V010' | 'SF-V902';
  /** A sentence. */
  readonly message: string;
  /** From the run to the value that says so. */
  readonly path: readonly PathSegment[];
}

/** Whether the results of a run are all that its scan found (appendix I). */
export interface Completeness {
  /** `unknown`: no invocation says how the scan went. */
  readonly state: 'complete' | 'incomplete' | 'unknown';
  /** At least one when the run is incomplete. */
  readonly reasons: readonly IncompleteReason[];
}

/** What only the reader knows of a run. */
export interface ReadingTrouble {
  /** The input ended before the run did. */
  readonly isTruncated?: boolean;
  /** Why property files that the run refers to could not be used, a sentence for each. */
  readonly missingPropertyFiles?: readonly string[];
}

/** Whether a run is complete. One that is not must never be used to close what earlier runs found. */
export function completenessOf(
  { run, results }: Pick<RunContext, 'run' | 'results'>,
  { isTruncated = false, missingPropertyFiles = [] }: ReadingTrouble = {},
): Completeness {
  const reasons: IncompleteReason[] = [];
  if (isTruncated) reasons.push({ ruleId: 'SF-P106', message: 'The input ends inside the run.', path: [] });
  if (lacksResults(run, results)) {
    const message = 'The run has no results: its scan did not start, or wrote none.';
    reasons.push({ ruleId: 'SF-V005', message, path: results === 'absent' ? [] : ['results'] });
  }
  for (const [index, invocation] of (run.invocations ?? []).entries()) {
    for (const { message, path } of failuresOf(invocation, run)) {
      reasons.push({ ruleId: 'SF-V010', message, path: ['invocations', index, ...path] });
    }
  }
  for (const message of missingPropertyFiles) {
    reasons.push({ ruleId: 'SF-V902', message, path: ['externalPropertyFileReferences'] });
  }
  if (reasons.length > 0) return { state: 'incomplete', reasons };
  return { state: (run.invocations ?? []).length === 0 ? 'unknown' : 'complete', reasons };
}

/** Whether the run has no result set at all, not even in files of its own (sections 3.14.23, 3.15.3). */
export function lacksResults(run: RunHeader, results: RunContext['results']): boolean {
  if (results === 'array') return false;
  return (run.externalPropertyFileReferences?.results ?? []).length === 0;
}

/** What went wrong in one invocation, with paths from there. */
export function failuresOf(
  invocation: Invocation,
  run: RunHeader,
): { readonly message: string; readonly path: readonly PathSegment[] }[] {
  const failures: { message: string; path: readonly PathSegment[] }[] = [];
  if (invocation.executionSuccessful === false) {
    failures.push({ message: 'The scan did not succeed.', path: ['executionSuccessful'] });
  }
  for (const member of ['toolExecutionNotifications', 'toolConfigurationNotifications'] as const) {
    for (const [index, notification] of (invocation[member] ?? []).entries()) {
      if (notificationLevel(notification, invocation, run) !== 'error') continue;
      const about = member === 'toolExecutionNotifications' ? 'execution' : 'configuration';
      failures.push({ message: `The tool reports an error of its ${about}.`, path: [member, index] });
    }
  }
  return failures;
}
