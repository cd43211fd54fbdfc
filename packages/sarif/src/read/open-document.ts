import type { Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import { bytesBetween } from '../json/bytes-between.ts';
import { firstDefect } from '../json/first-defect.ts';
import { type IndexOptions, indexJson, type JsonIndex } from '../json/index-json.ts';
import { inflated } from '../json/inflated.ts';
import type { Limits } from '../json/limits.ts';
import { ReadError } from '../json/read-error.ts';
import type { ByteSource, Source } from '../json/source.ts';
import { transcoded, wideEncodingOf } from '../json/transcoded.ts';
import { wellFormedUtf8 } from '../json/well-formed-utf-8.ts';
import { loadEngine } from '../recognise/engine.ts';
import { EngineSkimmer } from '../recognise/engine-skimmer.ts';
import { wideEncoding } from '../rules/bytes/p103-wide-encoding.ts';
import { validUtf8 } from '../rules/bytes/p104-valid-utf-8.ts';
import { uncompressed } from '../rules/bytes/p116-uncompressed.ts';
import { foreignMarkup } from './foreign-document.ts';

type Rereadable = Uint8Array | Blob | ByteSource;

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
  let source = given;
  for (let layer = 0; ; layer += 1) {
    const readable = options.transcode ? await withWellFormedText(source, options.report) : source;
    try {
      return { index: await indexJson(readable, options, skimmer), source: readable };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const within = layer < maxLayers ? await unwrapped(source, error, options) : undefined;
      if (within === undefined) throw await named(source, await firstDefect(readable, error));
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
  if (error.code !== 'SF-P103' || !options.transcode) return undefined;
  const encoding = wideEncodingOf(await headOf(source));
  if (encoding === undefined) return undefined;
  const name = encoding.toUpperCase();
  const message = `The content is ${name}. SARIF files are UTF-8; write the file again with that encoding.`;
  options.report?.(diagnosticOf(wideEncoding, message, [], place, { fix: `The text is read as ${name}.` }));
  return transcoded(source, encoding);
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

/** The same source, with what is no UTF-8 replaced where it is no other encoding and no archive. */
async function withWellFormedText(source: Rereadable, report: Report | undefined): Promise<Rereadable> {
  const head = await headOf(source);
  if (isGzip(head) || wideEncodingOf(head) !== undefined) return source;
  return wellFormedUtf8(source, (byte, place) => {
    const hex = byte.toString(16).padStart(2, '0').toUpperCase();
    const message = `The byte 0x${hex} is not valid UTF-8 here. SARIF files are UTF-8; write the file again with that encoding.`;
    report?.(diagnosticOf(validUtf8, message, [], () => place, { fix: 'U+FFFD takes its place.' }));
  });
}

function isGzip([a, b]: Uint8Array): boolean {
  return a === 0x1f && b === 0x8b;
}

/** The first four bytes, which tell how the content is written. */
function headOf(source: Source): Promise<Uint8Array> {
  return bytesBetween(source, 0, 4);
}
