import type { Place } from '../../diagnostics/diagnostic.ts';

const encoder = new TextEncoder();

/** Line and column of the byte at this offset, counted from the text. The offset stands between two characters. */
export function placeOf(text: string, byteOffset: number): Place {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(encoder.encode(text).subarray(0, byteOffset));
  const lines = before.split('\n');
  return { byteOffset, line: lines.length, column: (lines.at(-1) as string).length + 1 };
}
