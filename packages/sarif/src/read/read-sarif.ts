import type { Diagnostic, Place, Report } from '../diagnostics/diagnostic.ts';
import type {
  LogEndEvent,
  LogStartEvent,
  ResultEvent,
  ResultsState,
  ResultText,
  RunEndEvent,
  RunStartEvent,
  SarifEvent,
} from '../events/event.ts';
import { type EventBatch, EventStream } from '../events/event-stream.ts';
import { indexJson, type JsonIndex } from '../json/index-json.ts';
import { type ElementBatch, elementBatches } from '../json/json-elements.ts';
import { defaultLimits, type Limits } from '../json/limits.ts';
import { locate } from '../json/locate.ts';
import type { PathSegment } from '../json/pointer.ts';
import { ReadError } from '../json/read-error.ts';
import { rereadable } from '../json/rereadable.ts';
import type { Source } from '../json/source.ts';
import type { Level, LogHeader, Result, RunHeader } from '../model/model.ts';
import { type ResultFacts, ResultRecogniser } from '../recognise/result-facts.ts';

/** A result that could not be handed on, and why. */
export interface Drop {
  readonly runIndex: number;
  readonly resultIndex: number;
  /** The rule that the result breaks beyond repair. */
  readonly ruleId: string;
}

/** How far reading has come. `bytes` counts what was read in both passes together. */
export interface Progress {
  readonly bytes: number;
  readonly results: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Takes what there is to say about the bytes: a byte order mark, a repeated member, a result that is not JSON. */
  readonly report?: Report | undefined;
  /** Told about each result that is not JSON and therefore has no event. */
  readonly onDrop?: ((drop: Drop) => void) | undefined;
  /** Hands on the complete results of an input that ends early, with `SF-P106` as a diagnostic instead of an error. */
  readonly allowTruncated?: boolean;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Reads a SARIF log as events. Equal documents give equal events, however the bytes are cut and the members ordered: one
 * pass finds everything but the results, a second one hands on the results. A stream, which can be read only once, is kept
 * in memory up to `limits.maxSpoolBytes`. Memory otherwise: the header, one chunk and one result.
 *
 * @throws {ReadError} while iterating, when the bytes are no JSON document or go past a limit. A result that alone is not
 *   JSON, its brackets being whole, is reported and left out.
 */
export function readSarif(source: Source, options: ReadOptions = {}): EventStream {
  return new EventStream(() => readBatches(source, options));
}

async function* readBatches(given: Source, options: ReadOptions): AsyncGenerator<EventBatch> {
  const limits = { ...defaultLimits, ...options.limits };
  const source = await rereadable(given, options);
  let firstPass = 0;
  let results = 0;
  const progress = (bytes: number) => options.onProgress?.({ bytes, results });
  const index = await indexJson(source, {
    arrays: isResults,
    depth: 3,
    limits,
    signal: options.signal,
    onTruncated: options.allowTruncated ? (error) => options.report?.(error.diagnostic) : undefined,
    onProgress: (bytes) => {
      firstPass = bytes;
      progress(bytes);
    },
  });
  reportBytes(index, options.report);

  const root = index.root;
  if (!isObject(root)) {
    throw new ReadError('SF-P115', `A SARIF log is an object, but this document is ${typeName(root)}.`, {
      place: index.placeOf(''),
      pointer: '',
    });
  }

  yield [logStart(root, index)];
  const runs = Array.isArray(root['runs']) ? (root['runs'] as unknown[]) : [];
  for (const [runIndex, run] of runs.entries()) {
    if (!isObject(run)) continue;
    const array = index.arrays.find((candidate) => candidate.path[1] === runIndex);
    yield [runStart(run, runIndex, index)];
    if (array !== undefined) {
      const onProgress = (bytes: number) => progress(firstPass + bytes);
      const elements = elementBatches(source, array, { signal: options.signal, onProgress }, new ResultRecogniser());
      for await (const batch of elements) {
        results += batch.count;
        yield resultsOf(batch, runIndex, options);
      }
    }
    yield [{ type: 'run-end', runIndex, results: array?.count ?? 0 } satisfies RunEndEvent];
  }
  yield [{ type: 'log-end' } satisfies LogEndEvent];
}

function isResults(path: readonly PathSegment[]): boolean {
  return path.length === 3 && path[0] === 'runs' && typeof path[1] === 'number' && path[2] === 'results';
}

function logStart(root: Record<string, unknown>, index: JsonIndex): LogStartEvent {
  const { runs: _, ...log } = root;
  return {
    type: 'log-start',
    log: log as unknown as LogHeader,
    document: root,
    placeOf: (pointer) => index.placeOf(pointer),
  };
}

function runStart(value: Record<string, unknown>, runIndex: number, index: JsonIndex): RunStartEvent {
  const { results, ...run } = value;
  return {
    type: 'run-start',
    runIndex,
    run: run as unknown as RunHeader,
    results: resultsState(value, results),
    placeOf: (pointer) => index.placeOf(pointer),
  };
}

function resultsState(run: Record<string, unknown>, results: unknown): ResultsState {
  if (Array.isArray(results)) return 'array';
  if (results === null) return 'null';
  return Object.hasOwn(run, 'results') ? 'invalid' : 'absent';
}

function resultsOf(batch: ElementBatch<ResultFacts>, runIndex: number, options: ReadOptions): SarifEvent[] {
  const events: SarifEvent[] = [];
  for (let at = 0; at < batch.count; at += 1) {
    try {
      // What its bytes do not prove has to be parsed to know whether it is JSON at all.
      if (batch.facts[at] === undefined) batch.valueOf(at);
      events.push(new ReadResult(batch, at, runIndex));
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const resultIndex = batch.firstIndex + at;
      options.report?.({ ...error.diagnostic, runIndex, resultIndex });
      options.onDrop?.({ runIndex, resultIndex, ruleId: error.code });
    }
  }
  return events;
}

const levels: readonly (Level | undefined)[] = [undefined, 'none', 'note', 'warning', 'error'];

/** A result that stands in the input. */
class ReadResult implements ResultEvent, ResultText {
  readonly type = 'result';
  readonly runIndex: number;
  readonly resultIndex: number;
  readonly facts: ResultFacts | undefined;
  readonly level: Level | undefined;
  readonly #batch: ElementBatch<ResultFacts>;
  readonly #at: number;
  #result: Result | undefined;

  constructor(batch: ElementBatch<ResultFacts>, at: number, runIndex: number) {
    this.runIndex = runIndex;
    this.resultIndex = batch.firstIndex + at;
    this.#batch = batch;
    this.facts = batch.facts[at];
    this.level = this.facts === undefined ? undefined : levels[this.facts.level];
    this.#at = at;
  }

  get result(): Result {
    this.#result ??= this.#batch.valueOf(this.#at) as Result;
    return this.#result;
  }

  get text(): ResultText {
    return this;
  }

  get bytes(): Uint8Array {
    return this.#batch.bytesOf(this.#at);
  }

  get spaced(): boolean {
    return this.#batch.spaced[this.#at] as boolean;
  }

  placeOf(path: readonly PathSegment[]): Place {
    return this.#batch.placeAt((this.#batch.starts[this.#at] as number) + locate(this.bytes, path));
  }
}

function reportBytes(index: JsonIndex, report: Report | undefined): void {
  if (report === undefined) return;
  if (index.byteOrderMark) {
    report({
      ruleId: 'SF-P102',
      level: 'note',
      message: 'The file starts with a byte order mark, which JSON does not have. It was passed over.',
      pointer: '',
      place: { byteOffset: 0, line: 1, column: 1 },
      specSection: '3.1',
    });
  }
  for (const { pointer, place } of index.duplicates) {
    report({
      ruleId: 'SF-P108',
      level: 'warning',
      message: 'This member occurs more than once in its object. The last one counts.',
      pointer,
      place,
    } satisfies Diagnostic);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return `a ${typeof value}`;
}
