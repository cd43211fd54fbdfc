import type { PathSegment } from './pointer.ts';
import type { ReadErrorCode } from './read-error.ts';

/** The first thing in a text that is not JSON. */
export interface SyntaxDefect {
  readonly code: Extract<ReadErrorCode, 'SF-P104' | 'SF-P105' | 'SF-P106' | 'SF-P107' | 'SF-P114'>;
  readonly message: string;
  /** Index of the offending byte in the text. */
  readonly index: number;
  /** Steps from the root to the value being read. */
  readonly path: readonly PathSegment[];
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Finds the first syntax defect of a JSON text (RFC 8259). Only for text that the native parser has refused: it explains,
 * the native parser decides. Depth is the caller's to limit.
 */
export function findSyntaxDefect(text: Uint8Array): SyntaxDefect | undefined {
  const utf8 = findInvalidUtf8(text);
  const reader = new SyntaxReader(utf8 === undefined ? text : text.subarray(0, utf8));
  const defect = reader.read();
  if (utf8 === undefined) return defect;
  if (defect !== undefined && defect.index < utf8) return defect;
  return {
    code: 'SF-P104',
    message: `The byte ${hex(text[utf8] as number)} is not valid UTF-8 here. SARIF files are UTF-8; write the file again with that encoding.`,
    index: utf8,
    path: reader.path,
  };
}

/** The index of the first byte that is no part of a well-formed UTF-8 sequence (Unicode, table 3-7). */
export function findInvalidUtf8(bytes: Uint8Array): number | undefined {
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index] as number;
    if (lead < 0x80) {
      index += 1;
      continue;
    }
    const length =
      lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length === 0 || index + length > bytes.length) return index;
    const second = bytes[index + 1] as number;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return index;
    for (let next = 2; next < length; next += 1) {
      if (((bytes[index + next] as number) & 0xc0) !== 0x80) return index;
    }
    index += length;
  }
  return undefined;
}

/** What stands at a place, as a person would name it. */
function describeByte(bytes: Uint8Array, index: number): string {
  const byte = bytes[index];
  if (byte === undefined) return 'the end of the input';
  if (byte > 0x20 && byte < 0x7f) return `'${String.fromCharCode(byte)}'`;
  if (byte >= 0xc0) {
    const [character] = decoder.decode(bytes.subarray(index, index + 4));
    if (character !== undefined && character !== '\ufffd') return `'${character}'`;
  }
  return `the byte ${hex(byte)}`;
}

/** The rule and the advice for a byte that cannot stand where a token was expected. */
export function unexpectedByte(
  bytes: Uint8Array,
  index: number,
  expected: string,
): Pick<SyntaxDefect, 'code' | 'message'> {
  const found = describeByte(bytes, index);
  const javascript = javascriptAdvice[String.fromCharCode(bytes[index] ?? 0)];
  if (javascript !== undefined) {
    return { code: 'SF-P114', message: `Expected ${expected}, found ${found}: ${javascript}` };
  }
  return { code: 'SF-P105', message: `Expected ${expected}, found ${found}.` };
}

const javascriptAdvice: Record<string, string> = Object.assign(Object.create(null), {
  '/': 'JSON has no comments. Remove it.',
  "'": 'JSON strings and member names stand in double quotes.',
  N: 'JSON has no NaN. Write null, or leave the member out.',
  I: 'JSON has no Infinity. Write null, or leave the member out.',
  '+': 'a JSON number has no leading plus sign. Remove it.',
});

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0').toUpperCase()}`;
}

/** Signals the first defect from inside the recursive descent; never leaves this file. */
class Found {
  readonly defect: SyntaxDefect;
  constructor(defect: SyntaxDefect) {
    this.defect = defect;
  }
}

class SyntaxReader {
  readonly path: PathSegment[] = [];
  readonly #text: Uint8Array;
  #at = 0;

  constructor(text: Uint8Array) {
    this.#text = text;
  }

  read(): SyntaxDefect | undefined {
    try {
      this.#value();
      this.#space();
      if (this.#at < this.#text.length) {
        this.#fail('SF-P107', `Expected the end of the input, found ${describeByte(this.#text, this.#at)}.`);
      }
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Found) return thrown.defect;
      throw thrown;
    }
  }

  #value(): void {
    this.#space();
    const byte = this.#text[this.#at];
    if (byte === 0x7b) this.#object();
    else if (byte === 0x5b) this.#array();
    else if (byte === 0x22) this.#string();
    else if (byte === 0x2d || (byte !== undefined && byte >= 0x30 && byte <= 0x39)) this.#number();
    else if (byte === 0x74) this.#word('true');
    else if (byte === 0x66) this.#word('false');
    else if (byte === 0x6e) this.#word('null');
    else this.#unexpected('a value');
  }

  #object(): void {
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === 0x7d) {
      this.#at += 1;
      return;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== 0x22) {
        if (this.#text[this.#at] === 0x7d) this.#trailingComma();
        this.#unexpected('a member name in double quotes');
      }
      const name = this.#string();
      this.path.push(name);
      this.#space();
      if (this.#text[this.#at] !== 0x3a) this.#unexpected("':' after the member name");
      this.#at += 1;
      this.#value();
      this.path.pop();
      this.#space();
      const byte = this.#text[this.#at];
      if (byte !== 0x2c && byte !== 0x7d) this.#unexpected("',' or '}'");
      this.#at += 1;
      if (byte === 0x7d) return;
    }
  }

  #array(): void {
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === 0x5d) {
      this.#at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.#space();
      if (index > 0 && this.#text[this.#at] === 0x5d) this.#trailingComma();
      this.path.push(index);
      this.#value();
      this.path.pop();
      this.#space();
      const byte = this.#text[this.#at];
      if (byte !== 0x2c && byte !== 0x5d) this.#unexpected("',' or ']'");
      this.#at += 1;
      if (byte === 0x5d) return;
    }
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      const byte = this.#text[this.#at];
      if (byte === undefined) this.#fail('SF-P106', 'The input ends in the middle of a string.');
      if (byte === 0x22) break;
      if (byte < 0x20) {
        this.#fail(
          'SF-P105',
          `A string holds the raw control character ${hex(byte)}. Write it as an escape, such as \\n or \\u${byte.toString(16).padStart(4, '0')}.`,
        );
      }
      if (byte === 0x5c) this.#escape();
      else this.#at += 1;
    }
    this.#at += 1;
    return JSON.parse(decoder.decode(this.#text.subarray(start, this.#at))) as string;
  }

  #escape(): void {
    const kind = this.#text[this.#at + 1];
    if (kind === undefined) this.#fail('SF-P106', 'The input ends in the middle of a string.');
    if (kind === 0x75) {
      for (let digit = 2; digit < 6; digit += 1) {
        const byte = this.#text[this.#at + digit];
        const isHex = byte !== undefined && /[0-9a-fA-F]/.test(String.fromCharCode(byte));
        if (!isHex) this.#fail('SF-P105', 'A \\u escape needs four hexadecimal digits.');
      }
      this.#at += 6;
      return;
    }
    if (!'"\\/bfnrt'.includes(String.fromCharCode(kind))) {
      this.#fail('SF-P105', `'\\${String.fromCharCode(kind)}' is no escape in JSON. Write the back-slash as '\\\\'.`);
    }
    this.#at += 2;
  }

  #number(): void {
    let end = this.#at;
    while (end < this.#text.length && /[-+.0-9eE]/.test(String.fromCharCode(this.#text[end] as number))) end += 1;
    const number = decoder.decode(this.#text.subarray(this.#at, end));
    if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/.test(number)) {
      this.#fail('SF-P105', `'${number.slice(0, 40)}' is no JSON number.`);
    }
    this.#at = end;
  }

  #word(word: string): void {
    let end = this.#at;
    while (end < this.#text.length && /[A-Za-z0-9_$]/.test(String.fromCharCode(this.#text[end] as number))) end += 1;
    const found = decoder.decode(this.#text.subarray(this.#at, end));
    if (found !== word) {
      if (end === this.#text.length && word.startsWith(found))
        this.#fail('SF-P106', `The input ends inside the word '${word}'.`);
      this.#fail('SF-P105', `Expected a value, found '${found.slice(0, 40)}'.`);
    }
    this.#at = end;
  }

  #space(): void {
    for (;;) {
      const byte = this.#text[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at += 1;
    }
  }

  #trailingComma(): never {
    this.#fail('SF-P114', 'A comma stands before the closing bracket. JSON has no trailing commas. Remove it.');
  }

  #unexpected(expected: string): never {
    if (this.#at >= this.#text.length) this.#fail('SF-P106', `The input ends where ${expected} was expected.`);
    const { code, message } = unexpectedByte(this.#text, this.#at, expected);
    this.#fail(code, message);
  }

  #fail(code: SyntaxDefect['code'], message: string): never {
    throw new Found({ code, message, index: this.#at, path: [...this.path] });
  }
}
