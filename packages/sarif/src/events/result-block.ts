import type { Level } from '../model/model.ts';
import { ADDED_LEVEL, LEVEL, RECORD_NUMBERS } from '../recognise/portable/layout.ts';
import type { RecordedFacts, ResultNotes } from '../recognise/result-notes.ts';
import type { ResultEvent } from './event.ts';
import { LevelledResult } from './levelled-result.ts';

/** Levels by the numbers that records have for them. */
export const levelNames: readonly (Level | undefined)[] = [undefined, 'none', 'note', 'warning', 'error'];

/** Where the results of a block come from. */
export interface BlockSource {
  readonly notes: ResultNotes;
  /** What the places of the notes are in. */
  readonly bytes: Uint8Array;
  /** An event of its own for a result, by its position in the run. */
  eventOf(resultIndex: number): ResultEvent;
}

/**
 * Neighbouring results of one run whose bytes prove them to be as the schema wants them, handed on without an object for each: they come by the
 * hundred thousand, and what a stage has to know of them stands in numbers. Valid, like the bytes of events, until the next batch
 * is asked for.
 */
export class ResultBlock {
  readonly type = 'results';
  readonly runIndex: number;
  /** Position of the first result in its run. */
  readonly firstIndex: number;
  readonly count: number;
  /** Position of the first result in the notes. */
  readonly firstNote: number;
  readonly #source: BlockSource;

  constructor(source: BlockSource, runIndex: number, firstIndex: number, firstNote: number, count: number) {
    this.runIndex = runIndex;
    this.firstIndex = firstIndex;
    this.count = count;
    this.#source = source;
    this.firstNote = firstNote;
  }

  get notes(): ResultNotes {
    return this.#source.notes;
  }

  get bytes(): Uint8Array {
    return this.#source.bytes;
  }

  /** What is known of the result at this position of the block: one object for all, valid until this is asked again. */
  factsAt(at: number): RecordedFacts {
    return this.#source.notes.cursorAt(this.firstNote + at);
  }

  startOf(at: number): number {
    return this.#source.notes.startOf(this.firstNote + at);
  }

  endOf(at: number): number {
    return this.#source.notes.endOf(this.firstNote + at);
  }

  /** Some of the results. */
  slice(from: number, to: number): ResultBlock {
    if (from === 0 && to === this.count) return this;
    return new ResultBlock(this.#source, this.runIndex, this.firstIndex + from, this.firstNote + from, to - from);
  }

  /**
   * Tells the results in their order: neighbours that stay together as blocks, each of the others alone, by its position. Asks about each result once.
   */
  divide(stays: (at: number) => boolean, together: (block: ResultBlock) => void, alone: (at: number) => void): void {
    let from = 0;
    for (let at = 0; at < this.count; at += 1) {
      if (stays(at)) continue;
      if (at > from) together(this.slice(from, at));
      from = at + 1;
      alone(at);
    }
    if (from < this.count) together(this.slice(from, this.count));
  }

  /** Gives a level to a result that states none. */
  addLevel(at: number, level: Level): void {
    this.#source.notes.addLevel(this.firstNote + at, levelNames.indexOf(level));
  }

  /** The level that was added to a result. */
  addedLevelAt(at: number): Level | undefined {
    return levelNames[this.#numberAt(at, ADDED_LEVEL)];
  }

  /** The level that a result states or was given. */
  levelAt(at: number): Level | undefined {
    return levelNames[this.#numberAt(at, LEVEL) || this.#numberAt(at, ADDED_LEVEL)];
  }

  /** The same result as an event. */
  eventAt(at: number): ResultEvent {
    const event = this.#source.eventOf(this.firstIndex + at);
    const level = this.addedLevelAt(at);
    return level === undefined ? event : new LevelledResult(event, level);
  }

  *events(): Generator<ResultEvent> {
    for (let at = 0; at < this.count; at += 1) yield this.eventAt(at);
  }

  #numberAt(at: number, which: number): number {
    return this.#source.notes.records[(this.firstNote + at) * RECORD_NUMBERS + which] as number;
  }
}
