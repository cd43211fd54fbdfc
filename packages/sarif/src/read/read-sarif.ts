import type { Place, Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import type {
  LogEndEvent,
  LogStartEvent,
  PlaceOf,
  ProvenText,
  ResultEvent,
  ResultsState,
  ResultText,
  RunEndEvent,
  RunStartEvent,
  SarifEvent,
  TextEdit,
} from '../events/event.ts';
import { type BlockBatch, EventStream } from '../events/event-stream.ts';
import { levelNames, ResultBlock } from '../events/result-block.ts';
import { reportIn } from '../external/external-files.ts';
import { type ExternalResults, LogExternals } from '../external/log-externals.ts';
import type { OpenExternal } from '../external/open-external.ts';
import type { IndexOptions, JsonArray, JsonIndex } from '../json/index-json.ts';
import { ElementBatch, elementBatches } from '../json/json-elements.ts';
import { defaultLimits, type Limits } from '../json/limits.ts';
import { Locator } from '../json/locate.ts';
import type { JsonPointer, PathSegment } from '../json/pointer.ts';
import { ReadError } from '../json/read-error.ts';
import { rereadable } from '../json/rereadable.ts';
import type { Source } from '../json/source.ts';
import { findSyntaxDefect } from '../json/syntax.ts';
import type { TextDefect } from '../json/text-defects.ts';
import { wellFormedBytes } from '../json/well-formed-utf-8.ts';
import type { Level, LogHeader, Result, RunHeader } from '../model/model.ts';
import type { LeftOut } from '../normalize/left-out.ts';
import { loadEngine } from '../recognise/engine.ts';
import type { ResultFacts } from '../recognise/result-facts.ts';
import type { ResultNotes } from '../recognise/result-notes.ts';
import { ResultRecogniser } from '../recognise/result-recogniser.ts';
import { byteOrderMark } from '../rules/bytes/p102-byte-order-mark.ts';
import { foreignRoot } from './foreign-document.ts';
import { type MeantLog, meantLog, movedRun } from './meant-log.ts';
import { openDocument } from './open-document.ts';
import { type HeaderTextDefects, TextChecker } from './text-checker.ts';

/** A result that could not be handed on, and why. */
export interface Drop {
  readonly runIndex: number;
  readonly resultIndex: number;
  /** The rule that the result breaks beyond repair. */
  readonly ruleId: string;
  /** Of a result that nothing is wrong with: what was asked to be left out. */
  readonly leftOut?: LeftOut;
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
  /**
   * Hands on the first of several documents, with `SF-P107` as a diagnostic instead of an error. With `words` only what does not
   * begin like another document is passed over, such as what a program says after it has written its report.
   */
  readonly ignoreTail?: boolean | 'words' | undefined;
  /**
   * Reads UTF-16 and UTF-32, too, and puts U+FFFD in place of what is no UTF-8, with `SF-P103` and `SF-P104` as diagnostics
   * instead of errors. Places then count in the text as UTF-8.
   */
  readonly transcode?: boolean;
  /**
   * Opens external property files (section 3.15): what they hold is then part of its run. Without it references stay as they are,
   * and are reported with `SF-V902`. External properties inside the log are part of their runs in any case.
   */
  readonly openExternal?: OpenExternal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Reads a SARIF log as events. Equal documents give equal events, however the bytes are cut and the members ordered: one
 * pass finds everything but the results, a second one hands on the results. What is compressed with gzip is inflated. A stream, which can be read only once, is kept
 * in memory up to `limits.maxSpoolBytes`. Memory otherwise: the header, one chunk and one result.
 *
 * @throws {ReadError} while iterating, when the bytes are no JSON document or go past a limit. A result that alone is not
 *   JSON, its brackets being whole, is reported and left out.
 */
export function readSarif(source: Source, options: ReadOptions = {}): EventStream {
  return new EventStream(async function* () {
    const { events } = await openSarif(source, options);
    yield* events.blocks();
  });
}

/** One run of an opened log: its header, as it was read, and how many results it has. */
export interface OpenedRun {
  readonly runIndex: number;
  readonly run: RunHeader;
  readonly results: ResultsState;
  /** Elements of `results`, whatever they are. */
  readonly count: number;
}

/** A log of which everything but the results has been read. */
export interface OpenedLog {
  readonly runs: readonly OpenedRun[];
  /** All of it. The results are read when they are asked for. */
  readonly events: EventStream;
}

/**
 * Reads all but the results of a log, and counts those: what a caller has to know before anything is done with them.
 *
 * @throws {ReadError} when the bytes are no JSON document or go past a limit
 */
export async function openSarif(given: Source, options: ReadOptions = {}): Promise<OpenedLog> {
  const limits = { ...defaultLimits, ...options.limits };
  const again = await rereadable(given, options);
  let firstPass = 0;
  let isCut = false;
  const sayCut = reportRead(options.report, 'The complete results are kept.');
  const onTruncated = (error: ReadError) => {
    isCut = true;
    sayCut(error);
  };
  const { index: written, source } = await openDocument(again, {
    arrays: isResults,
    depth: 3,
    limits,
    signal: options.signal,
    transcode: options.transcode === true,
    report: options.report,
    onTruncated: options.allowTruncated ? onTruncated : undefined,
    onTail: tailPasser(options),
    onProgress: (bytes) => {
      firstPass = bytes;
      options.onProgress?.({ bytes, results: 0 });
    },
  });
  const document = logRoot(written);
  const meant = meantLog(document, written, isCut);
  const { root, index } = meant;
  const externals = new LogExternals(root, index, source, {
    open: options.openExternal,
    limits,
    signal: options.signal,
    transcode: options.transcode === true,
    report: options.report,
  });
  const log = await externals.log();
  const runs = await readableRuns(meant, source, externals);
  externals.end();
  return { runs, events: new EventStream(() => readBatches({ document, log, index, runs, firstPass }, options)) };
}

/** Results that stand one after the other in one source. */
interface ResultsPart {
  readonly runIndex: number;
  /** Position of the first of them in the run. */
  readonly firstIndex: number;
  readonly source: Source;
  readonly array: JsonArray;
  /** Absent for those of the run itself. */
  readonly external?: ExternalResults | undefined;
  /** Where the only result of the part is in the document, when that is outside an array. */
  readonly pointer?: JsonPointer;
  /** The run stands outside an array. */
  readonly isOfLoneRun?: boolean;
}

/** A part that is being read. */
interface OpenPart extends ResultsPart {
  readonly recogniser: ResultRecogniser;
}

interface ReadableRun extends OpenedRun {
  readonly placeOf: PlaceOf;
  readonly hasFiles: boolean;
  readonly parts: readonly ResultsPart[];
}

async function readableRuns(
  { root, index, isLoneRun, loneResults }: MeantLog,
  source: Source,
  externals: LogExternals,
): Promise<ReadableRun[]> {
  const readable: ReadableRun[] = [];
  const arrays = new Map<unknown, JsonArray>();
  for (const array of index.arrays) if (array.path[0] === 'runs') arrays.set(isLoneRun ? 0 : array.path[1], array);
  for (const [runIndex, value] of (Array.isArray(root['runs']) ? (root['runs'] as unknown[]) : []).entries()) {
    if (!isObject(value)) continue;
    const whole = await externals.run(value, runIndex);
    const parts: ResultsPart[] = [];
    const own = arrays.get(runIndex);
    if (own !== undefined) parts.push({ runIndex, firstIndex: 0, source, array: own, isOfLoneRun: isLoneRun });
    let count = own?.count ?? 0;
    for (const lone of loneResults.get(runIndex) ?? []) {
      parts.push({ runIndex, firstIndex: count, ...lone });
      count += 1;
    }
    for (const external of whole.results) {
      const { array, document } = external;
      parts.push({ runIndex, firstIndex: count, source: document.source, array, external });
      count += array.count;
    }
    const results = whole.results.length > 0 ? 'array' : resultsState(value['results']);
    const run = whole.header as unknown as RunHeader;
    readable.push({ runIndex, run, results, count, placeOf: whole.placeOf, hasFiles: whole.hasFiles, parts });
  }
  return readable;
}

interface ReadableLog {
  /** As it was written. */
  readonly document: Record<string, unknown>;
  readonly log: Readonly<Record<string, unknown>>;
  readonly index: JsonIndex;
  readonly runs: readonly ReadableRun[];
  /** How many bytes were read already. */
  readonly firstPass: number;
}

async function* readBatches(
  { document, log, index, runs, firstPass }: ReadableLog,
  options: ReadOptions,
): AsyncGenerator<BlockBatch> {
  let results = 0;
  let bytesBefore = firstPass;
  let bytesRead = firstPass;
  const onProgress = (bytes: number) => {
    bytesRead = bytesBefore + bytes;
    options.onProgress?.({ bytes: bytesRead, results });
  };
  reportMark(index, options.report);
  const text = new TextChecker(options.report);
  const header = text.header(index);
  yield [logStart(document, log, index, header)];
  for (const run of runs) {
    const { runIndex, count, parts } = run;
    yield [runStart(run, header)];
    for (const part of parts) {
      // A log may consist of runs that found nothing, and each would begin to recognise.
      if (part.array.count === 0) continue;
      const isInLog = part.external?.document.file === undefined;
      if (!isInLog) bytesBefore = bytesRead;
      const recogniser = new ResultRecogniser(await loadEngine(), run.run);
      const open = { ...part, recogniser };
      const elements = elementBatches(part.source, part.array, { signal: options.signal, onProgress }, { recogniser });
      for await (const batch of isInLog ? elements : throughFile(elements, part, options.signal)) {
        results += batch.count;
        yield resultsOf(batch, open, options, text);
      }
    }
    yield [{ type: 'run-end', runIndex, results: count } satisfies RunEndEvent];
  }
  text.end();
  yield [{ type: 'log-end' } satisfies LogEndEvent];
}

/** The same batches; a file other than the log that cannot be read on ends them, which is said. */
async function* throughFile<T>(
  batches: AsyncIterable<T>,
  { external }: ResultsPart,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<T>;
      try {
        next = await iterator.next();
      } catch (error) {
        signal?.throwIfAborted();
        external?.failed(error);
        return;
      }
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** What is done about what follows the document; nothing where it is an error. */
function tailPasser({ ignoreTail, report }: ReadOptions): IndexOptions['onTail'] {
  if (ignoreTail === undefined || ignoreTail === false) return undefined;
  const say = reportRead(report, 'What follows the document is passed over.');
  return (error, isDocument) => {
    if (isDocument && ignoreTail === 'words') throw error;
    say(error);
  };
}

/** Says what was done about an input that could not have been read as a whole. */
function reportRead(report: Report | undefined, fix: string): (error: ReadError) => void {
  return ({ diagnostic }) => report?.({ ...diagnostic, fix: { description: fix } });
}

/** @throws {ReadError} when the document cannot be meant as a log */
function logRoot(index: JsonIndex): Record<string, unknown> {
  const at = { place: index.placeOf(''), pointer: '' };
  const { root } = index;
  if (!isObject(root)) {
    throw new ReadError('SF-P115', `A SARIF log is an object, but this document is ${typeName(root)}.`, at);
  }
  const foreign = foreignRoot(root);
  if (foreign === undefined) return root;
  const { title, because, advice } = foreign;
  throw new ReadError('SF-P117', `This is not a SARIF log but ${title} (${because}). ${advice}`, at);
}

function isResults(path: readonly PathSegment[]): boolean {
  const [list, at, member] = path;
  if (path.length === 2) return list === 'runs' && at === 'results';
  const isList = list === 'runs' || list === 'inlineExternalProperties';
  return path.length === 3 && isList && typeof at === 'number' && member === 'results';
}

function logStart(
  document: Record<string, unknown>,
  log: Readonly<Record<string, unknown>>,
  index: JsonIndex,
  { log: textDefects }: HeaderTextDefects,
): LogStartEvent {
  return {
    type: 'log-start',
    log: log as unknown as LogHeader,
    document,
    placeOf: (pointer) => index.placeOf(pointer),
    // Elements that went to runs are not where they were.
    textDefects:
      log['inlineExternalProperties'] === document['inlineExternalProperties']
        ? textDefects
        : textDefects.filter(({ path }) => path[0] !== 'inlineExternalProperties'),
  };
}

function runStart(
  { runIndex, run, results, placeOf, hasFiles }: ReadableRun,
  header: HeaderTextDefects,
): RunStartEvent {
  return {
    type: 'run-start',
    runIndex,
    run,
    results,
    placeOf,
    ...(hasFiles && { hasFiles }),
    textDefects: header.ofRun(runIndex),
  };
}

function resultsState(results: unknown): ResultsState {
  if (results === undefined) return 'absent';
  if (results === null) return 'null';
  return Array.isArray(results) ? 'array' : 'invalid';
}

function resultsOf(
  batch: ElementBatch<ResultNotes>,
  part: OpenPart,
  options: ReadOptions,
  text: TextChecker,
): BlockBatch {
  const pieces: (SarifEvent | ResultBlock)[] = [];
  const { runIndex, firstIndex: firstOfPart } = part;
  const first = firstOfPart + batch.firstIndex;
  for (const { at, count, note } of batch.segments) {
    if (note >= 0 && batch.notes !== undefined) {
      const source = {
        notes: batch.notes,
        bytes: batch.bytes,
        eventOf: (resultIndex: number) => new ReadResult(batch, resultIndex - first, part),
      };
      pieces.push(new ResultBlock(source, runIndex, first + at, note, count));
      continue;
    }
    try {
      // What its bytes do not prove has to be parsed to know whether it is JSON at all.
      batch.valueOf(at);
      const event = new ReadResult(batch, at, part);
      event.textDefects = text.result(event.bytes, event, (index) => event.placeAt(index));
      pieces.push(event);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const isText = error.code !== 'SF-P104' || options.transcode !== true;
      const mended = isText ? undefined : mendedResult(batch, at, part, text);
      if (mended !== undefined) {
        pieces.push(mended);
        continue;
      }
      const resultIndex = first + at;
      const file = part.external?.document.file;
      const report = file === undefined ? options.report : reportIn(file, options.report);
      report?.({ ...error.diagnostic, runIndex, resultIndex });
      options.onDrop?.({ runIndex, resultIndex, ruleId: error.code });
    }
  }
  return pieces;
}

/** A result with U+FFFD in place of what is no UTF-8 in it, which is said; `undefined` when it is no JSON even so. */
function mendedResult(
  batch: ElementBatch<ResultNotes>,
  at: number,
  part: OpenPart,
  text: TextChecker,
): ReadResult | undefined {
  const replaced: { readonly byte: number; readonly index: number }[] = [];
  const given = batch.bytesOf(at);
  const bytes = wellFormedBytes(given, (byte, index) => replaced.push({ byte, index }));
  const alone = new ElementBatch<ResultNotes>(part.array, bytes, batch.placeIn(at, 0), batch.firstIndex + at);
  alone.add(0, bytes.length, batch.isSpaced(at));
  try {
    alone.valueOf(0);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return undefined;
  }
  const mended = new ReadResult(alone, 0, part);
  // Where the others stand would cost a walk for each.
  let path = findSyntaxDefect(given)?.path ?? [];
  for (const { byte, index } of replaced) {
    text.replaced(byte, mended, path, () => mended.placeAt(index));
    path = [];
  }
  mended.textDefects = text.result(bytes, mended, (index) => mended.placeAt(index));
  return mended;
}

/** A result that stands in the input. */
class ReadResult implements ResultEvent, ResultText {
  readonly type = 'result';
  readonly runIndex: number;
  readonly resultIndex: number;
  readonly facts: ResultFacts | undefined;
  readonly level: Level | undefined;
  /** What is proven has none. */
  textDefects: readonly TextDefect[] | undefined;
  readonly #batch: ElementBatch<ResultNotes>;
  readonly #at: number;
  readonly #part: OpenPart;
  #result: Result | undefined;
  /** A large result may be asked about many times. */
  #locator: Locator | undefined;

  constructor(batch: ElementBatch<ResultNotes>, at: number, part: OpenPart) {
    this.runIndex = part.runIndex;
    this.resultIndex = part.firstIndex + batch.firstIndex + at;
    this.#batch = batch;
    this.#part = part;
    const note = batch.noteOf(at);
    this.facts = note < 0 ? undefined : batch.notes?.factsOf(note);
    this.level = this.facts === undefined ? undefined : levelNames[this.facts.level];
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
    return this.#batch.isSpaced(this.#at);
  }

  proofOf(json: string): ProvenText | undefined {
    return this.#part.recogniser.proofOf(json);
  }

  proofOfEdited(edits: readonly TextEdit[]): ProvenText | undefined {
    return this.#part.recogniser.proofOfEdited(this.bytes, this.spaced, edits);
  }

  placeOf(path: readonly PathSegment[]): Place {
    this.#locator ??= new Locator(this.bytes);
    return this.placeAt(this.#locator.locate(path));
  }

  /** Where the byte at this index of `bytes` stands in the input. */
  placeAt(index: number): Place {
    const place = this.#batch.placeIn(this.#at, index);
    const { external, firstIndex, isOfLoneRun, pointer: lone } = this.#part;
    const from = `/runs/${this.runIndex}/results/${this.resultIndex}`;
    if (lone !== undefined) return { ...place, moved: { from, to: lone } };
    if (isOfLoneRun === true) return movedRun(place);
    if (external === undefined) return place;
    const { file, pointer } = external.document;
    const to = `${pointer}/results/${this.resultIndex - firstIndex}`;
    return { ...place, moved: { from, to, ...(file === undefined ? {} : { file }) } };
  }
}

function reportMark({ byteOrderMark: isThere }: JsonIndex, report: Report | undefined): void {
  if (!isThere) return;
  const message = 'The file starts with a byte order mark, which JSON does not have. Write the file without it.';
  const place = () => ({ byteOffset: 0, line: 1, column: 1 });
  report?.(diagnosticOf(byteOrderMark, message, [], place, { fix: 'The mark is passed over.' }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return `a ${typeof value}`;
}
