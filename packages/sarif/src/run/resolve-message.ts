import type { Message, MultiformatMessageString, RunHeader } from '../model/model.ts';
import { createRangeCursor, markdownCode, markdownText } from './markdown-code.ts';
import {
  embeddedLinks,
  escapedDestination,
  escapedLinkText,
  linkText,
  locationIdOf,
  type MessagePart,
} from './message-links.ts';
import { type Fill, filler } from './message-placeholders.ts';
import { isSameLanguage, languageOf, type MessageOwner, messageString } from './message-strings.ts';

export interface ResolveOptions {
  /** The language that the reader wants, such as `de-CH`; the run's own by default. */
  readonly language?: string | undefined;
}

/** A message with its strings looked up and its arguments put in (section 3.11). */
export interface ResolvedMessage {
  /** As `message.text` would say it in full: with embedded links, and no placeholders to be filled. */
  readonly text: string;
  /** The same for `message.markdown`; absent where the log has no formatted form. */
  readonly markdown: string | undefined;
  /** The text in parts, with links told apart from what surrounds them. What an argument holds is never a link. */
  readonly parts: readonly MessagePart[];
  readonly from: 'message' | 'descriptor' | 'component' | 'driver';
  readonly language: string;
  /** Another language was wanted and the log does not have the string in it. */
  readonly isUntranslated: boolean;
}

/**
 * The message in full, or `undefined` when the log has no text for it. A text of the message itself counts before an id. Texts
 * without arguments are taken as they are: only strings that were looked up have escaped braces then.
 */
export function resolveMessage(
  message: Message,
  owner: MessageOwner,
  run: RunHeader,
  { language }: ResolveOptions = {},
): ResolvedMessage | undefined {
  const raw = rawMessage(message, owner, run, language);
  if (raw?.string.text === undefined) return undefined;
  const { string, from } = raw;
  const args = message.arguments ?? (from === 'message' ? undefined : []);
  return {
    text: filledText(string.text as string, args),
    markdown: string.markdown === undefined ? undefined : filledMarkdown(string.markdown, args),
    parts: messageParts(string.text as string, args),
    from,
    language: raw.language,
    isUntranslated: language !== undefined && !isSameLanguage(raw.language, language),
  };
}

/** The strings of a message before arguments are put in. */
export interface RawMessage {
  /** `text` is missing only where the message is Markdown alone. */
  readonly string: Partial<MultiformatMessageString>;
  readonly from: ResolvedMessage['from'];
  readonly language: string;
}

/** The strings that a message shows: its own, else those that its id leads to; `undefined` when there are none. */
export function rawMessage(
  message: Message,
  owner: MessageOwner,
  run: RunHeader,
  language?: string,
): RawMessage | undefined {
  const { text, markdown, id } = message;
  if (text === undefined && id !== undefined) {
    const found = messageString(id, owner, run, language);
    // Markdown of the message itself is more to the point than that of the string.
    const own = markdown === undefined ? {} : { markdown };
    if (found !== undefined) return { ...found, string: { ...found.string, ...own } };
  }
  return text === undefined && markdown === undefined
    ? undefined
    : { string: message, from: 'message', language: languageOf(run) };
}

/** A plain text with its arguments. Inside of links they are escaped, so that they cannot end them. */
export function filledText(text: string, args: readonly string[] | undefined): string {
  if (args === undefined) return text;
  const fill = filler(text, args);
  let out = '';
  let from = 0;
  for (const { start, end, rawText, destination } of embeddedLinks(text)) {
    out += `${fill(text.slice(from, start))}[${fill(rawText, escapedLinkText)}](${fill(destination, escapedDestination)})`;
    from = end;
  }
  return out + fill(text.slice(from));
}

/** A Markdown text with its arguments, which are shown as they are: they cannot format anything. */
export function filledMarkdown(markdown: string, args: readonly string[] | undefined): string {
  if (args === undefined) return markdown;
  const codeAt = createRangeCursor(markdownCode(markdown));
  return filler(markdown, args)(markdown, (argument, index) => markdownText(argument, codeAt(index) !== undefined));
}

/** A plain text in parts. */
function messageParts(text: string, args?: readonly string[]): MessagePart[] {
  const filled: Fill = args === undefined ? (stretch) => stretch : filler(text, args);
  const parts: MessagePart[] = [];
  let from = 0;
  for (const { start, end, rawText, destination: raw } of embeddedLinks(text)) {
    if (start > from) parts.push({ text: filled(text.slice(from, start)) });
    const label = linkText(filled(rawText, escapedLinkText));
    const destination = filled(raw, escapedDestination);
    const locationId = locationIdOf(destination);
    parts.push({ text: label, destination, ...(locationId === undefined ? {} : { locationId }) });
    from = end;
  }
  if (from < text.length || parts.length === 0) parts.push({ text: filled(text.slice(from)) });
  return parts;
}

/** A message in parts as a reader sees it who cannot follow links. */
export function plainMessage(parts: readonly MessagePart[]): string {
  return parts.map(({ text }) => text).join('');
}

/** The first sentence, on one line: up to a full stop, an exclamation or a question mark before a blank, or 200 characters. */
export function summaryOf(text: string): string {
  const line = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const end = line.search(/[.!?](?:\s|$)/);
  const sentence = end === -1 ? line.trimEnd() : line.slice(0, end + 1);
  if (sentence.length <= 200) return sentence;
  const cut = sentence.slice(0, 200);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
