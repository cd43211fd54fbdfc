import type { LogStartEvent, SarifEvent } from '../events/event.ts';
import { batchesOf, type EventBatch, EventStream } from '../events/event-stream.ts';
import { readSourceLog, SourceResults } from '../merge/source-run.ts';
import type { BaselineState, Level, RunHeader } from '../model/model.ts';
import { isOfThisRun } from '../run/baseline.ts';
import { eachToolRule } from '../run/each-tool-rule.ts';
import { AbsentResults } from './absent-results.ts';
import { type ComparedRun, type ComparedScope, readScopes } from './compared-runs.ts';
import { type Matches, matchResults, NEW, UPDATED } from './match-results.ts';
import { pairScopes } from './pair-runs.ts';
import { levels } from './result-keys.ts';
import { StatedResult } from './stated-result.ts';

export interface DiffOptions {
  /**
   * How far two results of one rule in one file may be apart to be taken for the same when nothing else tells, in lines. Default 10.
   */
  readonly lineWindow?: number | undefined;
  /** Where the sources were checked out, an absolute path or `file:` URI. */
  readonly checkoutRoot?: string | undefined;
  /** When to judge whether suppressions have expired. Without it, none has. */
  readonly now?: Date | undefined;
}

/** Results by level. */
export type LevelCounts = Readonly<Record<Level, number>>;

/** Results of one state. */
export interface StateCounts {
  /** Those that nobody suppressed. */
  readonly levels: LevelCounts;
  readonly suppressed: number;
}

/** How runs of one tool and category compare. */
export interface ScopeComparison {
  readonly tool: string;
  readonly category: string;
  /**
   * `compared`; `new` when only the later log has such a run, `missing` when only the earlier one has, and `incomplete` when the later run
   * does not say all that its scan would have found.
   */
  readonly state: 'compared' | 'new' | 'missing' | 'incomplete';
}

/** What two logs have in common, and what not. */
export interface LogDiff {
  readonly counts: Readonly<Record<BaselineState, StateCounts>>;
  /**
   * Results of the earlier log of which nobody can say whether they are gone: their tool did not run, or its run is incomplete.
   */
  readonly uncertain: number;
  readonly scopes: readonly ScopeComparison[];
  /**
   * The later log, its results with `baselineState`: all of them and those that are gone, or the new ones alone. Reads the logs again.
   */
  events(which: 'all' | 'new'): EventStream;
}

const defaultLineWindow = 10;

/**
 * Compares two logs of the same sources: finds which results are new, which are unchanged or updated, and which are gone.
 *
 * @param before the earlier log, and `after` the later one: events as the schema wants them, such as `normalize` gives. Each log has to
 *   give the same events each time it is iterated. Memory: the headers, and about 100 bytes for each result of both.
 */
export async function diffLogs(
  before: AsyncIterable<SarifEvent>,
  after: AsyncIterable<SarifEvent>,
  options: DiffOptions = {},
): Promise<LogDiff> {
  const [one, other] = [await readSourceLog(before, 0), await readSourceLog(after, 1)];
  const earlier = await readScopes(before, one, options);
  const later = await readScopes(after, other, options);
  const compared = new Map<ComparedScope, ComparedPair>();
  const counts = new Counts();
  const scopes: ScopeComparison[] = [];
  const found = new Set<ComparedScope>();
  for (const pair of pairScopes(earlier, later)) {
    const lineWindow = options.lineWindow ?? defaultLineWindow;
    const renamed = renamedRules([...pair.before.runs, ...pair.after.runs]);
    const matches = matchResults(pair.before.keys, pair.after.keys, { lineWindow, renamed });
    compared.set(pair.after, { ...pair, matches });
    found.add(pair.before);
    counts.addPair(pair.before, pair.after, matches);
  }
  for (const scope of later) {
    const { tool, category } = scope;
    const isPaired = compared.has(scope);
    if (!isPaired) counts.addNew(scope);
    scopes.push({ tool, category, state: isPaired ? (scope.isComplete ? 'compared' : 'incomplete') : 'new' });
  }
  for (const scope of earlier) {
    if (found.has(scope)) continue;
    counts.uncertain += scope.keys.size;
    scopes.push({ tool: scope.tool, category: scope.category, state: 'missing' });
  }
  return {
    counts: counts.byState,
    uncertain: counts.uncertain,
    scopes,
    events: (which) => new EventStream(() => statedBatches({ before, after, later, compared }, which)),
  };
}

interface ComparedPair {
  readonly before: ComparedScope;
  readonly after: ComparedScope;
  readonly matches: Matches;
}

/** Ids that rules had before, with those that they have now. An id that is in use means its own rule. */
function renamedRules(runs: readonly ComparedRun[]): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const rules = runs.flatMap(({ source }) => [...eachToolRule(source.run)].map(({ rule }) => rule));
  for (const { id, deprecatedIds = [] } of rules) {
    for (const old of deprecatedIds) if (old !== id && !renamed.has(old)) renamed.set(old, id);
  }
  return renamed;
}

class Counts {
  readonly byState = { new: noCounts(), unchanged: noCounts(), updated: noCounts(), absent: noCounts() };
  uncertain = 0;

  addNew({ keys }: ComparedScope): void {
    for (let index = 0; index < keys.size; index += 1) this.#add('new', keys, index);
  }

  addPair(before: ComparedScope, after: ComparedScope, { states, isMatched }: Matches): void {
    for (const [index, state] of states.entries()) this.#add(stateOf(state), after.keys, index);
    for (const [index, matched] of isMatched.entries()) {
      if (matched === 1) continue;
      if (after.isComplete) this.#add('absent', before.keys, index);
      else this.uncertain += 1;
    }
  }

  #add(state: BaselineState, keys: ComparedScope['keys'], index: number): void {
    const counts = this.byState[state];
    if (keys.suppressed[index] === true) counts.suppressed += 1;
    else counts.levels[levels[keys.levels[index] as number] as Level] += 1;
  }
}

function noCounts() {
  return { levels: { none: 0, note: 0, warning: 0, error: 0 }, suppressed: 0 };
}

function stateOf(state: number | undefined): BaselineState {
  if (state === NEW) return 'new';
  return state === UPDATED ? 'updated' : 'unchanged';
}

interface Comparison {
  readonly before: AsyncIterable<SarifEvent>;
  readonly after: AsyncIterable<SarifEvent>;
  readonly later: readonly ComparedScope[];
  readonly compared: ReadonlyMap<ComparedScope, ComparedPair>;
}

async function* statedBatches(
  { before, after, later, compared }: Comparison,
  which: 'all' | 'new',
): AsyncGenerator<EventBatch> {
  const scopeOf = new Map(later.flatMap((scope) => scope.runs.map((run) => [run.source.runIndex, { scope, run }])));
  const reader = new SourceResults(before);
  let next = 0;
  let written = 0;
  try {
    for await (const batch of batchesOf(after)) {
      const out: SarifEvent[] = [];
      for (const event of batch) {
        if (event.type === 'log-start' || event.type === 'log-end') {
          out.push(event.type === 'log-start' ? withoutDocument(event) : event);
          continue;
        }
        const { scope, run } = scopeOf.get(event.runIndex) as { scope: ComparedScope; run: ComparedRun };
        const pair = compared.get(scope);
        if (event.type === 'run-start') {
          [next, written] = [run.first, 0];
          out.push({ ...event, run: withBaseline(event.run, pair) });
        } else if (event.type === 'run-end') {
          const absent = new AbsentResults(run, event, written);
          const isAsked = which === 'all' && scope.isComplete && scope.runs[0] === run;
          if (isAsked && pair !== undefined) {
            if (out.length > 0) yield out.splice(0);
            for (const each of pair.before.runs) yield* absent.of(each, pair.matches, reader);
          }
          out.push(absent.end());
        } else if (isOfThisRun(event.result)) {
          const state = pair === undefined ? 'new' : stateOf(pair.matches.states[next]);
          next += 1;
          if (which === 'new' && state !== 'new') continue;
          written += 1;
          out.push(new StatedResult(event, state));
        }
      }
      if (out.length > 0) yield out;
    }
  } finally {
    await reader.close();
  }
}

/** Without the document as it was read, which is not what the events say any more. */
function withoutDocument({ document: _, ...event }: LogStartEvent): LogStartEvent {
  return event;
}

/** Names the run that the results are compared with, where it has a name (section 3.14.5). */
function withBaseline({ baselineGuid: _, ...run }: RunHeader, pair: ComparedPair | undefined): RunHeader {
  const guid = pair?.before.runs[0]?.source.run.automationDetails?.guid;
  return guid === undefined ? run : { ...run, baselineGuid: guid };
}
