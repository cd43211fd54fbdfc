import type { ResultEvent } from '../events/event.ts';
import { WrappedResult } from '../events/wrapped-result.ts';
import type { ReportingDescriptor } from '../model/model.ts';

/** The descriptors that a run's driver gets beside its own, in the order in which results first need them. */
export class AddedRules {
  readonly rules: ReportingDescriptor[] = [];
  readonly ownCount: number;
  readonly #positions = new Map<string, number>();

  /** @param ownCount how many rules the driver has itself */
  constructor(ownCount: number) {
    this.ownCount = ownCount;
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
    return position === undefined ? undefined : this.ownCount + position;
  }
}

/** A result together with the descriptor that was added for it. */
export class DescribedResult extends WrappedResult {
  readonly #addedRule: ReportingDescriptor;

  constructor(event: ResultEvent, addedRule: ReportingDescriptor) {
    super(event);
    this.#addedRule = addedRule;
  }

  override get addedRule(): ReportingDescriptor {
    return this.#addedRule;
  }
}
