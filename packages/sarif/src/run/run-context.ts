import type { ResultsState } from '../events/event.ts';
import type { RunHeader } from '../model/model.ts';
import { RepositoryPaths } from './repository-path.ts';
import { RuleLookup } from './rule-lookup.ts';
import { SeenResults } from './seen-results.ts';

/** What the checks and repairs of a run's results need to know of the run. */
export interface RunContext {
  readonly runIndex: number;
  readonly run: RunHeader;
  /** Whether the run has a result set at all. */
  readonly results: ResultsState;
  readonly rules: RuleLookup;
  readonly paths: RepositoryPaths;
  /** What rules that compare results remember of them. */
  readonly seen: SeenResults;
  /** When the log is looked at, for what expires; absent when nobody says. */
  readonly now?: Date | undefined;
}

/**
 * @param checkoutRoot where the sources were checked out: an absolute path or `file:` URI
 * @param now when the log is looked at
 */
export function createRunContext(
  { runIndex, results }: { readonly runIndex: number; readonly results: ResultsState },
  run: RunHeader,
  checkoutRoot?: string,
  now?: Date,
): RunContext {
  const rules = new RuleLookup(run);
  const paths = new RepositoryPaths(run, checkoutRoot);
  return { runIndex, run, results, rules, paths, seen: new SeenResults(), now };
}
