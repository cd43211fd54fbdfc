import { chunksOf } from './chunks.ts';
import { concatenate, copyOf } from './concatenate.ts';
import type { ByteSource, Source } from './source.ts';

/** Encodings that JSON was written in once. */
export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** The encoding of a JSON text by its mark, or by where its first characters, which are ASCII, have their zeros. */
export function wideEncodingOf(head: Uint8Array): WideEncoding | undefined {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0) return 'utf-32be';
  if (a === 0) return 'utf-16be';
  if (b === 0) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  return undefined;
}

/** The same text in UTF-8, without a mark, each time it is asked for. What is no character becomes U+FFFD. Memory: one chunk. */
export function transcoded(source: Source, encoding: WideEncoding): ByteSource {
  return { stream: () => transcode(source, encoding) };
}

async function* transcode(source: Source, encoding: WideEncoding): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const decoder = decoderOf(encoding);
  for await (const chunk of chunksOf(source)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield encoder.encode(text);
  }
  const rest = decoder.decode(new Uint8Array(0), { stream: false });
  if (rest !== '') yield encoder.encode(rest);
}

interface Decoder {
  decode(chunk: Uint8Array, options: { readonly stream: boolean }): string;
}

function decoderOf(encoding: WideEncoding): Decoder {
  switch (encoding) {
    case 'utf-16le':
    case 'utf-16be':
      return new TextDecoder(encoding);
    case 'utf-32le':
    case 'utf-32be':
      return new Utf32Decoder(encoding === 'utf-32le');
  }
}

const replacement = 0xfffd;

/** How many code points are made into a string at once. */
const stretch = 4096;

/** The platform knows no UTF-32. Decodes as `TextDecoder` does: the mark goes, what is no code point is replaced. */
class Utf32Decoder implements Decoder {
  readonly #isLittle: boolean;
  #cut: Uint8Array = new Uint8Array(0);
  #isStart = true;

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle;
  }

  decode(chunk: Uint8Array, { stream }: { readonly stream: boolean }): string {
    const bytes = this.#cut.length === 0 ? chunk : concatenate([this.#cut, chunk]);
    const whole = bytes.length - (bytes.length % 4);
    const view = new DataView(bytes.buffer, bytes.byteOffset, whole);
    let text = '';
    let points: number[] = [];
    for (let at = 0; at < whole; at += 4) {
      const point = view.getUint32(at, this.#isLittle);
      const isMark = this.#isStart && point === 0xfeff;
      this.#isStart = false;
      if (isMark) continue;
      points.push(point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? replacement : point);
      if (points.length < stretch) continue;
      text += String.fromCodePoint(...points);
      points = [];
    }
    text += String.fromCodePoint(...points);
    this.#cut = copyOf(bytes.subarray(whole));
    return stream || this.#cut.length === 0 ? text : text + String.fromCodePoint(replacement);
  }
}
