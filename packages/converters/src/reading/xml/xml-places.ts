import type { Place } from '@sariflow/sarif';
import type { XmlPiece, XmlStart } from './xml-pieces.ts';

/** The pieces of a document that somebody may still ask about, to turn positions in the text into places in the source. */
export class XmlPlaces {
  readonly #pieces: XmlPiece[] = [];
  /** Where the last question led to: those about one piece come in order, as a rule. */
  #known: { piece: XmlPiece; chars: number; bytes: number; decoder: InstanceType<typeof TextDecoder> } | undefined;

  add(piece: XmlPiece): void {
    this.#pieces.push(piece);
  }

  /** Nobody asks about what stands before this position any more. */
  dropBefore(charOffset: number): void {
    let count = 0;
    while (count < this.#pieces.length && endOf(this.#pieces[count] as XmlPiece) <= charOffset) count += 1;
    this.#pieces.splice(0, count);
  }

  /** Where a character stands in the source; the end of what was read for one that stands behind it. */
  placeAt(charOffset: number): Place {
    const { byteOffset, line, lineStart, charOffset: at } = this.startAt(charOffset);
    return { byteOffset, line, column: at - lineStart + 1 };
  }

  /** The same, as a place to start reading from. */
  startAt(charOffset: number): XmlStart {
    const piece = this.#pieceOf(charOffset);
    if (piece === undefined) return { byteOffset: 0, charOffset: 0, line: 1, lineStart: 0 };
    const chars = Math.min(charOffset - piece.charOffset, piece.text.length);
    let { line, lineStart } = piece;
    for (let at = piece.text.indexOf('\n'); at !== -1 && at < chars; at = piece.text.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = piece.charOffset + at + 1;
    }
    return {
      byteOffset: piece.byteOffset + this.#bytesOf(piece, chars),
      charOffset: piece.charOffset + chars,
      line,
      lineStart,
    };
  }

  /** The text between two positions, as far as it is still here. */
  textBetween(from: number, to: number): string {
    let text = '';
    for (const piece of this.#pieces) {
      const start = Math.max(0, from - piece.charOffset);
      const end = to - piece.charOffset;
      if (end > 0 && start < piece.text.length) text += piece.text.slice(start, end);
    }
    return text;
  }

  #pieceOf(charOffset: number): XmlPiece | undefined {
    return this.#pieces.find((piece) => charOffset < endOf(piece)) ?? this.#pieces.at(-1);
  }

  /** How many bytes the first characters of a piece take. */
  #bytesOf(piece: XmlPiece, chars: number): number {
    const { text, bytes, label } = piece;
    if (label.startsWith('utf-16')) return chars * 2;
    if (text.length === bytes.length) return chars;
    if (this.#known?.piece !== piece || this.#known.chars > chars) {
      this.#known = { piece, chars: 0, bytes: 0, decoder: new TextDecoder(label, { ignoreBOM: true }) };
    }
    const known = this.#known;
    while (known.chars < chars && known.bytes < bytes.length) {
      const next = bytes.subarray(known.bytes, known.bytes + 1);
      known.bytes += 1;
      known.chars += known.decoder.decode(next, { stream: true }).length;
    }
    return known.bytes;
  }
}

function endOf({ charOffset, text }: XmlPiece): number {
  return charOffset + text.length;
}
