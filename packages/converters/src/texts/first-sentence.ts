const mostCharacters = 200;

/**
 * The first sentence of a text: up to a full stop, exclamation or question mark followed by a space, up to a line break,
 * or 200 characters. For one-line descriptions of rules whose text is only known from their findings.
 */
export function firstSentence(text: string): string {
  const line = text.trimStart().split(/\r?\n/, 1)[0] as string;
  const sentence = /^.*?[.!?](?=\s|$)/u.exec(line)?.[0] ?? line;
  if (sentence.length <= mostCharacters) return sentence.trimEnd();

  const characters = Array.from(sentence);
  if (characters.length <= mostCharacters) return sentence.trimEnd();
  return `${characters
    .slice(0, mostCharacters - 1)
    .join('')
    .trimEnd()}…`;
}
