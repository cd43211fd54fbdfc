import type { ResultEvent, ResultText } from '../events/event.ts';
import type { BaselineState, Level, ReportingDescriptor, Result } from '../model/model.ts';

/** A result that says how it compares with the baseline. Its bytes stay as they are where they did not say so before. */
export class StatedResult implements ResultEvent {
  readonly type = 'result';
  readonly #event: ResultEvent;
  readonly #state: BaselineState;
  #result: Result | undefined;

  constructor(event: ResultEvent, state: BaselineState) {
    this.#event = event;
    this.#state = state;
  }

  get runIndex(): number {
    return this.#event.runIndex;
  }

  get resultIndex(): number {
    return this.#event.resultIndex;
  }

  get result(): Result {
    this.#result ??= { ...this.#event.result, baselineState: this.#state };
    return this.#result;
  }

  get text(): ResultText | undefined {
    return this.#isUnstated ? this.#event.text : undefined;
  }

  get prefix(): string | undefined {
    if (this.text === undefined) return undefined;
    return `"baselineState":"${this.#state}",${this.#event.prefix ?? ''}`;
  }

  get addedRule(): ReportingDescriptor | undefined {
    return this.#event.addedRule;
  }

  get level(): Level | undefined {
    return this.#event.level;
  }

  get #isUnstated(): boolean {
    return !Object.hasOwn(this.#event.result, 'baselineState');
  }
}
