const encoder = new TextEncoder();

/** A text and its length in UTF-8, in bytes. */
export interface SizedText {
  readonly text: string;
  readonly bytes: number;
}

/** Numbers that stand in the places of others: none of them is in a text by chance. */
export class Marks {
  readonly #prefix: number;

  constructor(text: string) {
    let prefix = 9_090_909;
    while (text.includes(String(prefix))) prefix += 1;
    this.#prefix = prefix;
  }

  /** The mark of a gap, which is a number below a hundred million. */
  of(gap: number): number {
    return this.#prefix * 100_000_000 + gap;
  }

  /** A text cut at its marks: every other piece is the number of a gap. */
  cut(text: string): string[] {
    return text.split(new RegExp(`${this.#prefix}(\\d{8})`));
  }
}

/** The JSON text of an object around numbers that each part has others of. */
export class JsonFrame {
  /** The numbers of the gaps, in the order of the text. */
  readonly gaps: readonly number[];
  readonly #pieces: readonly string[];
  readonly #bytes: number;

  constructor(text: string, marks: Marks) {
    const cut = marks.cut(text);
    this.#pieces = cut.filter((_, at) => at % 2 === 0);
    this.gaps = cut.filter((_, at) => at % 2 === 1).map(Number);
    this.#bytes = this.#pieces.reduce((bytes, piece) => bytes + utf8Length(piece), 0);
  }

  /** The text with a whole number in each gap that is not negative. */
  filled(numberOf: (gap: number) => number): SizedText {
    let text = this.#pieces[0] as string;
    let bytes = this.#bytes;
    for (const [at, gap] of this.gaps.entries()) {
      const digits = String(numberOf(gap));
      bytes += digits.length;
      text += digits + (this.#pieces[at + 1] as string);
    }
    return { text, bytes };
  }
}

export function sized(text: string): SizedText {
  return { text, bytes: utf8Length(text) };
}

/** Length of a text in UTF-8, in bytes. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
