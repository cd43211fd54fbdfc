import type { RunHeader } from '../model/model.ts';
import { RepositoryPaths } from './repository-path.ts';
import { RuleLookup } from './rule-lookup.ts';

/** What the checks and repairs of a run's results need to know of the run. */
export interface RunContext {
  readonly runIndex: number;
  readonly run: RunHeader;
  readonly rules: RuleLookup;
  readonly paths: RepositoryPaths;
}

export function createRunContext(runIndex: number, run: RunHeader, checkoutRoot?: string): RunContext {
  return { runIndex, run, rules: new RuleLookup(run), paths: new RepositoryPaths(run, checkoutRoot) };
}
