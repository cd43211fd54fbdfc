import type { Level, Result } from '../model/model.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import type { ProvenText, ResultEvent, ResultText } from './event.ts';
import { levelNames } from './result-block.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const none: readonly SchemaDefect[] = [];

/** A result that was repaired, with the bytes that it is written to and what these prove. It has no place in the input. */
export class RewrittenResult implements ResultEvent, ResultText {
  readonly type = 'result';
  readonly runIndex: number;
  readonly resultIndex: number;
  readonly bytes: Uint8Array;
  readonly facts: ResultFacts;
  readonly spaced = false;

  #result: Result | undefined;

  /**
   * @param result as it is now; parsed when it is asked for where it is not at hand
   * @param proven of the result as it is now
   */
  constructor({ runIndex, resultIndex }: ResultEvent, result: Result | undefined, { bytes, facts }: ProvenText) {
    this.runIndex = runIndex;
    this.resultIndex = resultIndex;
    this.#result = result;
    this.bytes = bytes;
    this.facts = facts;
  }

  get result(): Result {
    this.#result ??= JSON.parse(decoder.decode(this.bytes)) as Result;
    return this.#result;
  }

  get text(): ResultText {
    return this;
  }

  get level(): Level | undefined {
    return levelNames[this.facts.level];
  }

  get defects(): readonly SchemaDefect[] {
    return none;
  }
}
