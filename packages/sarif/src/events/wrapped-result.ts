import type { Level, ReportingDescriptor, Result } from '../model/model.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import type { ResultEvent, ResultText } from './event.ts';

/** A result event as it is, but for what a subclass says otherwise. Nothing is parsed until it is asked for. */
export abstract class WrappedResult implements ResultEvent {
  readonly type = 'result';
  protected readonly event: ResultEvent;

  constructor(event: ResultEvent) {
    this.event = event;
  }

  get runIndex(): number {
    return this.event.runIndex;
  }

  get resultIndex(): number {
    return this.event.resultIndex;
  }

  get result(): Result {
    return this.event.result;
  }

  get text(): ResultText | undefined {
    return this.event.text;
  }

  get defects(): readonly SchemaDefect[] | undefined {
    return this.event.defects;
  }

  get addedRule(): ReportingDescriptor | undefined {
    return this.event.addedRule;
  }

  get level(): Level | undefined {
    return this.event.level;
  }

  get prefix(): string | undefined {
    return this.event.prefix;
  }
}
