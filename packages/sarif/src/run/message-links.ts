import { createRangeCursor, markdownCode } from './markdown-code.ts';

/** A link in a message (section 3.11.6): `[text](destination)`. */
export interface EmbeddedLink {
  /** Of the opening bracket. */
  readonly start: number;
  /** After the closing parenthesis. */
  readonly end: number;
  /** As it is written: `\[`, `\]` and `\\` stand for what follows the backslash. */
  readonly rawText: string;
  readonly destination: string;
}

/** The links of a plain text message, in order. */
export function* embeddedLinks(text: string): Generator<EmbeddedLink> {
  if (!text.includes('](')) return;
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '\\':
        at += 1;
        break;
      case '[':
        start = at;
        break;
      case ']': {
        const end = start === -1 || text[at + 1] !== '(' ? -1 : destinationEnd(text, at + 2);
        if (end !== -1) {
          yield { start, end, rawText: text.slice(start + 1, at), destination: text.slice(at + 2, end - 1) };
          at = end - 1;
        }
        start = -1;
        break;
      }
    }
  }
}

/** Index after the parenthesis that closes a destination; -1 when what stands there is none. */
function destinationEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '(') depth += 1;
    else if (character === ')') {
      if (depth === 0) return at === from ? -1 : at + 1;
      depth -= 1;
    } else if (character <= ' ' || character === '[' || character === '<') return -1;
  }
  return -1;
}

/** The text of a link as a reader sees it. */
export function linkText(rawText: string): string {
  return rawText.replace(/\\([[\]\\])/g, '$1');
}

/** A text as it is written inside a link. */
export function escapedLinkText(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}

/** A URI as it is written as the destination of a link. */
export function escapedDestination(uri: string): string {
  return uri.replace(/[\s()[\]<>\\]/g, (character) => {
    const encoded = encodeURIComponent(character);
    return encoded.length > 1 ? encoded : `%${character.charCodeAt(0).toString(16)}`;
  });
}

/** The `id` of the location that a link leads to; `undefined` for a URI. */
export function locationIdOf(destination: string): number | undefined {
  return /^\d{1,15}$/.test(destination) ? Number(destination) : undefined;
}

/** The links of a plain text, or those of a Markdown text outside of code. */
export function* linksOf(text: string, format: 'text' | 'markdown'): Generator<EmbeddedLink> {
  if (format === 'text') {
    yield* embeddedLinks(text);
    return;
  }
  if (!text.includes('](')) return;
  const codeAt = createRangeCursor(markdownCode(text));
  for (const link of embeddedLinks(text)) if (codeAt(link.start) === undefined) yield link;
}

/** How deep links are looked for in the texts of links. Nobody nests them: more than that was made to be looked through for ever. */
const mostNested = 10;

/** The message with some of its links turned into their texts; what becomes a link by that is looked at as well. */
export function withoutLinks(
  text: string,
  format: 'text' | 'markdown',
  isUnwanted: (link: EmbeddedLink) => boolean,
): string {
  let last = text;
  for (let round = 0; round <= mostNested; round += 1) {
    const next = withoutInnermost(last, format, isUnwanted);
    if (next === last) return last;
    last = next;
  }
  return last.replaceAll('](', '] (');
}

function withoutInnermost(
  text: string,
  format: 'text' | 'markdown',
  isUnwanted: (link: EmbeddedLink) => boolean,
): string {
  let out = '';
  let from = 0;
  for (const link of linksOf(text, format)) {
    if (!isUnwanted(link)) continue;
    const kept = format === 'text' ? linkText(link.rawText) : link.rawText;
    out += text.slice(from, link.start) + (kept.trim() === '' ? link.destination : kept);
    from = link.end;
  }
  return out + text.slice(from);
}

/** A stretch of a message. */
export interface MessagePart {
  readonly text: string;
  /** Where the text leads, where it is a link. */
  readonly destination?: string;
  /** The `id` of the location in the same result that it leads to, where the destination is a number. */
  readonly locationId?: number;
}
