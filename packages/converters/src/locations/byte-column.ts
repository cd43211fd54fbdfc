const onlyAscii = /^[\u0000-\u007f]*$/;

/** Whether one byte, one code point and one UTF-16 unit are the same thing in this text. */
export function isAscii(text: string): boolean {
  return onlyAscii.test(text);
}

/**
 * The column in code points of a column that counts bytes of UTF-8, both 1-based. Undefined when the column lies outside
 * the line or inside a character: then the line is not the one the column was counted on.
 */
export function codePointColumn(line: string, byteColumn: number): number | undefined {
  let column = 1;
  let bytes = 1;
  for (const character of line) {
    if (bytes >= byteColumn) break;
    bytes += utf8Length(character.codePointAt(0) as number);
    column += 1;
  }
  return bytes === byteColumn ? column : undefined;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
