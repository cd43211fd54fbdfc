import type { ResultEvent, ResultText } from '../events/event.ts';
import type { Level, ReportingDescriptor, Result } from '../model/model.ts';
import type { SchemaDefect } from '../schema/defect.ts';

/** The descriptors that a run's driver gets beside its own, in the order in which results first need them. */
export class AddedRules {
  readonly rules: ReportingDescriptor[] = [];
  readonly #own: number;
  readonly #positions = new Map<string, number>();

  /** @param own how many rules the driver has itself */
  constructor(own: number) {
    this.#own = own;
  }

  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  get(id: string): ReportingDescriptor | undefined {
    return this.rules[this.#positions.get(id) ?? -1];
  }

  add(rule: ReportingDescriptor): void {
    this.#positions.set(rule.id, this.rules.length);
    this.rules.push(rule);
  }

  /** Position among all rules of the driver. */
  positionOf(id: string): number | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#own + position;
  }
}

/** A result together with the descriptor that was added for it. */
export class DescribedResult implements ResultEvent {
  readonly type = 'result';
  readonly addedRule: ReportingDescriptor;
  readonly #event: ResultEvent;

  constructor(event: ResultEvent, addedRule: ReportingDescriptor) {
    this.#event = event;
    this.addedRule = addedRule;
  }

  get runIndex(): number {
    return this.#event.runIndex;
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

  get level(): Level | undefined {
    return this.#event.level;
  }

  get prefix(): string | undefined {
    return this.#event.prefix;
  }
}
