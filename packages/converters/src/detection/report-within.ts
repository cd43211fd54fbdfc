import { type ByteSource, type Place, transcoded, wideEncodingOf } from '@sariflow/sarif';
import { bytesFrom, type Rereadable } from '../reading/bytes-from.ts';
import { readHead } from '../reading/head.ts';

/** How much of a file is looked at, in bytes. */
export const headBytes = 64 * 1024;

/** A report as its readers want it: JSON, XML or CSV from the first byte on; JSON and CSV in UTF-8. */
export interface ReportWithin {
  readonly source: Rereadable;
  /** The beginning of it. */
  readonly head: Uint8Array;
  /** What the file is beside that; undefined when the source is the file itself. */
  readonly remark?: { readonly message: string; readonly place: Place };
}

const start: Place = { byteOffset: 0, line: 1, column: 1 };

/**
 * Finds the report in a file: PowerShell writes what a scanner prints in UTF-16, and pipelines put lines of a log in front of
 * it. A report in UTF-16 is turned into UTF-8, so that byte offsets are those in UTF-8; what stands in front is blanked out, so
 * that no byte moves.
 *
 * @param isReport whether a text is the beginning of a report in JSON; asked only where a file starts with something else
 */
export async function reportWithin(source: Rereadable, isReport: (text: string) => boolean): Promise<ReportWithin> {
  const given = await readHead(source, headBytes);
  const encoding = wideEncodingOf(given);
  // XML says itself what it is written in; UTF-32 is nobody's report.
  const isUtf16 = encoding === 'utf-16le' || encoding === 'utf-16be';
  const isWide = isUtf16 && !new TextDecoder(encoding).decode(given).trimStart().startsWith('<');
  const plain = isWide ? transcoded(source, encoding) : source;
  const head = isWide ? await readHead(plain, headBytes) : given;
  const from = startOfReport(head, isReport);
  if (from > 0) {
    const message = `Something else stands in front of the report, up to ${wordsAbout(head, from)}. It is passed over.`;
    return { source: withoutStart(plain, from), head: blanked(head, from), remark: { message, place: start } };
  }
  if (!isWide) return { source, head };
  const message = `The report is in ${encoding.toUpperCase()} and is read as such. Places in bytes are those in UTF-8.`;
  return { source: plain, head, remark: { message, place: start } };
}

/** The byte at which a line starts with a report; 0 when the file starts with one, or when there is none. */
function startOfReport(head: Uint8Array, isReport: (text: string) => boolean): number {
  if (mayStartReport(head, skipSpace(head, 0))) return 0;
  let asked = 0;
  for (let line = head.indexOf(lineFeed) + 1; line > 0 && asked < mostAsked; line = head.indexOf(lineFeed, line) + 1) {
    const at = skipSpace(head, line);
    if (head[at] !== openBrace && head[at] !== openBracket) continue;
    asked += 1;
    if (isReport(new TextDecoder().decode(head.subarray(at)))) return at;
  }
  return 0;
}

/** Lines that start with a bracket and are none. Each costs a look at all that follows. */
const mostAsked = 50;
const lineFeed = 0x0a;
const openBrace = 0x7b;
const openBracket = 0x5b;
const lessThan = 0x3c;

function mayStartReport(head: Uint8Array, at: number): boolean {
  const byte = head[at];
  if (byte === undefined || byte === openBrace || byte === lessThan) return true;
  // Lines of logs start with brackets, too: [INFO], [2026-01-31 …].
  return byte === openBracket && !/^\[\s*[A-Z0-9]/.test(new TextDecoder().decode(head.subarray(at, at + 20)));
}

function skipSpace(head: Uint8Array, from: number): number {
  let at = from;
  if (at === 0 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) at = 3;
  while (at < head.length && (head[at] as number) <= 0x20) at += 1;
  return at;
}

function wordsAbout(head: Uint8Array, from: number): string {
  let line = 1;
  for (let at = head.indexOf(lineFeed); at !== -1 && at < from; at = head.indexOf(lineFeed, at + 1)) line += 1;
  return `line ${line}`;
}

/** The same bytes, with white space up to a place. */
function withoutStart(source: Rereadable, end: number): ByteSource {
  async function* streamFrom(from: number): AsyncGenerator<Uint8Array> {
    let byteOffset = from;
    for await (const chunk of bytesFrom(source, from)) {
      yield byteOffset < end ? blanked(chunk, end - byteOffset) : chunk;
      byteOffset += chunk.length;
    }
  }
  return { stream: () => streamFrom(0), streamFrom };
}

function blanked(chunk: Uint8Array, end: number): Uint8Array {
  const copy = new Uint8Array(chunk);
  for (let at = 0; at < Math.min(end, copy.length); at += 1) if (copy[at] !== lineFeed) copy[at] = 0x20;
  return copy;
}
