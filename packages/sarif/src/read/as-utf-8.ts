import type { Report } from '../diagnostics/diagnostic.ts';
import { diagnosticOf } from '../diagnostics/diagnostic-of.ts';
import { bytesBetween } from '../json/bytes-between.ts';
import type { ByteSource, Source } from '../json/source.ts';
import { transcoded, wideEncodingOf } from '../json/transcoded.ts';
import { wideEncoding } from '../rules/bytes/p103-wide-encoding.ts';

/** What can be read as often as needed. */
export type Rereadable = Uint8Array | Blob | ByteSource;

/**
 * A JSON text in UTF-8 where it is UTF-16 or UTF-32, which is said with `SF-P103`; anything else as it is, markup among it, which
 * says itself what it is written in. Places count in what is given back.
 */
export async function asUtf8(source: Rereadable, report: Report | undefined): Promise<Rereadable> {
  const encoding = wideEncodingOf(await headOf(source));
  if (encoding === undefined) return source;
  const text = transcoded(source, encoding);
  if (await isMarkup(text)) return source;
  const name = encoding.toUpperCase();
  const message = `The content is ${name}. SARIF files are UTF-8; write the file again with that encoding.`;
  const place = () => ({ byteOffset: 0, line: 1, column: 1 });
  report?.(diagnosticOf(wideEncoding, message, [], place, { fix: `The text is read as ${name}.` }));
  return text;
}

async function isMarkup(text: Source): Promise<boolean> {
  const head = await bytesBetween(text, 0, 64);
  return new TextDecoder().decode(head).trimStart().startsWith('<');
}

/** The first four bytes, which tell how the content is written. */
export function headOf(source: Source): Promise<Uint8Array> {
  return bytesBetween(source, 0, 4);
}
