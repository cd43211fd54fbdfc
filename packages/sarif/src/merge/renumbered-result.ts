import type { ResultEvent } from '../events/event.ts';
import { WrappedResult } from '../events/wrapped-result.ts';

/** A result as it is, of a run that has another position in its log. */
export class RenumberedResult extends WrappedResult {
  readonly #runIndex: number;

  constructor(event: ResultEvent, runIndex: number) {
    super(event);
    this.#runIndex = runIndex;
  }

  override get runIndex(): number {
    return this.#runIndex;
  }
}
