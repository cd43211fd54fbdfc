/** Stretches of a Markdown text, from the first character up to the one after the last. */
export interface MarkdownRange {
  readonly start: number;
  readonly end: number;
}

const fence = /^[ \t>]*(`{3,}|~{3,})(.*)$/;

/** What Markdown shows as code, fences and back-ticks included, in order: nothing in there is a tag, a link or an escape. */
export function markdownCode(markdown: string): MarkdownRange[] {
  if (!markdown.includes('`') && !markdown.includes('~~~')) return [];
  const ranges: MarkdownRange[] = [];
  let open: { readonly start: number; readonly mark: string } | undefined;
  let paragraph = 0;
  let line = 0;
  while (line < markdown.length) {
    const newline = markdown.indexOf('\n', line);
    const end = newline === -1 ? markdown.length : newline + 1;
    const text = markdown.slice(line, newline === -1 ? end : newline);
    const [, mark = '', info = ''] = fence.exec(text) ?? [];
    if (open !== undefined) {
      if (mark.startsWith(open.mark) && info.trim() === '') {
        ranges.push({ start: open.start, end });
        open = undefined;
        paragraph = end;
      }
    } else if (mark !== '' && !(mark.startsWith('`') && info.includes('`'))) {
      addSpans(markdown, paragraph, line, ranges);
      open = { start: line, mark };
    } else if (text.trim() === '') {
      addSpans(markdown, paragraph, line, ranges);
      paragraph = end;
    }
    line = end;
  }
  if (open !== undefined) ranges.push({ start: open.start, end: markdown.length });
  else addSpans(markdown, paragraph, markdown.length, ranges);
  return ranges;
}

/** Code spans of one paragraph: from some back-ticks to the next that are as many. */
function addSpans(markdown: string, start: number, end: number, ranges: MarkdownRange[]): void {
  const runs = [...markdown.slice(start, end).matchAll(/`+/g)].map(({ 0: run, index }) => ({
    at: start + index,
    length: run.length,
  }));
  const next = new Int32Array(runs.length).fill(-1);
  const lastOfLength = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const { length } = runs[index]!;
    next[index] = lastOfLength.get(length) ?? -1;
    lastOfLength.set(length, index);
  }
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index]!;
    const closing = next[index]!;
    if (closing === -1 || isEscaped(markdown, run.at, start)) continue;
    ranges.push({ start: run.at, end: runs[closing]!.at + run.length });
    index = closing;
  }
}

function isEscaped(markdown: string, at: number, start: number): boolean {
  let backslashes = 0;
  while (at - backslashes > start && markdown[at - backslashes - 1] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Says whether positions are inside of ranges; asked from left to right. */
export function createRangeCursor(ranges: readonly MarkdownRange[]): (at: number) => MarkdownRange | undefined {
  let current = 0;
  return (at) => {
    while (current < ranges.length && ranges[current]!.end <= at) current += 1;
    const range = ranges[current];
    return range !== undefined && range.start <= at ? range : undefined;
  };
}

/** A text so that Markdown shows it as it is. Inside of code nothing can be escaped: there, back-ticks become apostrophes. */
export function markdownText(text: string, isInCode: boolean): string {
  return isInCode ? text.replaceAll('`', "'") : text.replace(/[\\`*_{}[\]()#+\-!|<>~&]/g, '\\$&');
}
