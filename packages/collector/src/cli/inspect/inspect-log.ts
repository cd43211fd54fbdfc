import { EventStream, type Level, normalize, pointerOf, type ResultEvent, type RunHeader } from '@sariflow/sarif';
import type { FileSource } from '../../input/file-source.ts';
import type { InspectedFile, InspectedRun, LargestResult } from '../documents/inspect-document.ts';
import type { OpenedReport } from '../open-report.ts';
import { brokenLimits, type Measures, measureResult, measureRun, noMeasures } from './limit-check.ts';

/** What is found out about a report. */
export type Inspection = Pick<
  InspectedFile,
  'bytes' | 'findings' | 'results' | 'runs' | 'largestResult' | 'brokenLimits'
>;

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/**
 * Looks through a report: results are measured as they come, and counted as they are once they have been repaired.
 *
 * @param gzipBytes how long a source is after gzip
 */
export async function inspectLog(
  report: OpenedReport,
  source: FileSource,
  gzipBytes: (source: FileSource) => Promise<number>,
): Promise<Inspection> {
  const measures = noMeasures();
  const runs: Writable<InspectedRun>[] = [];
  const largest: { result: LargestResult | null } = { result: null };
  const measured = new EventStream(async function* () {
    // Neighbouring events together where they come so: results that nobody asks for need not be parsed then.
    for await (const batch of EventStream.of(report.events).batches()) {
      for (const event of batch) if (event.type === 'result') measureBytes(event, measures, largest);
      yield batch;
    }
  });
  let results = 0;
  for await (const event of normalize(measured)) {
    if (event.type === 'run-start') {
      measureRun(event.run, measures);
      runs.push(inspectedRun(event.run, event.results === 'array'));
    } else if (event.type === 'result') {
      const run = runs.at(-1);
      measureResult(event.result, measures);
      if (run !== undefined) count(run, event.level ?? event.result.level ?? 'warning');
      results += 1;
    }
  }
  measures.results = runs.reduce((most, run) => Math.max(most, run.results ?? 0), 0);
  measures.bytes = source.size ?? 0;
  measures.gzipBytes = await gzipBytes(source);
  return {
    bytes: source.size ?? null,
    findings: report.tally().findings,
    results,
    runs,
    largestResult: largest.result,
    brokenLimits: brokenLimits(measures),
  };
}

function inspectedRun(run: RunHeader, hasResults: boolean): Writable<InspectedRun> {
  const { driver, extensions = [] } = run.tool;
  return {
    tool: driver.name,
    version: driver.semanticVersion ?? driver.version ?? null,
    id: run.automationDetails?.id ?? null,
    results: hasResults ? 0 : null,
    levels: { none: 0, note: 0, warning: 0, error: 0 },
    rules: [driver, ...extensions].reduce((sum, { rules }) => sum + (rules?.length ?? 0), 0),
    artifacts: run.artifacts?.length ?? 0,
    headerBytes: Buffer.byteLength(JSON.stringify(run)),
  };
}

function count(run: Writable<InspectedRun>, level: Level): void {
  run.results = (run.results ?? 0) + 1;
  run.levels = { ...run.levels, [level]: run.levels[level] + 1 };
}

function measureBytes(event: ResultEvent, measures: Measures, largest: { result: LargestResult | null }): void {
  const { text, runIndex, resultIndex } = event;
  const bytes = text?.bytes.length ?? Buffer.byteLength(JSON.stringify(event.result));
  measures.resultBytes = Math.max(measures.resultBytes, bytes);
  if (largest.result !== null && largest.result.bytes >= bytes) return;
  const ruleId: unknown = event.result.ruleId;
  largest.result = {
    bytes,
    pointer: pointerOf(['runs', runIndex, 'results', resultIndex]),
    ruleId: typeof ruleId === 'string' ? ruleId : null,
    place: text?.placeOf?.([]) ?? null,
  };
}
