import { webUri } from './absolute-uri.ts';
import { decodeEntities } from './html-entities.ts';
import { codeBlock, codeSpan, escapeMarkdown } from './markdown.ts';

/** One text in the two forms that SARIF has (§3.12). */
export interface Texts {
  readonly text: string;
  readonly markdown: string;
}

/**
 * A description in HTML as plain text and as Markdown. The HTML is not trusted: scripts, styles, frames, images and all
 * attributes but the web address of a link are left out. Linear in the length of the HTML, whatever it holds.
 */
export function textsOfHtml(html: string): Texts {
  const writer = new HtmlWriter();
  for (const token of tokensOf(html)) {
    if (token.kind === 'text') writer.text(token.text);
    else if (token.kind === 'open') writer.open(token.name, token.attributes);
    else writer.close(token.name);
  }
  return writer.end();
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly name: string };

/** Elements whose content is no text. */
const unread = new Set(['script', 'style', 'iframe', 'object', 'template', 'noscript', 'svg', 'head', 'title']);

function* tokensOf(html: string): Generator<Token> {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) break;
    if (open > at) yield { kind: 'text', text: html.slice(at, open) };
    if (html.startsWith('<!', open)) {
      const isComment = html.startsWith('<!--', open);
      const end = isComment ? html.indexOf('-->', open + 4) : html.indexOf('>', open);
      // A comment that never ends takes everything with it; anything else of the kind is text.
      if (end === -1 && isComment) return;
      at = end === -1 ? open : isComment ? end + 3 : end + 1;
      if (end === -1) break;
      continue;
    }
    const tag = /<(\/?)([A-Za-z][A-Za-z0-9]*)/y;
    tag.lastIndex = open;
    const match = tag.exec(html);
    if (match === null) {
      yield { kind: 'text', text: '<' };
      at = open + 1;
      continue;
    }
    const end = endOfTag(html, tag.lastIndex);
    // A tag that never ends: what follows is text, and is not searched again.
    if (end === -1) {
      at = open;
      break;
    }
    const name = (match[2] as string).toLowerCase();
    at = end + 1;
    if (match[1] === '/') yield { kind: 'close', name };
    else if (!unread.has(name)) yield { kind: 'open', name, attributes: html.slice(tag.lastIndex, end) };
    else if (html[end - 1] !== '/') {
      const closing = new RegExp(`</${name}[^>]{0,20}>`, 'gi');
      closing.lastIndex = at;
      if (closing.exec(html) === null) return;
      at = closing.lastIndex;
    }
  }
  if (at < html.length) yield { kind: 'text', text: html.slice(at) };
}

/** The `>` of a tag: not one inside an attribute's value. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at += 1) {
    const character = html[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

const paragraphs = new Set(['p', 'div', 'section', 'article', 'blockquote', 'table', 'dl', 'dt', 'dd', 'figure', 'hr']);
/** Indents beyond this many lists are not shown: they would make the text grow with the square of the nesting. */
const mostIndents = 6;

/** Writes both forms at once. */
class HtmlWriter {
  readonly #plain = new BlockText();
  readonly #marked = new BlockText();
  /** Open lists: the number of the next item, 0 for bullets. */
  readonly #lists: number[] = [];
  /** Address and number of characters written before each open link. */
  readonly #links: (string | undefined)[] = [];
  /** What stands inside `pre` or `code`, while inside. */
  #code: string | undefined;
  #inBlock = false;
  #row: { cells: number; isFirst: boolean } | undefined;
  #rows = 0;

  text(raw: string): void {
    const text = decodeEntities(raw);
    if (this.#code !== undefined) {
      this.#code += text;
      return;
    }
    const flowing = text.replace(/\s+/g, ' ');
    this.#plain.append(flowing);
    this.#marked.append(flowing, escapeMarkdown);
  }

  open(name: string, attributes: string): void {
    if (name === 'pre') this.#openCode(true);
    else if (this.#code !== undefined) {
      if (name === 'br') this.#code += '\n';
    } else if (name === 'code' || name === 'tt' || name === 'kbd') this.#openCode(false);
    else if (name === 'br') this.#break(1);
    else if (/^h[1-6]$/.test(name)) {
      this.#break(2);
      this.#marked.append(`${'#'.repeat(Number(name[1]))} `);
    } else if (name === 'ul' || name === 'ol') this.#openList(name === 'ol');
    else if (name === 'li') this.#openItem();
    else if (name === 'strong' || name === 'b') this.#marked.append('**');
    else if (name === 'em' || name === 'i') this.#marked.append('*');
    else if (name === 'a') this.#openLink(attributes);
    else if (name === 'tr') this.#openRow();
    else if ((name === 'td' || name === 'th') && this.#row !== undefined) this.#openCell(this.#row);
    else if (paragraphs.has(name)) this.#break(2);
    if (name === 'table') this.#rows = 0;
  }

  close(name: string): void {
    if (name === 'pre' || ((name === 'code' || name === 'tt' || name === 'kbd') && !this.#inBlock)) this.#closeCode();
    else if (this.#code !== undefined) return;
    else if (name === 'ul' || name === 'ol') this.#closeList();
    else if (name === 'strong' || name === 'b') this.#marked.append('**');
    else if (name === 'em' || name === 'i') this.#marked.append('*');
    else if (name === 'a') this.#closeLink();
    else if (name === 'tr') this.#closeRow();
    else if (paragraphs.has(name) || /^h[1-6]$/.test(name)) this.#break(2);
  }

  end(): Texts {
    this.#closeCode();
    while (this.#links.length > 0) this.#closeLink();
    return { text: this.#plain.end(), markdown: this.#marked.end() };
  }

  #break(lines: number): void {
    // A cell of a table is one line.
    if (this.#row !== undefined) {
      this.#plain.append(' ');
      this.#marked.append(' ');
      return;
    }
    this.#plain.break(lines);
    this.#marked.break(lines);
  }

  #openCode(isBlock: boolean): void {
    if (isBlock && this.#code !== undefined) this.#closeCode();
    if (isBlock) this.#break(2);
    this.#inBlock = isBlock;
    this.#code = '';
  }

  #closeCode(): void {
    const code = this.#code;
    if (code === undefined) return;
    this.#code = undefined;
    if (this.#inBlock && this.#row === undefined) {
      const lines = code.replace(/\r\n?/g, '\n').replace(/^\n/, '').trimEnd();
      if (lines !== '') {
        this.#plain.lines(lines);
        this.#marked.lines(codeBlock(lines));
      }
      this.#break(2);
    } else if (code.trim() !== '') {
      const line = code.replace(/\s+/g, ' ');
      this.#plain.append(line);
      const isInRow = this.#row !== undefined;
      this.#marked.append(codeSpan(isInRow ? line.replaceAll('|', '\\|') : line));
    }
    this.#inBlock = false;
  }

  #openList(isNumbered: boolean): void {
    this.#break(this.#lists.length === 0 ? 2 : 1);
    this.#lists.push(isNumbered ? 1 : 0);
  }

  #closeList(): void {
    if (this.#lists.pop() === undefined) return;
    this.#indent();
    this.#break(this.#lists.length === 0 ? 2 : 1);
  }

  #openItem(): void {
    const number = this.#lists.at(-1) ?? 0;
    if (number > 0) this.#lists[this.#lists.length - 1] = number + 1;
    const outer = '  '.repeat(Math.min(mostIndents, Math.max(0, this.#lists.length - 1)));
    for (const target of [this.#plain, this.#marked]) target.item(number === 0 ? '- ' : `${number}. `, outer);
  }

  #indent(): void {
    const indent = '  '.repeat(Math.min(mostIndents, this.#lists.length));
    this.#plain.indent = indent;
    this.#marked.indent = indent;
  }

  #openLink(attributes: string): void {
    const written = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
    const address = webUri(decodeEntities(written?.[1] ?? written?.[2] ?? written?.[3] ?? ''));
    this.#links.push(address);
    if (address !== undefined) this.#marked.append('[');
  }

  #closeLink(): void {
    const address = this.#links.pop();
    if (address === undefined) return;
    this.#marked.append(`](${address.replace(/[()]/g, (character) => (character === '(' ? '%28' : '%29'))})`);
    if (!this.#plain.endsWith(address)) this.#plain.append(` (${address})`);
  }

  #openRow(): void {
    if (this.#row !== undefined) this.#closeRow();
    this.#break(this.#rows === 0 ? 2 : 1);
    this.#row = { cells: 0, isFirst: this.#rows === 0 };
    this.#rows += 1;
  }

  #openCell(row: { cells: number; isFirst: boolean }): void {
    this.#marked.append(row.cells === 0 ? '| ' : ' | ');
    if (row.cells > 0) this.#plain.append(' | ');
    row.cells += 1;
  }

  #closeRow(): void {
    const row = this.#row;
    if (row === undefined) return;
    this.#row = undefined;
    if (row.cells === 0) return;
    this.#marked.append(' |');
    this.#break(1);
    if (!row.isFirst) return;
    this.#marked.append(`|${' --- |'.repeat(row.cells)}`);
    this.#marked.break(1);
  }
}

/** A text of paragraphs and lists: white space never doubles, and none stands at either end. */
class BlockText {
  indent = '';
  #parts: string[] = [];
  #last = '';
  #breaks = 0;
  #needsSpace = false;
  #isEmpty = true;
  /** Just behind the mark of a list item: what comes stands in the same line. */
  #isBehindMark = false;

  append(text: string, written: (text: string) => string = (same) => same): void {
    if (text === '') return;
    const isAtStart = this.#isEmpty || this.#breaks > 0 || this.#isBehindMark;
    if (text.startsWith(' ') && !isAtStart) this.#needsSpace = true;
    const words = text.trim();
    if (words === '') return;
    this.#flush();
    if (this.#needsSpace) this.#push(' ');
    this.#push(written(words));
    this.#needsSpace = text.endsWith(' ');
  }

  /** Lines that are taken as they are. */
  lines(text: string): void {
    this.#flush();
    this.#push(this.indent === '' ? text : text.replaceAll('\n', `\n${this.indent}`));
  }

  break(lines: number): void {
    this.#needsSpace = false;
    if (this.#isEmpty || this.#isBehindMark) return;
    this.#breaks = Math.max(this.#breaks, lines);
  }

  item(mark: string, outer: string): void {
    this.#isBehindMark = false;
    this.break(1);
    this.indent = outer;
    this.#flush();
    this.#push(mark);
    this.#isBehindMark = true;
    this.indent = outer + ' '.repeat(mark.length);
  }

  endsWith(text: string): boolean {
    return this.#last.endsWith(text);
  }

  end(): string {
    return this.#parts.join('').trim();
  }

  #flush(): void {
    if (this.#breaks > 0) {
      this.#push(`${'\n'.repeat(this.#breaks)}${this.indent}`);
      this.#breaks = 0;
    }
    this.#isBehindMark = false;
    this.#isEmpty = false;
  }

  #push(text: string): void {
    this.#parts.push(text);
    this.#last = text;
  }
}
