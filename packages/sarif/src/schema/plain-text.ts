/**
 * Markdown as plain text: without emphasis, code ticks and heading marks. Links stay, because plain text messages have
 * the same ones (section 3.11.6).
 */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/^#{1,6} /gm, '')
    .replaceAll(/\*\*|__|`/g, '')
    .trim();
}
