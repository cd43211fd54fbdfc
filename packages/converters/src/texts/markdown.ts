/** Text as Markdown that shows exactly this text: data must not become mark-up. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/^([ \t]*)([#+-]|=)/gm, '$1\\$2')
    .replace(/^([ \t]*\d{1,9})([.)])/gm, '$1\\$2');
}

/** Text as a code span (CommonMark 6.1): the fence is longer than any run of back-ticks inside. */
export function codeSpan(text: string): string {
  const fence = '`'.repeat(longestBackticks(text) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text.replace(/[\r\n]+/g, ' ')}${padding}${fence}`;
}

/** Text as a fenced code block, without line breaks around it. */
export function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestBackticks(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

function longestBackticks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
