import type { SarifEvent } from '../events/event.ts';
import { batchesOf } from '../events/event-stream.ts';
import { FingerprintSurvey } from '../fingerprint/distrusted-fingerprints.ts';
import type { SourceLog, SourceRun } from '../merge/source-run.ts';
import { isOfThisRun } from '../run/baseline.ts';
import { completenessOf } from '../run/completeness.ts';
import { createRunContext, type RunContext } from '../run/run-context.ts';
import { runIdentityOf } from '../run/run-identity.ts';
import { wholeRun } from '../split/part-id.ts';
import type { RunScope } from './pair-runs.ts';
import { ResultKeys } from './result-keys.ts';

/** A run whose results are compared. */
export interface ComparedRun {
  readonly source: SourceRun;
  readonly context: RunContext;
  /** Number of its first result among the keys of its scope. */
  readonly first: number;
}

/** The runs of one side that are compared together, with what is remembered of their results. */
export interface ComparedScope extends RunScope {
  readonly runs: ComparedRun[];
  readonly keys: ResultKeys;
  /** Whether the runs say all that their scans would have found. */
  isComplete: boolean;
}

export interface CompareOptions {
  readonly checkoutRoot?: string | undefined;
  /** When to judge whether suppressions have expired. */
  readonly now?: Date | undefined;
}

/** Reads what the results of a log are known by. Results that describe an earlier run are passed over. */
export async function readScopes(
  events: AsyncIterable<SarifEvent>,
  { runs }: SourceLog,
  { checkoutRoot, now }: CompareOptions,
): Promise<readonly ComparedScope[]> {
  const scopes = new Map<string, ComparedScope>();
  const sources = new Map(runs.map((source) => [source.runIndex, source]));
  let scope: ComparedScope | undefined;
  let current: ComparedRun | undefined;
  let survey: FingerprintSurvey | undefined;
  for await (const batch of batchesOf(events)) {
    for (const event of batch) {
      if (event.type === 'run-start') {
        const source = sources.get(event.runIndex) as SourceRun;
        scope = scopeOf(source, scopes);
        const context = createRunContext(source.start, source.run, checkoutRoot);
        current = { source, context, first: scope.keys.size };
        survey = new FingerprintSurvey(context);
        scope.runs.push(current);
        scope.isComplete &&= completenessOf({ run: source.run, results: source.start.results }).state !== 'incomplete';
      } else if (event.type === 'result' && scope !== undefined && current !== undefined) {
        if (!isOfThisRun(event.result)) continue;
        scope.keys.add(event.result, current.context, now);
        survey?.add(event.result, event.resultIndex);
      } else if (event.type === 'run-end' && scope !== undefined && current !== undefined && survey !== undefined) {
        scope.keys.distrust(survey.end(), current.first);
      }
    }
  }
  return [...scopes.values()];
}

function scopeOf({ run }: SourceRun, scopes: Map<string, ComparedScope>): ComparedScope {
  const { category, correlationGuid } = runIdentityOf(wholeRun(run) ?? run);
  const tool = run.tool.driver.name;
  const key = JSON.stringify([tool, correlationGuid ?? category]);
  let scope = scopes.get(key);
  if (scope === undefined) {
    scope = { tool, category: correlationGuid ?? category, runs: [], keys: new ResultKeys(), isComplete: true };
    scopes.set(key, scope);
  }
  return scope;
}
