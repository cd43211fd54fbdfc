import { defaultLimits, ReadError } from '@sariflow/sarif';
import { bytesFrom, type Rereadable } from '../bytes-from.ts';
import type { XmlEncoding } from './xml-encoding.ts';

/** A stretch of a document that ends at the end of a character. */
export interface XmlPiece {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly label: string;
  /** Where it starts, in bytes, and in UTF-16 units of the text without the byte order mark. */
  readonly byteOffset: number;
  readonly charOffset: number;
  /** Line of its first character, 1-based. */
  readonly line: number;
  /** Where that line starts, in UTF-16 units. */
  readonly lineStart: number;
}

/** Where to start reading. */
export type XmlStart = Pick<XmlPiece, 'byteOffset' | 'charOffset' | 'line' | 'lineStart'>;

const mostBytes = 16 * 1024;
const lineFeed = 0x0a;
const greaterThan = 0x3e;

/**
 * The text of a document, piece by piece. Pieces are cut behind a `>` or a line break, which are bytes of their own in every
 * encoding that is read. Memory: one piece, and `maxStringBytes` where neither comes.
 * @throws {ReadError} `SF-P113` when neither comes for that long
 */
export async function* xmlPieces(
  source: Rereadable,
  encoding: XmlEncoding,
  start: XmlStart,
  maxStringBytes: number = defaultLimits.maxStringBytes,
): AsyncGenerator<XmlPiece> {
  const { label } = encoding;
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  let at = start;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const take = (end: Uint8Array): XmlPiece => {
    const bytes = joined(waiting, end);
    const piece = { text: decoder.decode(bytes), bytes, label, ...at };
    at = behind(piece);
    waiting = [];
    waitingBytes = 0;
    return piece;
  };
  for await (const chunk of bytesFrom(source, start.byteOffset)) {
    for (let from = 0; from < chunk.length; ) {
      const window = chunk.subarray(from, from + mostBytes);
      from += window.length;
      const cut = cutIn(window, waitingBytes, label);
      if (cut > 0) yield take(window.subarray(0, cut));
      if (cut === window.length) continue;
      waiting.push(copyOf(window.subarray(cut)));
      waitingBytes += window.length - cut;
      if (waitingBytes > maxStringBytes) throw tooLong(at, maxStringBytes);
    }
  }
  if (waitingBytes > 0) yield take(new Uint8Array(0));
}

/** How many bytes of the window end with a whole character. `before` is how many stand in front of it. */
function cutIn(window: Uint8Array, before: number, label: string): number {
  if (!label.startsWith('utf-16')) {
    for (let end = window.length; end > 0; end -= 1) {
      const byte = window[end - 1];
      if (byte === greaterThan || byte === lineFeed) return end;
    }
    return 0;
  }
  const [high, low] = label === 'utf-16le' ? [1, 0] : [0, 1];
  for (let end = window.length - ((before + window.length) % 2); end > 1; end -= 2) {
    const unit = window[end - 2 + low];
    if (window[end - 2 + high] === 0 && (unit === greaterThan || unit === lineFeed)) return end;
  }
  return 0;
}

function joined(parts: readonly Uint8Array[], end: Uint8Array): Uint8Array {
  if (parts.length === 0) return copyOf(end);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, end.length));
  let at = 0;
  for (const part of [...parts, end]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A copy. `slice` of a Node.js `Buffer`, which is a `Uint8Array` too, would give a view of memory that is used again. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** Where the piece after this one starts. */
function behind({ text, bytes, byteOffset, charOffset, line, lineStart }: XmlPiece): XmlStart {
  let lines = line;
  let last = -1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    last = at;
  }
  return {
    byteOffset: byteOffset + bytes.length,
    charOffset: charOffset + text.length,
    line: lines,
    lineStart: last === -1 ? lineStart : charOffset + last + 1,
  };
}

function tooLong({ byteOffset, charOffset, line, lineStart }: XmlStart, maxStringBytes: number): ReadError {
  const place = { byteOffset, line, column: charOffset - lineStart + 1 };
  const message = `A value is longer than the limit of ${maxStringBytes} bytes.`;
  return new ReadError('SF-P113', message, { place, pointer: '' });
}
