import type { ResultEvent, RunEndEvent } from '../events/event.ts';
import type { SourceResults } from '../merge/source-run.ts';
import type { ReportingDescriptor } from '../model/model.ts';
import { isOfThisRun } from '../run/baseline.ts';
import type { RunContext } from '../run/run-context.ts';
import type { ComparedRun } from './compared-runs.ts';
import type { Matches } from './match-results.ts';
import { StandAloneResults } from './stand-alone.ts';

/** The results of an earlier run that a later one lacks, at the end of the later one's. */
export class AbsentResults {
  readonly #run: RunContext;
  readonly #end: RunEndEvent;
  readonly #added = new Map<string, ReportingDescriptor>();
  #written: number;

  /**
   * @param run the later run
   * @param end how it ends
   * @param written how many results it has
   */
  constructor({ context }: ComparedRun, end: RunEndEvent, written: number) {
    this.#run = context;
    this.#end = end;
    this.#written = written;
  }

  /** Those of one earlier run, in batches. */
  async *of(earlier: ComparedRun, { isMatched }: Matches, reader: SourceResults): AsyncGenerator<ResultEvent[]> {
    const standAlone = new StandAloneResults(earlier.context);
    let next = earlier.first;
    for await (const batch of reader.of(earlier.source.runIndex)) {
      const absent: ResultEvent[] = [];
      for (const event of batch) {
        if (!isOfThisRun(event.result)) continue;
        if (isMatched[next] === 0) absent.push(this.#absent(event, earlier.context, standAlone));
        next += 1;
      }
      if (absent.length > 0) yield absent;
    }
  }

  /** The end of the run, with the rules that its absent results brought along. */
  end(): RunEndEvent {
    const addedRules = [...(this.#end.addedRules ?? []), ...this.#added.values()];
    return { ...this.#end, results: this.#written, ...(addedRules.length === 0 ? {} : { addedRules }) };
  }

  #absent({ result: given }: ResultEvent, { rules }: RunContext, standAlone: StandAloneResults): ResultEvent {
    const result = standAlone.result(given);
    result.baselineState = 'absent';
    const resultIndex = this.#written;
    this.#written += 1;
    const { runIndex } = this.#run;
    const event = { type: 'result', runIndex, resultIndex, result } as const;
    const { ruleId } = result;
    if (ruleId === undefined || this.#run.rules.describes(ruleId)) return event;
    const addedRule = this.#added.get(ruleId) ?? standAlone.rule(rules.find(given));
    if (addedRule === undefined) return event;
    this.#added.set(ruleId, addedRule);
    return { ...event, addedRule };
  }
}
