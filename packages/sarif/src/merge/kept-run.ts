import type { ResultEvent, RunEndEvent, RunStartEvent } from '../events/event.ts';
import { type MoveUri, mentionsSarifUri, moveSarifUris } from '../positions/sarif-uris.ts';
import { jsonCopy } from '../split/json-copy.ts';
import type { MergeContext } from './merged-run.ts';
import { type MovedRun, moveInlineProperties } from './moved-uris.ts';
import { RenumberedResult } from './renumbered-result.ts';
import type { SourceRun } from './source-run.ts';

/** A run that agrees with no other and stays as it is, if in another place. */
export class KeptRun {
  readonly sources: readonly SourceRun[];
  readonly duplicates = 0;
  readonly unchecked = 0;
  readonly #source: SourceRun;
  readonly #runIndex: number;
  readonly #inlineProperties: readonly number[];

  /** @param inlineProperties where the inline external properties of the run's log stand now */
  constructor(source: SourceRun, runIndex: number, inlineProperties: readonly number[]) {
    this.sources = [source];
    this.#source = source;
    this.#runIndex = runIndex;
    this.#inlineProperties = inlineProperties;
  }

  /** Where URIs find the run. */
  placeOf(): MovedRun {
    return { runIndex: this.#runIndex, positions: undefined, resultAt: (resultIndex) => resultIndex };
  }

  /** Nothing is to be compared. */
  async count(): Promise<void> {}

  start({ moveUriOf }: MergeContext): RunStartEvent {
    const { start } = this.#source;
    const moveUri = moveUriOf(this.#source);
    if (moveUri === undefined) return start;
    const event = { ...start, runIndex: this.#runIndex };
    const run = jsonCopy(start.run);
    if (!JSON.stringify(run).includes('sarif:')) return event;
    moveSarifUris('run', run, moveUri);
    moveInlineProperties(run, this.#inlineProperties);
    return { ...event, run };
  }

  /** The results in batches. */
  async *results({ resultsOf, moveUriOf }: MergeContext): AsyncGenerator<readonly ResultEvent[]> {
    const moveUri = moveUriOf(this.#source);
    for await (const batch of resultsOf(this.#source).of(this.#source.runIndex)) {
      yield moveUri === undefined ? batch : batch.map((event) => this.#moved(event, moveUri));
    }
  }

  end(): RunEndEvent {
    return { ...this.#source.end, runIndex: this.#runIndex };
  }

  #moved(event: ResultEvent, moveUri: MoveUri): ResultEvent {
    const { text, resultIndex, addedRule } = event;
    const hasUris =
      text === undefined ? JSON.stringify(event.result).includes('sarif:') : mentionsSarifUri(text.bytes, true);
    if (!hasUris) return new RenumberedResult(event, this.#runIndex);
    const result = jsonCopy(event.result);
    moveSarifUris('result', result, moveUri);
    return { type: 'result', runIndex: this.#runIndex, resultIndex, result, addedRule };
  }
}
