import type { Level, Result } from '../model/model.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import type { ResultEvent, ResultText } from './event.ts';

/** What stands in front of the bytes of a result that is given a level. */
export const levelPrefixes = {
  none: '"level":"none",',
  note: '"level":"note",',
  warning: '"level":"warning",',
  error: '"level":"error",',
} as const satisfies Readonly<Record<Level, string>>;

/** A result with a level in front of its own bytes. */
export class LevelledResult implements ResultEvent {
  readonly type = 'result';
  readonly defects: readonly SchemaDefect[] = [];
  readonly level: Level;
  readonly prefix: string;
  readonly #event: ResultEvent;
  #result: Result | undefined;

  constructor(event: ResultEvent, level: Level) {
    this.#event = event;
    this.level = level;
    this.prefix = levelPrefixes[level];
  }

  get runIndex(): number {
    return this.#event.runIndex;
  }

  get resultIndex(): number {
    return this.#event.resultIndex;
  }

  get text(): ResultText | undefined {
    return this.#event.text;
  }

  get result(): Result {
    this.#result ??= { level: this.level, ...this.#event.result };
    return this.#result;
  }
}
