import {
  EventStream,
  type OpenedRun,
  type Report,
  readSarif,
  rereadable,
  type SarifEvent,
  type Source,
} from '@sariflow/sarif';
import type { ConversionContext, Converter } from './converter.ts';
import { type Detection, detectFormat, findReport } from './detection/detect-format.ts';
import type { FormatId } from './detection/format-id.ts';
import { DoubtCollector } from './diagnostics/doubt-collector.ts';
import type { ConvertOptions } from './options.ts';
import { converters } from './registry.ts';
import { type RunTally, type SurveyedRun, surveyRun } from './shell/convert-run.ts';
import { type Loss, LossTally } from './shell/losses.ts';
import { UnknownFormatError } from './unknown-format-error.ts';
import { repairVendorSarif } from './vendor-sarif/repair-vendor-sarif.ts';

/** What became of a report's findings: `findings = results + rejected + merged`, once `complete`. */
export interface ConversionSummary {
  /** Entries of the report. */
  readonly findings: number;
  readonly results: number;
  /** Findings that could not become results; each is named in a notification of its run. */
  readonly rejected: number;
  /** Findings that became part of another finding's result, such as further paths to one dependency. */
  readonly merged: number;
  /** Values that have no place in SARIF, by field. */
  readonly losses: readonly Loss[];
  /** Whether the report ends early, so that nobody knows how many findings it had. */
  readonly truncated: boolean;
  /** Whether the conversion has come to its end. */
  readonly complete: boolean;
}

/** A report as SARIF events, one by one or, for the stages of `@sariflow/sarif`, in batches. Can be iterated once. */
export interface Conversion extends AsyncIterable<SarifEvent> {
  readonly format: FormatId;
  /** The variant in words, such as `Semgrep JSON`. */
  readonly title: string;
  /** What was seen in the report, or that the caller said so. */
  readonly because: string;
  /** The counts so far; final when `complete`. */
  readonly summary: ConversionSummary;
  /**
   * Looks through the report once and tells its runs, before any result is made: the iteration then goes through it only once more. Memory: the
   * headers of all runs. Undefined for SARIF, which `openSarif` opens, and where only the results tell how many there are, because findings become
   * part of each other's results.
   * @throws {ReadError} when the bytes cannot be read
   */
  survey(): Promise<readonly OpenedRun[] | undefined>;
}

/**
 * Reads a scanner's report as a SARIF log. Resolves when the format is known; the log comes as it is iterated: first the
 * header of each run, then its results one by one, in memory that does not grow with their number.
 * Trouble in the data goes to `report` and into the log's notifications.
 * @throws {UnknownFormatError} when the file is of no format that can be converted
 * @throws {ReadError} when the bytes cannot be read; while iterating, too
 */
export async function convert(source: Source, options: ConvertOptions = {}): Promise<Conversion> {
  const given = await rereadable(source, options);
  const { source: again, remark } = await findReport(given);
  const detection = await chooseFormat(again, options);
  if (detection.olderVersion !== undefined) throw new UnknownFormatError(detection, []);
  // SARIF is UTF-8 and nothing else: its reader says so.
  if (detection.format === 'sarif') return passThrough(given, detection, options);

  const converter = converters.find(({ id }) => id === detection.format);
  if (converter === undefined) throw new UnknownFormatError(detection, ['sarif', ...converters.map(({ id }) => id)]);
  const context: ConversionContext = {
    source: again,
    options,
    doubts: new DoubtCollector(options.report),
    losses: new LossTally(),
  };
  if (remark !== undefined) {
    const { message, place } = remark;
    context.doubts.about({ pointer: '', placeOf: () => place })('SF-K206', [], message);
  }
  return convertReport(converter, detection, context);
}

async function chooseFormat(source: Source, options: ConvertOptions): Promise<Detection> {
  const { from = 'auto' } = options;
  if (from === 'auto') return detectFormat(source, options);
  return { format: from, title: from, because: 'the caller said so', candidates: [] };
}

function convertReport(converter: Converter, detection: Detection, context: ConversionContext): Conversion {
  const tallies: RunTally[] = [];
  let complete = false;
  let surveyed: Promise<readonly SurveyedRun[]> | undefined;
  /** Run by run as they are asked for: each is forgotten when the next one is. */
  async function* runs(): AsyncGenerator<SurveyedRun> {
    for (const [runIndex, run] of (await converter.open(context)).entries()) {
      const tally: RunTally = { findings: 0, results: 0, rejected: 0, merged: 0 };
      tallies.push(tally);
      yield await surveyRun(run, runIndex, context, tally);
    }
  }
  async function* batches(): AsyncGenerator<readonly SarifEvent[]> {
    const all = surveyed === undefined ? runs() : await surveyed;
    yield [{ type: 'log-start', log: { $schema: sarifSchema, version: '2.1.0' } }];
    for await (const run of all) yield* run.batches();
    yield [{ type: 'log-end' }];
    complete = true;
  }
  async function survey(): Promise<readonly OpenedRun[] | undefined> {
    surveyed ??= allOf(runs());
    const opened: OpenedRun[] = [];
    for (const { start, count } of await surveyed) {
      if (count === undefined) return undefined;
      opened.push({ runIndex: start.runIndex, run: start.run, results: start.results, count });
    }
    return opened;
  }
  return new ConversionStream({ ...detection, format: converter.id }, batches, survey, () => {
    const sum = (count: (tally: RunTally) => number) => tallies.reduce((total, tally) => total + count(tally), 0);
    return {
      findings: sum(({ findings }) => findings),
      results: sum(({ results }) => results),
      rejected: sum(({ rejected }) => rejected),
      merged: sum(({ merged }) => merged),
      losses: context.losses.list(),
      truncated: context.doubts.hasEndedEarly,
      complete,
    };
  });
}

function passThrough(source: Source, detection: Detection, options: ConvertOptions): Conversion {
  let results = 0;
  let complete = false;
  let truncated = false;
  const report: Report = (diagnostic) => {
    if (diagnostic.ruleId === 'SF-P106') truncated = true;
    options.report?.(diagnostic);
  };
  async function* batches(): AsyncGenerator<readonly SarifEvent[]> {
    const { allowTruncated = true } = options;
    const events = readSarif(source, { ...options, allowTruncated, report });
    for await (const batch of repairVendorSarif(events, report).batches()) {
      for (const { type } of batch) if (type === 'result') results += 1;
      yield batch;
    }
    complete = true;
  }
  return new ConversionStream(
    { ...detection, format: 'sarif' },
    batches,
    async () => undefined,
    () => ({
      findings: results,
      results,
      rejected: 0,
      merged: 0,
      losses: [],
      truncated,
      complete,
    }),
  );
}

/** A conversion in batches for the stages of `@sariflow/sarif`, event by event for everybody else. */
class ConversionStream extends EventStream implements Conversion {
  readonly format: FormatId;
  readonly title: string;
  readonly because: string;
  readonly survey: Conversion['survey'];
  readonly #summary: () => ConversionSummary;
  #isIterated = false;

  constructor(
    { format, title, because }: Pick<Conversion, 'format' | 'title' | 'because'>,
    batches: () => AsyncIterable<readonly SarifEvent[]>,
    survey: Conversion['survey'],
    summary: () => ConversionSummary,
  ) {
    super(once(batches));
    this.format = format;
    this.title = title;
    this.because = because;
    this.survey = survey;
    this.#summary = summary;
  }

  get summary(): ConversionSummary {
    return this.#summary();
  }

  override [Symbol.asyncIterator](): AsyncGenerator<SarifEvent> {
    if (this.#isIterated) throw secondIteration();
    this.#isIterated = true;
    return super[Symbol.asyncIterator]();
  }
}

async function allOf<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** A second iteration would give nothing and look like an empty log. */
function once<Value>(open: () => Value): () => Value {
  let asked = false;
  return () => {
    if (asked) throw secondIteration();
    asked = true;
    return open();
  };
}

function secondIteration(): Error {
  return new Error('A conversion can be iterated once. Call convert() again for another pass.');
}

const sarifSchema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
