import { readSarif, rereadable, type SarifEvent, type Source } from '@sariflow/sarif';
import type { ConversionContext, Converter } from './converter.ts';
import { type Detection, detectFormat } from './detection/detect-format.ts';
import type { FormatId } from './detection/format-id.ts';
import { DoubtCollector } from './diagnostics/doubt-collector.ts';
import type { ConvertOptions } from './options.ts';
import { converters } from './registry.ts';
import { convertRun, type RunTally } from './shell/convert-run.ts';
import { type Loss, LossTally } from './shell/losses.ts';
import { UnknownFormatError } from './unknown-format-error.ts';

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
  /** Whether the conversion has come to its end. */
  readonly complete: boolean;
}

/** A report as SARIF events. Can be iterated once. */
export interface Conversion extends AsyncIterable<SarifEvent> {
  readonly format: FormatId;
  /** The variant in words, such as `Semgrep JSON`. */
  readonly title: string;
  /** What was seen in the report, or that the caller said so. */
  readonly because: string;
  /** The counts so far; final when `complete`. */
  readonly summary: ConversionSummary;
}

/**
 * Reads a scanner's report as a SARIF log. Resolves when the format is known; the log comes as it is iterated: first the
 * header of each run, then its results one by one, in memory that does not grow with their number.
 * Trouble in the data goes to `report` and into the log's notifications.
 * @throws {UnknownFormatError} when the file is of no format that can be converted
 * @throws {ReadError} when the bytes cannot be read; while iterating, too
 */
export async function convert(source: Source, options: ConvertOptions = {}): Promise<Conversion> {
  const again = await rereadable(source, options);
  const detection = await chooseFormat(again, options);
  if (detection.format === 'sarif') return passThrough(again, detection, options);

  const converter = converters.find(({ id }) => id === detection.format);
  if (converter === undefined) throw new UnknownFormatError(detection, ['sarif', ...converters.map(({ id }) => id)]);
  const context: ConversionContext = {
    source: again,
    options,
    doubts: new DoubtCollector(options.report),
    losses: new LossTally(),
  };
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
  async function* events(): AsyncGenerator<SarifEvent> {
    const runs = await converter.open(context);
    yield { type: 'log-start', log: { $schema: sarifSchema, version: '2.1.0' } };
    for (const [runIndex, run] of runs.entries()) {
      const tally: RunTally = { findings: 0, results: 0, rejected: 0, merged: 0 };
      tallies.push(tally);
      yield* convertRun(run, runIndex, context, tally);
    }
    yield { type: 'log-end' };
    complete = true;
  }
  const iterator = events();
  return {
    format: converter.id,
    title: detection.title,
    because: detection.because,
    get summary() {
      const sum = (count: (tally: RunTally) => number) => tallies.reduce((total, tally) => total + count(tally), 0);
      return {
        findings: sum(({ findings }) => findings),
        results: sum(({ results }) => results),
        rejected: sum(({ rejected }) => rejected),
        merged: sum(({ merged }) => merged),
        losses: context.losses.list(),
        complete,
      };
    },
    [Symbol.asyncIterator]: once(iterator),
  };
}

function passThrough(source: Source, detection: Detection, options: ConvertOptions): Conversion {
  let results = 0;
  let complete = false;
  async function* events(): AsyncGenerator<SarifEvent> {
    for await (const event of readSarif(source, options)) {
      if (event.type === 'result') results += 1;
      yield event;
    }
    complete = true;
  }
  return {
    format: 'sarif',
    title: detection.title,
    because: detection.because,
    get summary() {
      return { findings: results, results, rejected: 0, merged: 0, losses: [], complete };
    },
    [Symbol.asyncIterator]: once(events()),
  };
}

/** A second iteration would give nothing and look like an empty log. */
function once(iterator: AsyncGenerator<SarifEvent>): () => AsyncIterator<SarifEvent> {
  let asked = false;
  return () => {
    if (asked) throw new Error('A conversion can be iterated once. Call convert() again for another pass.');
    asked = true;
    return iterator;
  };
}

const sarifSchema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
