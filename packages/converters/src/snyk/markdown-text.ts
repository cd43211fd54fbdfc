import { safeMarkdown } from '@sariflow/sarif';

const lineBreak = /<br ?\/?>/gi;
const fence = /^ {0,3}(?:```|~~~)/;
const image = /!\[([^[\]]{0,300})\]\([^()\s]{0,2000}(?:\s[^()]{0,300})?\)/g;
const link = /\[([^[\]]{0,300})\]\(([^()\s]{0,2000})(?:\s[^()]{0,300})?\)/g;

/**
 * Markdown of an advisory that is safe to show: HTML is shown as text, and images, which a viewer would fetch from wherever the
 * report says, become their description. Code stays as it is.
 */
export function advisoryMarkdown(markdown: string): string {
  return safeMarkdown(
    eachLine(markdown, (line) => outsideSpans(line, (text) => text.replace(image, '$1').replace(lineBreak, ' '))),
  ).trim();
}

/** The text of Markdown without its marks: for places that show text as it is. */
export function markdownToText(markdown: string): string {
  const lines = eachLine(markdown, plainLine).split('\n');
  return lines
    .filter((line) => !fence.test(line))
    .join('\n')
    .trim();
}

/** What an advisory is about: its first section as text, as many of the paragraphs as fit into a description. */
export function summaryOf(markdown: string): string {
  let text = '';
  for (const paragraph of firstSection(markdown)) {
    // Distributions begin with a note about which versions their advisory is not about.
    if (paragraph.startsWith('**_Note')) continue;
    const plain = markdownToText(paragraph);
    if (text !== '' && text.length + plain.length > mostSummaryCharacters) break;
    text = text === '' ? plain : `${text}\n\n${plain}`;
  }
  if (text.length <= mostSummaryCharacters) return text;
  return `${text
    .slice(0, mostSummaryCharacters - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

const mostSummaryCharacters = 1000;

/** The paragraphs below the first heading, or those before it. */
function firstSection(markdown: string): string[] {
  const paragraphs: string[][] = [[]];
  let hasText = false;
  for (const line of linesOf(markdown)) {
    const isHeading = /^ {0,3}#/.test(line);
    if (isHeading && hasText) break;
    if (isHeading || line.trim() === '') paragraphs.push([]);
    else {
      paragraphs.at(-1)?.push(line);
      hasText = true;
    }
  }
  return paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

/** Changes the lines that are no code. */
function eachLine(markdown: string, change: (line: string) => string): string {
  let inCode = false;
  return linesOf(markdown)
    .map((line) => {
      const isFence = fence.test(line);
      if (isFence) inCode = !inCode;
      return isFence || inCode ? line : change(line);
    })
    .join('\n');
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

function plainLine(line: string): string {
  const text = line
    .replace(/^ {0,3}#{1,6}\s+/, '')
    .replace(/^(\s{0,8})[*+] /, '$1- ')
    .replace(image, '$1')
    .replace(link, '$1')
    .replace(lineBreak, ' ');
  return outsideSpans(text, (part) => part.replaceAll('**', ''))
    .replaceAll('`', '')
    .trimEnd();
}

/** Changes what stands outside of code spans. */
function outsideSpans(line: string, change: (text: string) => string): string {
  if (!line.includes('`')) return change(line);
  const parts = line.split('`');
  const closed = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return parts.map((part, index) => (index % 2 === 1 && index < closed ? part : change(part))).join('`');
}
