import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';
import { concatenate } from './concatenate.ts';
import type { Source } from './source.ts';
import { cuts, reusedSource } from './test-support/cuts.ts';
import { transcoded, type WideEncoding, wideEncodingOf } from './transcoded.ts';

const encodings = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const satisfies readonly WideEncoding[];

/** The text in one of the encodings, by the definition of each. */
function encoded(text: string, encoding: WideEncoding): Uint8Array {
  const isLittle = encoding.endsWith('le');
  const isShort = encoding.startsWith('utf-16');
  const units = isShort
    ? Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    : [...text].map((character) => character.codePointAt(0) as number);
  const size = isShort ? 2 : 4;
  const bytes = new Uint8Array(units.length * size);
  const view = new DataView(bytes.buffer);
  for (const [at, unit] of units.entries()) {
    if (isShort) view.setUint16(at * size, unit, isLittle);
    else view.setUint32(at * size, unit, isLittle);
  }
  return bytes;
}

async function textOf(source: Source): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunksOf(source)) parts.push(chunk.slice());
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(concatenate(parts));
}

test('any text comes out as it is, without its mark, however it is cut and as often as it is asked for', async () => {
  const character = fc.constantFrom('a', '"', '\n', 'é', '\u2028', '\uffff', '😀', '\u{10ffff}', '\ud83d', '\ude00');
  const texts = fc.array(character, { maxLength: 30 }).map((characters) => `{${characters.join('')}`);
  let marked = 0;
  await fc.assert(
    fc.asyncProperty(texts, fc.constantFrom(...encodings), fc.boolean(), cuts, async (text, encoding, mark, sizes) => {
      const bytes = encoded((mark ? '\ufeff' : '') + text, encoding);
      if (mark) marked += 1;
      const source = transcoded(reusedSource(bytes, sizes), encoding);
      expect(await textOf(source)).toBe(text.toWellFormed());
      expect(await textOf(source)).toBe(text.toWellFormed());
    }),
    { numRuns: 800, seed: 103 },
  );
  expect(marked).toBeGreaterThan(300);
});

test('what is cut off at the end becomes one replacement character', async () => {
  for (const encoding of encodings) {
    const bytes = encoded('ab', encoding);
    expect(await textOf(transcoded(bytes.subarray(0, -1), encoding))).toBe('a\ufffd');
  }
  expect(await textOf(transcoded(encoded('x', 'utf-16le').subarray(0, 0), 'utf-16le'))).toBe('');
});

test('numbers beyond the last code point are replaced', async () => {
  const bytes = new Uint8Array([0, 0, 0, 0x7b, 0, 0x11, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  expect(await textOf(transcoded(bytes, 'utf-32be'))).toBe('{\ufffd\ufffd');
});

test('an encoding is known by its mark and by its zeros, UTF-8 is none of them', () => {
  for (const encoding of encodings) {
    for (const text of ['{}', '\ufeff{}', ' 1', '[x', '\ufeff\u4e00']) {
      expect(wideEncodingOf(encoded(text, encoding))).toBe(encoding);
    }
  }
  for (const text of ['', '{', '{}', '\ufeff{}', 'é', '\u4e00\u4e00']) {
    expect(wideEncodingOf(new TextEncoder().encode(text))).toBeUndefined();
  }
});
