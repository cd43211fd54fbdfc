import type { LogStartEvent, SarifEvent } from '../events/event.ts';
import { type EventBatch, EventStream } from '../events/event-stream.ts';
import type { ExternalProperties, LogHeader } from '../model/model.ts';
import type { MoveUri } from '../positions/sarif-uris.ts';
import { groupRuns } from './group-runs.ts';
import { KeptRun } from './kept-run.ts';
import { MergedRun } from './merged-run.ts';
import { type MovedRun, movedUri } from './moved-uris.ts';
import { readSourceLog, type SourceLog, SourceResults, type SourceRun } from './source-run.ts';
import { UnitedArray } from './united-array.ts';
import { unitedProperties } from './united-properties.ts';

/** What became of the logs that were merged. */
export interface MergeSummary {
  /** How many runs the logs have, and how many they have become. */
  readonly runs: { readonly before: number; readonly after: number };
  /** The same of results. */
  readonly results: { readonly before: number; readonly after: number };
  /** Results that are counted in the `occurrenceCount` of an equal one. */
  readonly duplicates: number;
  /** Results that were not compared with others, because too many different ones came before them. */
  readonly unchecked: number;
}

export interface MergeOptions {
  /** Where the sources were checked out, an absolute path or `file:` URI. */
  readonly checkoutRoot?: string | undefined;
  /** Told when the last event has been handed on. */
  readonly onSummary?: ((summary: MergeSummary) => void) | undefined;
  /** How many different results of one run are compared. Default a million, which take about 60 bytes each. */
  readonly maxCompared?: number | undefined;
}

/**
 * Makes one log of several. Runs become one where tool, version and category agree; all others stay, also those without results.
 * What a result owes to its run goes with it: its level, its rule, the place of its file. What the runs have in common stands there
 * once, and every index, link and parent leads to where its target stands now. Results that are equal in two logs become one,
 * whose `occurrenceCount` says so.
 *
 * @param logs events as the schema wants them, such as `normalize` gives. Each log has to give the same events each time it is
 *   iterated: it is gone through three times, and once more for each run that stands in another order than in the logs before.
 *   Memory: the headers, and a digest of each result up to a limit.
 */
export function mergeLogs(logs: readonly AsyncIterable<SarifEvent>[], options: MergeOptions = {}): EventStream {
  return new EventStream(() => mergedBatches(logs, options));
}

async function* mergedBatches(
  logs: readonly AsyncIterable<SarifEvent>[],
  { onSummary, ...options }: MergeOptions,
): AsyncGenerator<EventBatch> {
  const sources: SourceLog[] = [];
  for (const [at, log] of logs.entries()) sources.push(await readSourceLog(log, at));
  const inline = unitedInlineProperties(sources);
  const runs = groupRuns(sources.flatMap((source) => source.runs)).map((group, runIndex) => {
    const [first] = group as [SourceRun];
    if (group.length > 1) return new MergedRun(group, runIndex, options);
    return new KeptRun(first, runIndex, inline.positions[first.log] as readonly number[]);
  });
  const readers = logs.map((log) => new SourceResults(log));
  try {
    const resultsOf = ({ log }: SourceRun) => readers[log] as SourceResults;
    for (const run of runs) await run.count({ resultsOf, moveUriOf: () => undefined });
    const moves = uriMoves(sources, runs, inline.positions);
    const context = { resultsOf, moveUriOf: ({ log }: SourceRun) => moves[log] };
    yield [logStart(sources, inline.elements)];
    let results = 0;
    for (const run of runs) {
      yield [run.start(context)];
      for await (const batch of run.results(context)) {
        results += batch.length;
        yield batch;
      }
      yield [run.end()];
    }
    yield [{ type: 'log-end' }];
    onSummary?.(summaryOf(sources, runs, results));
  } finally {
    for (const reader of readers) await reader.close();
  }
}

type OutputRun = KeptRun | MergedRun;

/** For each log how its places are renamed; `undefined` where they all keep their names. */
function uriMoves(
  sources: readonly SourceLog[],
  runs: readonly OutputRun[],
  inlinePositions: readonly (readonly number[])[],
): (MoveUri | undefined)[] {
  const places = sources.map(() => new Map<number, MovedRun>());
  const isStill = inlinePositions.map((positions) => positions.every((position, at) => position === at));
  for (const [position, run] of runs.entries()) {
    for (const source of run.sources) {
      places[source.log]?.set(source.runIndex, run.placeOf(source));
      if (run instanceof MergedRun || source.runIndex !== position) isStill[source.log] = false;
    }
  }
  return places.map((place, log) => (isStill[log] === true ? undefined : movedUri(place)));
}

/** The inline external properties of all logs, and for each log where its own stand. */
function unitedInlineProperties(sources: readonly SourceLog[]) {
  const united = new UnitedArray<ExternalProperties>();
  const positions = sources.map(({ header }) =>
    (header.inlineExternalProperties ?? []).map((properties) => united.unite(properties)),
  );
  return { elements: united.elements, positions };
}

function logStart(sources: readonly SourceLog[], inline: ExternalProperties[]): LogStartEvent {
  const headers = sources.map(({ header }) => header);
  const properties = unitedProperties(headers.map((header) => header.properties));
  const log: LogHeader = {
    version: '2.1.0',
    ...(inline.length === 0 ? {} : { inlineExternalProperties: inline }),
    ...(properties === undefined ? {} : { properties }),
  };
  return { type: 'log-start', log };
}

function summaryOf(sources: readonly SourceLog[], runs: readonly OutputRun[], results: number): MergeSummary {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const before = sources.flatMap((source) => source.runs);
  return {
    runs: { before: before.length, after: runs.length },
    results: { before: sum(before.map(({ count }) => count)), after: results },
    duplicates: sum(runs.map(({ duplicates }) => duplicates)),
    unchecked: sum(runs.map(({ unchecked }) => unchecked)),
  };
}
