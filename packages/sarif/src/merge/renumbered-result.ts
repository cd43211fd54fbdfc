import type { ResultEvent, ResultText } from '../events/event.ts';
import type { Level, ReportingDescriptor, Result } from '../model/model.ts';
import type { SchemaDefect } from '../schema/defect.ts';

/** A result as it is, of a run that has another position in its log. */
export class RenumberedResult implements ResultEvent {
  readonly type = 'result';
  readonly runIndex: number;
  readonly #event: ResultEvent;

  constructor(event: ResultEvent, runIndex: number) {
    this.runIndex = runIndex;
    this.#event = event;
  }

  get resultIndex(): number {
    return this.#event.resultIndex;
  }

  get result(): Result {
    return this.#event.result;
  }

  get text(): ResultText | undefined {
    return this.#event.text;
  }

  get defects(): readonly SchemaDefect[] | undefined {
    return this.#event.defects;
  }

  get addedRule(): ReportingDescriptor | undefined {
    return this.#event.addedRule;
  }

  get level(): Level | undefined {
    return this.#event.level;
  }

  get prefix(): string | undefined {
    return this.#event.prefix;
  }
}
