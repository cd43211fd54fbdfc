import { type Limits, type Place, ReadError } from '@sariflow/sarif';
import { bytesFrom, type Rereadable } from '../bytes-from.ts';

/** A row of a table, and where it starts. */
export interface CsvRow {
  readonly fields: readonly string[];
  readonly place: Place;
  /** Whether the document ends inside a quotation of this row. */
  readonly isCut: boolean;
}

/** How a table is read. */
export interface CsvOptions {
  /** What stands between fields; default a comma. */
  readonly separator?: string | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly signal?: AbortSignal | undefined;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const defaultMaxRowBytes = 16 * 2 ** 20;

/**
 * The rows of a table in CSV (RFC 4180), the header among them, without those that are empty. Batches of what one chunk of the
 * source completes. Quotations may hold separators, line ends and doubled quotation marks; a quotation mark inside a field that
 * does not start with one is part of the text. Memory: one row.
 * @throws {ReadError} when a row is longer than `limits.maxElementBytes` (at most 16 MB)
 */
export async function* csvRows(source: Rereadable, options: CsvOptions = {}): AsyncGenerator<readonly CsvRow[]> {
  const { separator = ',', limits, signal } = options;
  const maxRowBytes = Math.min(limits?.maxElementBytes ?? defaultMaxRowBytes, defaultMaxRowBytes);
  const comma = separator.charCodeAt(0);
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let start: Place = { byteOffset: 0, line: 1, column: 1 };
  let line = 1;
  let offset = 0;
  let state: State = 'field-start';
  // Only the first row may start with a byte order mark; elsewhere that is a character like others.
  const first = new TextDecoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  const finished = (tail: Uint8Array, isCut: boolean): CsvRow | undefined => {
    const bytes = keptBytes === 0 ? tail : joined([...kept, tail]);
    kept = [];
    keptBytes = 0;
    const text = (start.byteOffset === 0 ? first : decoder).decode(bytes);
    const row = text.endsWith('\r') ? text.slice(0, -1) : text;
    return row.trim() === '' ? undefined : { fields: fieldsOf(row, separator), place: start, isCut };
  };
  for await (const chunk of bytesFrom(source)) {
    signal?.throwIfAborted();
    const rows: CsvRow[] = [];
    let rowStart = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === lineFeed) line += 1;
      if (byte === quote) state = stateAfterQuote[state];
      else if (state === 'quoted') continue;
      else if (byte === lineFeed) {
        const row = finished(chunk.subarray(rowStart, at), false);
        if (row !== undefined) rows.push(row);
        rowStart = at + 1;
        start = { byteOffset: offset + rowStart, line, column: 1 };
        state = 'field-start';
      } else if (byte === comma) state = 'field-start';
      else if (state !== 'field-start' || !isBlank(byte, offset + at)) state = 'plain';
    }
    if (rows.length > 0) yield rows;
    if (rowStart < chunk.length) {
      kept.push(Uint8Array.from(chunk.subarray(rowStart)));
      keptBytes += chunk.length - rowStart;
    }
    if (keptBytes > maxRowBytes) throw tooLong(start, maxRowBytes);
    offset += chunk.length;
  }
  const last = finished(new Uint8Array(), state === 'quoted');
  if (last !== undefined) yield [last];
}

type State = 'field-start' | 'plain' | 'quoted' | 'quote';

/** A quotation mark inside a quotation ends it, unless another one follows; inside a plain field it is part of the text. */
const stateAfterQuote = { 'field-start': 'quoted', plain: 'plain', quoted: 'quote', quote: 'quoted' } as const;

/** What may stand before a quotation: a space, and at the very beginning a byte order mark. */
function isBlank(byte: number, offset: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === carriageReturn || byteOrderMark[offset] === byte;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The fields of one row, without their quotation marks. */
function fieldsOf(row: string, separator: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let from = at;
    while (row[from] === ' ' || (row[from] === '\t' && separator !== '\t')) from += 1;
    if (row[from] === '"') {
      const { text, end } = quotation(row, from + 1);
      const next = row.indexOf(separator, end);
      // Text behind a quotation belongs to the field, whatever it means.
      fields.push(text + row.slice(end, next === -1 ? undefined : next).trimEnd());
      if (next === -1) return fields;
      at = next + 1;
    } else {
      const next = row.indexOf(separator, at);
      fields.push(row.slice(at, next === -1 ? undefined : next).trim());
      if (next === -1) return fields;
      at = next + 1;
    }
  }
}

/** The text of a quotation, and what follows its end. */
function quotation(row: string, from: number): { readonly text: string; readonly end: number } {
  const pieces: string[] = [];
  let at = from;
  for (;;) {
    const end = row.indexOf('"', at);
    if (end === -1) return { text: pieces.join('') + row.slice(at), end: row.length };
    pieces.push(row.slice(at, end));
    if (row[end + 1] !== '"') return { text: pieces.join(''), end: end + 1 };
    pieces.push('"');
    at = end + 2;
  }
}

function tooLong(place: Place, maxBytes: number): ReadError {
  const message = `The row is longer than ${maxBytes} bytes. A quotation mark that is missing makes a row of all that follows.`;
  return new ReadError('SF-P113', message, { place, pointer: '' });
}
