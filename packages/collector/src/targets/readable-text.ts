const maxCharacters = 500;

/**
 * A foreign text as one line of at most 500 characters. Control characters, line breaks and the marks that turn the
 * direction of writing are written as `\uXXXX`, so the text cannot move a cursor, forge a line of a CI log, or lie.
 */
export function readableText(text: string): string {
  const line = text
    .toWellFormed()
    .trim()
    .replace(/[\r\n\t ]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, codePoint);
  return line.length <= maxCharacters ? line : `${line.slice(0, maxCharacters - 1).toWellFormed()}…`;
}

function codePoint(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
