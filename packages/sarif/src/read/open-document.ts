import type { Place, Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import { firstDefect } from '../json/first-defect.ts';
import { type IndexOptions, indexJson, type JsonIndex } from '../json/index-json.ts';
import { inflated } from '../json/inflated.ts';
import type { Limits } from '../json/limits.ts';
import { ReadError } from '../json/read-error.ts';
import type { ByteSource } from '../json/source.ts';
import { wellFormedUtf8 } from '../json/well-formed-utf-8.ts';
import { loadEngine } from '../recognise/engine.ts';
import { EngineSkimmer } from '../recognise/engine-skimmer.ts';
import { illFormedFix, illFormedMessage, validUtf8 } from '../rules/bytes/p104-valid-utf-8.ts';
import { uncompressed } from '../rules/bytes/p116-uncompressed.ts';
import { asUtf8, headOf, type Rereadable } from './as-utf-8.ts';
import { foreignMarkup } from './foreign-document.ts';

export interface OpenOptions extends IndexOptions {
  readonly limits: Limits;
  /** Reads UTF-16 and UTF-32 as well, and puts U+FFFD in place of what is no UTF-8. */
  readonly transcode: boolean;
  readonly report?: Report | undefined;
}

/** A document of which all but the large arrays has been read, and the source that the places in it count in. */
export interface OpenDocument {
  readonly index: JsonIndex;
  readonly source: Rereadable;
}

/** Archives within archives are nobody's log. */
const maxLayers = 2;

/**
 * Reads all but the large arrays of a document. What turns out to be compressed is inflated, what is in another encoding is
 * transcoded where that is wanted, and both are said; the places that are said later count in what came out.
 * @throws {ReadError} when that is no JSON document within the limits
 */
export async function openDocument(given: Rereadable, options: OpenOptions): Promise<OpenDocument> {
  const skimmer = new EngineSkimmer(await loadEngine());
  let source = options.transcode ? await asUtf8(given, options.report) : given;
  for (let layer = 0; ; layer += 1) {
    try {
      return { index: await indexJson(source, options, skimmer), source };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const isMendable = layer < maxLayers || error.code === 'SF-P104';
      const within = isMendable ? await unwrapped(source, error, options) : undefined;
      if (within === undefined) throw await named(source, await firstDefect(source, error));
      source = within;
    }
  }
}

/** What is inside, of a source that cannot be read because of how its content is written. */
async function unwrapped(source: Rereadable, error: ReadError, options: OpenOptions): Promise<ByteSource | undefined> {
  const place = () => ({ byteOffset: 0, line: 1, column: 1 });
  if (error.code === 'SF-P116' && error.diagnostic.place?.byteOffset === 0 && isGzip(await headOf(source))) {
    const message = 'The content is compressed with gzip, so it is inflated first.';
    options.report?.(diagnosticOf(uncompressed, message, [], place, { fix: 'The content is inflated.' }));
    return inflated(source, options.limits);
  }
  if (!options.transcode) return undefined;
  if (error.code === 'SF-P104') return wellFormedUtf8(source, reportIllFormed(options.report));
  if (error.code !== 'SF-P103') return undefined;
  const text = await asUtf8(source, options.report);
  return text === source ? undefined : (text as ByteSource);
}

/** The same error, unless the bytes are known to be something else altogether. */
async function named(source: Rereadable, error: ReadError): Promise<ReadError> {
  const { place, pointer } = error.diagnostic;
  if (error.code !== 'SF-P105' || pointer !== '' || place === undefined) return error;
  const foreign = await foreignMarkup(source, place.byteOffset);
  if (foreign === undefined) return error;
  return new ReadError(
    'SF-P117',
    `This is not a SARIF log but ${foreign.title} (${foreign.because}). ${foreign.advice}`,
    {
      place,
      pointer,
    },
  );
}

/** Says of each sequence of a header that is no UTF-8 what takes its place. */
function reportIllFormed(report: Report | undefined): (byte: number, place: Place) => void {
  return (byte, place) =>
    report?.(diagnosticOf(validUtf8, illFormedMessage(byte), [], () => place, { fix: illFormedFix }));
}

function isGzip([a, b]: Uint8Array): boolean {
  return a === 0x1f && b === 0x8b;
}
