import type { ResultEvent, RunEndEvent, RunStartEvent, SarifEvent } from '../events/event.ts';
import { batchesOf } from '../events/event-stream.ts';
import type { LogHeader, Result, RunHeader } from '../model/model.ts';

/** A run of one of the logs that are merged: everything but its results. */
export interface SourceRun {
  /** Position of the log among those that are merged. */
  readonly log: number;
  /** Position of the run in its log. */
  readonly runIndex: number;
  readonly start: RunStartEvent;
  readonly end: RunEndEvent;
  /** The header with the rules that results brought along, which come after the driver's own. */
  readonly run: RunHeader;
  /** How many results were handed on. */
  readonly count: number;
  /** Whether the results are compared with an earlier run (section 3.27.24); unknown when there are none. */
  readonly hasBaseline: boolean | undefined;
}

/** What a log is but for its results. */
export interface SourceLog {
  readonly header: LogHeader;
  readonly runs: readonly SourceRun[];
}

/** Reads a log for its headers. Results are counted, and all but the first are not looked at. */
export async function readSourceLog(events: AsyncIterable<SarifEvent>, log: number): Promise<SourceLog> {
  let header: LogHeader = { version: '2.1.0' };
  const runs: SourceRun[] = [];
  let start: RunStartEvent | undefined;
  let count = 0;
  let first: Result | undefined;
  for await (const batch of batchesOf(events)) {
    for (const event of batch) {
      switch (event.type) {
        case 'log-start':
          header = event.log;
          break;
        case 'run-start':
          [start, count, first] = [event, 0, undefined];
          break;
        case 'result':
          count += 1;
          first ??= event.result;
          break;
        case 'run-end':
          if (start !== undefined) runs.push(sourceRun(log, start, event, { count, first }));
          break;
        case 'log-end':
          break;
      }
    }
  }
  return { header, runs };
}

function sourceRun(
  log: number,
  start: RunStartEvent,
  end: RunEndEvent,
  { count, first }: { readonly count: number; readonly first: Result | undefined },
): SourceRun {
  const hasBaseline = first === undefined ? undefined : first.baselineState !== undefined;
  const run = withRules(start.run, end);
  return { log, runIndex: start.runIndex, start, end, run, count, hasBaseline };
}

function withRules(run: RunHeader, { addedRules = [] }: RunEndEvent): RunHeader {
  if (addedRules.length === 0) return run;
  const { driver } = run.tool;
  return { ...run, tool: { ...run.tool, driver: { ...driver, rules: [...(driver.rules ?? []), ...addedRules] } } };
}

/** The results of one log's runs, run by run. Runs that are asked for in another order cost another pass. */
export class SourceResults {
  readonly #events: AsyncIterable<SarifEvent>;
  #iterator: AsyncIterator<readonly SarifEvent[]> | undefined;
  #batch: readonly SarifEvent[] = [];
  #next = 0;
  /** Runs up to this one have been passed. */
  #passed = -1;

  constructor(events: AsyncIterable<SarifEvent>) {
    this.#events = events;
  }

  /** The results of a run, in batches that are valid until the next is asked for. */
  async *of(runIndex: number): AsyncGenerator<readonly ResultEvent[]> {
    if (this.#iterator === undefined || this.#passed >= runIndex) await this.#restart();
    for (let hasEnded = false; !hasEnded; ) {
      const results: ResultEvent[] = [];
      while (this.#next < this.#batch.length && !hasEnded) {
        const event = this.#batch[this.#next] as SarifEvent;
        this.#next += 1;
        if (event.type === 'result' && event.runIndex === runIndex) results.push(event);
        if (event.type === 'run-end') {
          this.#passed = event.runIndex;
          hasEnded = event.runIndex === runIndex;
        }
      }
      if (results.length > 0) yield results;
      if (!hasEnded) await this.#advance();
    }
  }

  /** Lets go of the log. */
  async close(): Promise<void> {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    await iterator?.return?.();
  }

  async #restart(): Promise<void> {
    await this.close();
    this.#iterator = batchesOf(this.#events)[Symbol.asyncIterator]();
    [this.#batch, this.#next, this.#passed] = [[], 0, -1];
  }

  async #advance(): Promise<void> {
    const next = await (this.#iterator as AsyncIterator<readonly SarifEvent[]>).next();
    if (next.done === true) {
      throw new TypeError('A log lacks a run that it had when it was read before. Merge logs that can be read again.');
    }
    [this.#batch, this.#next] = [next.value, 0];
  }
}
