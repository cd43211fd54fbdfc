/** A link of a description. */
export interface DescriptionLink {
  readonly text: string;
  readonly href: string;
}

/** What Veracode writes about a finding, in its parts, as plain text. */
export interface Description {
  /** What was found. */
  readonly message: string;
  /** How to repair it; empty where nothing is said. */
  readonly remediation: string;
  readonly links: readonly DescriptionLink[];
}

const marked = /<(?:span|a|br|p)\b/i;
const inline = new Set(['b', 'i', 'u', 'em', 'strong', 'code', 'tt', 'pre', 'sub', 'sup', 'font', 'ul', 'ol']);
const breaking = new Set(['br', 'p', 'div', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const mostTagCharacters = 4096;

/**
 * Takes a description apart. In JSON it is HTML, usually three spans: what, how to repair, references. In XML it is plain
 * text of paragraphs in the same order.
 */
export function readDescription(text: string): Description {
  const start = leadingSpan.exec(text);
  if (start === null || start[1]?.trim() === '') return marked.test(text) ? fromMarkup(text) : fromParagraphs(text);
  // The first span is about this finding. What follows is the same for most findings of a rule.
  const end = start[0].length;
  const rest = text.slice(end);
  const known = knownRests.get(rest);
  if (known !== undefined) return { ...known, message: tidied(withoutEntities(start[1] as string)) };
  const description = fromMarkup(text);
  if (rest.length > mostRestCharacters) return description;
  if (knownRests.size >= mostRests) knownRests.clear();
  knownRests.set(rest, description);
  return description;
}

/** A first span that holds text and no other tags. */
const leadingSpan = /^<span>([^<]*)<\/span>/i;
const mostRests = 500;
const mostRestCharacters = 20_000;
const knownRests = new Map<string, Description>();

function fromParagraphs(text: string): Description {
  const links: DescriptionLink[] = [];
  const sections = text.split(/\n\s*\n/).map((paragraph) => {
    const isReferences = startsReferences(paragraph);
    if (isReferences) for (const link of writtenLinks(paragraph)) links.push(link);
    return paragraph;
  });
  return inParts(sections, links);
}

/** `CWE (https://cwe.mitre.org/…)`, or an address alone. */
function writtenLinks(paragraph: string): DescriptionLink[] {
  return Array.from(paragraph.matchAll(/(?:([^\s(]{1,100}) )?\(?(https?:\/\/[^\s()<>"]+)\)?/g), ([, name, href]) => ({
    text: name ?? (href as string),
    href: href as string,
  }));
}

/** A few tags are read, and what looks like another one is text: messages quote code. */
function fromMarkup(html: string): Description {
  const links: DescriptionLink[] = [];
  const sections = [''];
  let anchor: { readonly href: string; text: string } | undefined;
  const say = (raw: string) => {
    const text = withoutEntities(raw);
    sections[sections.length - 1] += text;
    if (anchor !== undefined) anchor.text += text;
  };
  for (const { text, tag, source } of tokensOf(html)) {
    say(text);
    if (tag === undefined) continue;
    const [, closing, name = '', rest = ''] = /^(\/?)([A-Za-z][A-Za-z0-9]*)([\s\S]*)$/.exec(tag) ?? [];
    const word = name.toLowerCase();
    if (word === 'span') sections.push('');
    else if (word === 'a') {
      if (anchor !== undefined) links.push({ href: anchor.href, text: anchor.text.trim() || anchor.href });
      const href = closing === '/' ? undefined : /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(rest);
      anchor = href ? { href: withoutEntities((href[1] ?? href[2] ?? href[3] ?? '').trim()), text: '' } : undefined;
    } else if (breaking.has(word)) sections[sections.length - 1] += '\n';
    else if (!inline.has(word)) say(source);
  }
  if (anchor !== undefined) links.push({ href: anchor.href, text: anchor.text.trim() || anchor.href });
  return inParts(sections, links);
}

/** Stretches of text, each with the tag that ends it. */
function* tokensOf(html: string): Generator<{ text: string; tag: string | undefined; source: string }> {
  let from = 0;
  let end = -1;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    if (end < at) end = html.indexOf('>', at);
    if (end === -1) break;
    if (end - at > mostTagCharacters || !/[A-Za-z/]/.test(html[at + 1] ?? '')) continue;
    const tag = html.slice(at + 1, end);
    if (tag.includes('<')) continue;
    yield { text: html.slice(from, at), tag, source: html.slice(at, end + 1) };
    from = end + 1;
    at = end;
  }
  yield { text: html.slice(from), tag: undefined, source: '' };
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (source, decimal, hex, name) => {
    if (name !== undefined) return entities.get(String(name).toLowerCase()) ?? source;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : source;
  });
}

function inParts(sections: readonly string[], links: readonly DescriptionLink[]): Description {
  const tidy = sections.map(tidied).filter((section) => section !== '');
  const [message = '', ...rest] = tidy;
  const remediation = rest.filter((section) => !(links.length > 0 && startsReferences(section))).join('\n\n');
  return { message, remediation, links: distinct(links) };
}

function tidied(text: string): string {
  if (!text.includes('\n')) return text.trim();
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

function startsReferences(text: string): boolean {
  return /^\s*References?\s*:/i.test(text);
}

function distinct(links: readonly DescriptionLink[]): DescriptionLink[] {
  return [...new Map(links.filter(({ href }) => href !== '').map((link) => [link.href, link])).values()];
}
