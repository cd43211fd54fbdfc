const guid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** The folders in front of a file's name where a path begins with a root: `/`, a drive or `file:`. */
const absoluteFolders = /(?<![\w.%~@+/\\-])(?:file:\/{1,3}|[A-Za-z]:[\\/]|\/(?!\/))[^\s"'`<>|:*?]*[\\/]/g;

const digits = /\d+/g;
const quotes = new Set(['"', "'", '`']);

/**
 * What is left of a message when everything is taken out that changes while the finding stays: numbers and GUIDs become `#`,
 * folders of absolute paths go. What stands in quotes names something and keeps its numbers.
 */
export function stableText(message: string): string {
  const text = message.replace(guid, '#').replace(absoluteFolders, '');
  let stable = '';
  let from = 0;
  for (const { start, end } of quotedRanges(text)) {
    stable += text.slice(from, start).replace(digits, '#') + text.slice(start, end);
    from = end;
  }
  return stable + text.slice(from).replace(digits, '#');
}

/** Runs of white space become one blank: a line that is indented anew stays the same line. */
export function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Stretches in quotes of one kind. A quote after a letter is an apostrophe and opens nothing; one before a letter closes nothing. */
function* quotedRanges(text: string): Generator<{ readonly start: number; readonly end: number }> {
  /** Quotes that nothing closes from here on. */
  const open = new Set<string>();
  for (let at = 0; at < text.length; at += 1) {
    const quote = text[at] as string;
    if (!quotes.has(quote) || open.has(quote) || isWord(text[at - 1])) continue;
    const close = closing(text, quote, at + 1);
    if (close === -1) open.add(quote);
    else {
      yield { start: at, end: close + 1 };
      at = close;
    }
  }
}

function closing(text: string, quote: string, from: number): number {
  let at = text.indexOf(quote, from);
  while (at !== -1 && isWord(text[at + 1])) at = text.indexOf(quote, at + 1);
  return at;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}
