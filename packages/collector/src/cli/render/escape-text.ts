/**
 * Controls (C0, C1, DEL: line breaks, escape sequences), marks that reorder or hide text (bidirectional controls, zero-width characters,
 * line separators, tag characters), and halves of surrogate pairs.
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** `::error …`, `::set-output …` at the start of a line, even after blanks. A path such as `std::error` stays as it is. */
const leadingCommand = /(^|[\s\p{Cc}\u2028\u2029])::(?=[a-z])/giu;

/** `##vso[…]`, `##[error]`, `##teamcity[…]`: some agents look for these anywhere in a line. */
const hashCommand = /##(?=[a-z]*\[)/gi;

const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Data made fit for a terminal and a build log: one line, no control or invisible character, nothing that a CI system would obey. What is
 * replaced stays recognisable, as in `\x1b[31m` or `\x3a:error`.
 */
export function escapeText(data: string): string {
  return data
    .replace(leadingCommand, '$1\\x3a:')
    .replace(hashCommand, '\\x23#')
    .replace(unprintable, (character) => named.get(character) ?? escapeCharacter(character));
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\u{${code.toString(16)}}`;
}
