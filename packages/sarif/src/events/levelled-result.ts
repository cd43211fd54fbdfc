import type { Level, Result } from '../model/model.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import type { ResultEvent } from './event.ts';
import { WrappedResult } from './wrapped-result.ts';

/** What stands in front of the bytes of a result that is given a level. */
export const levelPrefixes = {
  none: '"level":"none",',
  note: '"level":"note",',
  warning: '"level":"warning",',
  error: '"level":"error",',
} as const satisfies Readonly<Record<Level, string>>;

/** A result with a level in front of its own bytes. */
export class LevelledResult extends WrappedResult {
  readonly #level: Level;
  #result: Result | undefined;

  constructor(event: ResultEvent, level: Level) {
    super(event);
    this.#level = level;
  }

  override get level(): Level {
    return this.#level;
  }

  override get prefix(): string {
    return levelPrefixes[this.#level];
  }

  override get defects(): readonly SchemaDefect[] {
    return none;
  }

  override get result(): Result {
    this.#result ??= { level: this.#level, ...this.event.result };
    return this.#result;
  }
}

const none: readonly SchemaDefect[] = [];
