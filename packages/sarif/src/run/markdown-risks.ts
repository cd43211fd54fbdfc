import { createRangeCursor, markdownCode } from './markdown-code.ts';

/** What a reader of formatted messages should not get to see (section 3.11.4.2). */
export interface MarkdownRisk {
  /** `html`: a tag, a comment or the like; `link`: one whose scheme is not allowed. */
  readonly kind: 'html' | 'link';
  /** The tag's name or the link's scheme. */
  readonly what: string;
  /** What to write instead, so that it is shown and does nothing. */
  readonly edits: readonly Edit[];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const allowedSchemes = new Set(['http', 'https', 'mailto', 'sarif']);

const token = /^ {0,3}\[[^\]\n]*\]:|\\[\s\S]|<|!?\[|\]\(|\]/gm;
const tag = /<\/?([A-Za-z][A-Za-z0-9-]*)(?:\s+(?=[A-Za-z_:/>])|(?=[/>]))/y;
const declaration = /<(?:!--|\?|![A-Za-z]|!\[CDATA\[)/y;
const autolink = /<([A-Za-z][A-Za-z0-9+.-]{1,31}):[^\s<>]*>/y;
const inlineLink =
  /\]\([ \t\n]*(?:(<[^<>\n]*>|[^\s()<][^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*)?\)/y;
const definition = /[ \t]*(?:\n[ \t]*)?(<[^<>\n]*>|[^\s<]\S*)/y;

/** Everything in a Markdown text that is not safe to show, in order. Linear in the length of the text. */
export function markdownRisks(markdown: string): MarkdownRisk[] {
  const risks: MarkdownRisk[] = [];
  const codeAt = createRangeCursor(markdownCode(markdown));
  const nextAngle = createFinder(markdown, />/g);
  const nextBlankLine = createFinder(markdown, /\n[ \t]*\n/g);
  const brackets: { readonly start: number; readonly end: number }[] = [];
  const html = (at: number, kind: MarkdownRisk['kind'], what: string) =>
    risks.push({ kind, what, edits: [{ start: at, end: at, text: '\\' }] });

  token.lastIndex = 0;
  for (let at = 0; ; ) {
    token.lastIndex = at;
    const match = token.exec(markdown);
    if (match === null) return risks;
    const { 0: found, index } = match;
    const code = codeAt(index);
    at = code === undefined ? index + found.length : code.end;
    if (code !== undefined || found.startsWith('\\')) continue;
    if (found === '<') {
      const named = matchAt(tag, markdown, index);
      const isClosed = nextAngle(index) < nextBlankLine(index);
      const scheme = matchAt(autolink, markdown, index)?.[1];
      if (named !== undefined && isClosed) html(index, 'html', `<${named[1]}>`);
      else if (matchAt(declaration, markdown, index) !== undefined && isClosed) html(index, 'html', '<!>');
      else if (scheme !== undefined && !allowedSchemes.has(scheme.toLowerCase())) html(index, 'link', scheme);
    } else if (found.endsWith('[')) {
      brackets.push({ start: index, end: at });
    } else if (found.endsWith(':')) {
      const link = matchAt(definition, markdown, at);
      const scheme = link === undefined ? undefined : forbiddenScheme(link[1]!);
      if (scheme !== undefined) {
        const start = definition.lastIndex - link![1]!.length;
        risks.push({ kind: 'link', what: scheme, edits: [{ start, end: definition.lastIndex, text: '<>' }] });
      }
    } else {
      const opening = brackets.pop();
      const link = found === '](' && opening !== undefined ? matchAt(inlineLink, markdown, index) : undefined;
      if (link === undefined) continue;
      at = inlineLink.lastIndex;
      const scheme = forbiddenScheme(link[1] ?? '');
      if (scheme === undefined) continue;
      const edits = [
        { ...opening!, text: '' },
        { start: index, end: at, text: '' },
      ];
      risks.push({ kind: 'link', what: scheme, edits });
    }
  }
}

/** The same text with tags shown instead of obeyed, and without the links; what becomes risky by that is looked at again. */
export function safeMarkdown(markdown: string): string {
  let safe = markdown;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const edits = markdownRisks(safe).flatMap((risk) => risk.edits);
    if (edits.length === 0) return safe;
    safe = edited(safe, edits);
  }
  return safe.replaceAll('<', '&lt;').replaceAll('[', '&#91;').replaceAll(']', '&#93;');
}

/** Who nests risks deeper than this wants to get past us: then nothing is formatted. */
const maxPasses = 8;

function edited(text: string, edits: readonly Edit[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, text: instead } of edits.toSorted((one, other) => one.start - other.start)) {
    if (start < from) continue;
    out += text.slice(from, start) + instead;
    from = end;
  }
  return out + text.slice(from);
}

/** The scheme of a destination that must not be followed. References to characters are resolved first, as browsers do. */
function forbiddenScheme(destination: string): string | undefined {
  const plain = destination
    .replace(/^<|>$/g, '')
    .slice(0, 400)
    .replace(/&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(colon|tab|newline);/gi, (_, decimal, hex, name) => {
      if (name !== undefined) return name.toLowerCase() === 'colon' ? ':' : '';
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0x20 && code < 0x80 ? String.fromCharCode(code) : '';
    })
    .replace(/[\p{Cc}\\]/gu, '');
  const scheme = /^\s*([A-Za-z][A-Za-z0-9+.-]*):/.exec(plain)?.[1];
  return scheme === undefined || allowedSchemes.has(scheme.toLowerCase()) ? undefined : scheme;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** The next place where a pattern matches; asked from left to right, so that each stretch is searched once. */
function createFinder(text: string, pattern: RegExp): (from: number) => number {
  let known = -1;
  return (from) => {
    if (known < from) {
      pattern.lastIndex = from;
      known = pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    return known;
  };
}
