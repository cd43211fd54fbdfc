import { defaultLimits, type Limits, ReadError } from '@sariflow/sarif';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { isSpace, PlainTags } from './plain-tags.ts';
import type { XmlPiece } from './xml-pieces.ts';
import { XmlPlaces } from './xml-places.ts';

/** The start of an element. */
export interface XmlTag {
  readonly name: string;
  /** Without a prototype: `__proto__` is a name like any other. Empty when the tag is broken. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Position of its `<`, in UTF-16 units. */
  readonly at: number;
  /** A full sentence: why its attributes cannot be read. */
  readonly broken?: string;
}

/** Takes what is read. Every element that is opened is closed, if only because the one around it is. */
export interface XmlHandler {
  open(tag: XmlTag): void;
  /** `end` is the position behind the element; `implied` when its end tag is missing. */
  close(name: string, end: number, implied: boolean): void;
  /** Something is not as the grammar wants it. What could be read around it is read. */
  damage(message: string, at: number): void;
  /** Text starts behind a tag. Not told any more once something was damaged. */
  text?(at: number): void;
  /** A document type that declares entities; thrown through by the reader when this throws. */
  entities(at: number): void;
}

export interface XmlReaderOptions {
  /** Names of elements that are around the first piece. */
  readonly around?: readonly string[];
  /** Elements that never stand inside one of their own name: a second one ends the first. */
  readonly neverNested: ReadonlySet<string>;
  readonly limits?: Partial<Limits> | undefined;
  /** Whether the parser is to read plain tags as well, which are read without it otherwise. Default false. */
  readonly slowly?: boolean;
}

/** A tag that the parser has begun to read. */
interface OpenTag {
  readonly name: string;
  readonly at: number;
}

interface Trap {
  readonly kind: 'ampersand' | 'instruction' | 'open';
  readonly at: number;
}

const noTrap = { from: 0, to: 0, trap: undefined };

const landmark = /&|<\?|<!--|-->|<!\[CDATA\[|\]\]>/g;
const reference = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[A-Za-z_:][\w.:-]{0,60});/iy;

/** The entities of XML, and nothing that objects inherit. */
const fiveEntities: Readonly<Record<string, string>> = Object.freeze(
  Object.assign(Object.create(null) as Record<string, string>, { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

/** Thrown through the parser, whose state is of no use any more: reading goes on elsewhere. */
const moveOn = new Error('move on');

/** What the grammar forbids inside of texts and values: they can be read all the same. */
const harmless = [
  'undefined entity.',
  'malformed character entity.',
  'empty entity name.',
  'disallowed character in entity name.',
  'disallowed character.',
  'duplicate attribute',
  'malformed comment.',
  'the string "]]>"',
  'text data outside of root node.',
  'inappropriately located doctype',
  'documents may contain only one root.',
  'an XML declaration must be at the start',
  'the XML declaration must appear',
  'XML declaration',
  'did not expect any more name/value pairs.',
  'expected ',
  'value ',
  'version number',
  'encoding value',
  'standalone value',
  'whitespace required.',
  'processing instruction',
  'The character ? is disallowed',
];

/**
 * Reads an XML document piece by piece with saxes, which knows the grammar, never opens another file and expands none but the
 * five entities of XML. Where the grammar is broken, a new parser goes on at the next tag, so that damage to one element does
 * not spread. Between two tags, as long as nothing was out of order, plain ones are read without it. Memory: one tag.
 */
export class XmlReader {
  readonly places = new XmlPlaces();
  readonly #handler: XmlHandler;
  readonly #neverNested: ReadonlySet<string>;
  readonly #limits: Limits;
  /** Names of the open elements. */
  readonly #open: string[];
  /** Those of them whose tag is broken: they end where the next of their name starts. */
  readonly #brokenOpen = new Set<number>();
  #parser: SaxesParser;
  /** Position in the text at which the parser's own counting starts. */
  #parserStart = 0;
  /** The text from the last tag that is not complete on. */
  #text = '';
  #textStart = 0;
  /** Position of an opening tag whose end has not come yet, and its name. */
  #tag: OpenTag | undefined;
  /** Where the next parser starts looking. */
  #next = 0;
  #sawRoot: boolean;
  #wantsTag = false;
  /** What ends the comment or the character data that the text is in. */
  #passing: string | undefined;
  /** The stretch that was looked through for traps, and the one at its end. */
  #known: { readonly from: number; readonly to: number; readonly trap: Trap | undefined } = noTrap;
  #started = false;
  readonly #plainTags = new PlainTags();
  /** Whether plain tags are read without the parser: not behind damage, where what the parser thinks is open counts. */
  #mayHurry: boolean;
  /** Position behind the tag that the parser read last. */
  #tagEnd = -1;
  /** Position behind the next `>`, as far as it was looked for. */
  #nextTagEnd = -1;
  /** Tags that were read without the parser, which it is told before it goes on. */
  readonly #untold: string[] = [];
  #isTelling = false;

  constructor(handler: XmlHandler, { around = [], neverNested, limits, slowly = false }: XmlReaderOptions) {
    this.#handler = handler;
    this.#neverNested = neverNested;
    this.#limits = { ...defaultLimits, ...limits };
    this.#open = [...around];
    this.#sawRoot = around.length > 0;
    this.#mayHurry = !slowly;
    this.#parser = this.#newParser(this.#sawRoot);
  }

  /** Names of the open elements, from the root on. */
  get around(): readonly string[] {
    return this.#open;
  }

  /** Position of a tag that is not complete. */
  get openTagAt(): number | undefined {
    return this.#tag?.at;
  }

  read(piece: XmlPiece): void {
    if (!this.#started) {
      this.#started = true;
      this.#textStart = piece.charOffset;
      this.#parserStart = piece.charOffset;
      this.#next = piece.charOffset;
    }
    this.places.add(piece);
    this.#text += piece.text;
    this.#advance(false);
    this.#forget();
    if (this.#text.length > this.#limits.maxElementBytes) {
      throw this.#error('SF-P113', `A tag is longer than the limit of ${this.#limits.maxElementBytes} bytes.`);
    }
  }

  /** The document has no more text. Returns what is missing in a full sentence, or undefined when it is complete. */
  end(): string | undefined {
    this.#advance(true);
    const tag = this.#tag;
    const rest = this.#text.slice(this.#next - this.#textStart).trim();
    if (tag !== undefined) this.#breakTag('The document ends in the middle of this tag.');
    const unclosed = this.#open.at(-1);
    const inside = this.#open.length;
    while (this.#open.length > 0) this.#closeTop(this.#end, true);
    if (!this.#sawRoot) return 'The document has no element.';
    if (tag !== undefined) return `The document ends in the middle of the tag <${tag.name}>.`;
    if (inside > 0) return `The document ends before </${unclosed}>.`;
    return rest.startsWith('<') ? 'The document ends in the middle of a comment or a tag.' : undefined;
  }

  /** Position behind what was read. */
  get #end(): number {
    return this.#textStart + this.#text.length;
  }

  /** Gives the parser all that is at hand; after damage a new one goes on. */
  #advance(isLast: boolean): void {
    while (this.#next < this.#end) {
      if (this.#wantsTag && !this.#skipToTag()) return;
      if (this.#mayHurry && this.#next === this.#tagEnd && this.#open.length > 0) this.#hurry();
      const from = this.#next;
      const trap = this.#trapBefore(this.#end, isLast);
      const stop = trap?.at ?? this.#end;
      const to = this.#mayHurry ? Math.min(stop, this.#behindNextTag()) : stop;
      this.#next = to;
      if (to > from && !this.#give(this.#text.slice(from - this.#textStart, to - this.#textStart), from)) continue;
      if (to < stop) continue;
      if (trap === undefined || trap.kind === 'open') return;
      if (trap.kind === 'ampersand') this.#passAmpersand();
      else this.#passInstruction();
    }
  }

  /** Reads plain tags, and the white space between them, up to the first thing that is something else. */
  #hurry(): void {
    const text = this.#text;
    let at = this.#next - this.#textStart;
    for (;;) {
      let start = at;
      while (isSpace(text.charCodeAt(start))) start += 1;
      if (start === text.length) at = start;
      if (text.charCodeAt(start) !== 0x3c) {
        if (start < text.length) this.#handler.text?.(this.#textStart + start);
        break;
      }
      const tag = this.#plainTags.at(text, start);
      if (tag === undefined || (tag.kind === 'end' && (this.#open.length < 2 || this.#open.at(-1) !== tag.name))) break;
      at = tag.end;
      if (tag.kind === 'end') {
        this.#closeTop(this.#textStart + at, false);
        // Elements that were opened and closed in the meantime are none of the parser's business.
        if (this.#untold.at(-1) === `<${tag.name}>`) this.#untold.pop();
        else this.#untold.push(`</${tag.name}>`);
        continue;
      }
      this.#enter({ name: tag.name, attributes: tag.attributes, at: this.#textStart + start });
      if (tag.kind === 'empty') this.#closeTop(this.#textStart + at, false);
      else this.#untold.push(`<${tag.name}>`);
      // It began inside of one of its own name.
      if (!this.#mayHurry) break;
    }
    this.#parserStart += this.#textStart + at - this.#next;
    this.#next = this.#textStart + at;
    this.#tagEnd = this.#next;
  }

  /** The parser learns which elements are open. */
  #catchUp(): void {
    if (this.#untold.length === 0) return;
    const text = this.#untold.join('');
    this.#untold.length = 0;
    this.#isTelling = true;
    this.#parser.write(text);
    this.#isTelling = false;
    this.#parserStart -= text.length;
  }

  /** Position behind the next `>`: where the parser may have read a tag. */
  #behindNextTag(): number {
    if (this.#nextTagEnd <= this.#next) {
      const at = this.#text.indexOf('>', this.#next - this.#textStart);
      this.#nextTagEnd = at === -1 ? this.#end : this.#textStart + at + 1;
    }
    return this.#nextTagEnd;
  }

  /** Hands text to the parser. False when there was damage in it: then a new parser goes on behind that. */
  #give(text: string, from: number): boolean {
    try {
      this.#catchUp();
      this.#parser.write(text);
      this.#lookForSwallowedTags();
      return true;
    } catch (error) {
      if (error !== moveOn) throw error;
      this.#mayHurry = false;
      // A tag that is given up may have begun in an earlier piece: what it swallowed is read again.
      if (!this.#wantsTag) this.#next = Math.max(this.#next, from + 1);
      this.#restart();
      return false;
    }
  }

  /** The first trap from here on; what is known of it is kept, because reading often starts anew before it. */
  #trapBefore(end: number, isLast: boolean): Trap | undefined {
    const { from, to, trap } = this.#known;
    if (trap !== undefined && trap.kind !== 'open' && from <= this.#next && this.#next <= trap.at) return trap;
    const isClean = from <= this.#next && this.#next <= to && trap === undefined;
    const found = this.#lookForTrap(isClean ? to : this.#next, isLast);
    this.#known = { from: isClean ? from : this.#next, to: found?.at ?? end, trap: found };
    return found;
  }

  /**
   * What the parser would read over the ends of tags: a `&` that begins no reference, and a `<?` that begins no processing
   * instruction because another tag comes before its end. `open` as long as its end may still come.
   */
  #lookForTrap(from: number, isLast: boolean): Trap | undefined {
    const text = this.#text;
    landmark.lastIndex = from - this.#textStart;
    for (let match = landmark.exec(text); match !== null; match = landmark.exec(text)) {
      const [found] = match;
      const at = this.#textStart + match.index;
      if (this.#passing !== undefined) {
        if (found === this.#passing) this.#passing = undefined;
        continue;
      }
      if (found === '<!--') this.#passing = '-->';
      else if (found === '<![CDATA[') this.#passing = ']]>';
      else if (found === '&') {
        reference.lastIndex = match.index;
        if (!reference.test(text)) return { kind: 'ampersand', at };
      } else if (found === '<?' && this.#sawRoot) {
        const tag = text.indexOf('<', match.index + 2);
        const close = tag === -1 ? text.indexOf('?>', match.index) : text.slice(match.index, tag).indexOf('?>');
        if (close !== -1) continue;
        return { kind: tag !== -1 || isLast ? 'instruction' : 'open', at };
      }
    }
    return undefined;
  }

  /** Gives the parser what the `&` was meant to be. */
  #passAmpersand(): void {
    const at = this.#next;
    const escaped = '&amp;';
    this.#handler.damage('A & begins no reference; it is taken as it is. Write it as &amp;.', at);
    this.#next = at + 1;
    this.#known = { from: this.#next, to: this.#next, trap: undefined };
    if (this.#give(escaped, at)) this.#parserStart -= escaped.length - 1;
  }

  #passInstruction(): void {
    this.#handler.damage('A processing instruction has no end.', this.#next);
    if (this.#tag !== undefined) this.#breakTag('Another tag starts before this one has ended.');
    this.#next += 2;
    this.#known = { from: this.#next, to: this.#next, trap: undefined };
    this.#passing = undefined;
    this.#wantsTag = true;
    this.#mayHurry = false;
    this.#restart();
  }

  /** No tag holds another: where one does, its own end was overlooked. */
  #lookForSwallowedTags(): void {
    if (this.#tag === undefined) return;
    const next = this.#text.indexOf('<', this.#tag.at + 1 - this.#textStart);
    if (next === -1 || this.#textStart + next >= this.#next) return;
    this.#abandonTag('Another tag starts before this one has ended.');
  }

  /** Moves to the next `<`; false when there is none yet. */
  #skipToTag(): boolean {
    const at = this.#text.indexOf('<', this.#next - this.#textStart);
    this.#next = at === -1 ? this.#end : this.#textStart + at;
    this.#parserStart = this.#next;
    this.#wantsTag = at === -1;
    return at !== -1;
  }

  #restart(): void {
    this.#untold.length = 0;
    this.#parser = this.#newParser(true);
    this.#parserStart = this.#next;
  }

  /** Drops text that nobody needs: all but a tag that is not complete. */
  #forget(): void {
    const last = this.#text.lastIndexOf('<');
    const isOpen = last !== -1 && this.#text.indexOf('>', last) === -1;
    const keep = this.#tag?.at ?? (isOpen ? this.#textStart + last : this.#end);
    const from = Math.min(keep, Math.max(this.#next, this.#textStart));
    this.#text = this.#text.slice(from - this.#textStart);
    this.#textStart = from;
  }

  #newParser(isFragment: boolean): SaxesParser {
    const parser = new SaxesParser({ fragment: isFragment, position: false });
    Object.setPrototypeOf(parser.ENTITIES, fiveEntities);
    parser.on('opentagstart', (tag) => this.#tagStarts(tag as SaxesTagPlain));
    parser.on('opentag', (tag) => this.#tagEnds(tag as SaxesTagPlain));
    parser.on('closetag', (tag) => this.#elementEnds(tag as SaxesTagPlain));
    parser.on('doctype', (text) => {
      if (/<!ENTITY/i.test(text)) this.#handler.entities(this.#position - 1);
    });
    parser.on('error', ({ message }) => this.#fail(message));
    return parser;
  }

  /** Position of the character that the parser reads next. */
  get #position(): number {
    return this.#parserStart + this.#parser.position;
  }

  #tagStarts({ name }: SaxesTagPlain): void {
    if (this.#isTelling) return;
    // The parser has read one character more than the name.
    const at = this.#text.lastIndexOf('<', this.#position - this.#textStart - 2);
    this.#tag = { name, at: this.#textStart + Math.max(at, 0) };
    this.#sawRoot = true;
  }

  #tagEnds({ name, attributes }: SaxesTagPlain): void {
    if (this.#isTelling) return;
    this.#tagEnd = this.#position;
    const at = this.#tag?.at ?? this.#position;
    this.#tag = undefined;
    this.#enter({ name, attributes, at });
  }

  #enter(tag: XmlTag): void {
    if (this.#neverNested.has(tag.name) && this.#open.includes(tag.name)) {
      this.#mayHurry = false;
      if (!this.#brokenOpen.has(this.#open.lastIndexOf(tag.name))) {
        this.#handler.damage(`<${tag.name}> starts before the one before it has ended.`, tag.at);
      }
      this.#closeThrough(tag.name, tag.at, true);
    }
    if (this.#open.length >= this.#limits.maxDepth) {
      throw this.#error('SF-P109', `Elements are nested deeper than the limit of ${this.#limits.maxDepth}.`);
    }
    if (tag.broken !== undefined) this.#brokenOpen.add(this.#open.length);
    this.#open.push(tag.name);
    this.#handler.open(tag);
  }

  /** The parser closes what it thinks is open. The end tag itself says what is. */
  #elementEnds({ name, isSelfClosing }: SaxesTagPlain): void {
    if (this.#isTelling) return;
    this.#tagEnd = this.#position;
    const end = this.#position;
    if (isSelfClosing) {
      this.#closeThrough(name, end, false);
      return;
    }
    const raw = this.#text.slice(this.#text.lastIndexOf('<', end - this.#textStart - 1) + 2, end - this.#textStart - 1);
    const written = raw.trim();
    this.#endTag(written, end);
    if (written === name) return;
    this.#next = end;
    throw moveOn;
  }

  #endTag(name: string, end: number): void {
    const top = this.#open.at(-1);
    if (top === name) {
      this.#closeTop(end, false);
      return;
    }
    if (!this.#open.includes(name)) {
      this.#handler.damage(`</${name}> ends nothing.`, end - 1);
      return;
    }
    this.#handler.damage(`</${name}> comes before </${top}>.`, end - 1);
    this.#closeThrough(name, end, false);
  }

  /** Closes elements up to and with the innermost one of this name. */
  #closeThrough(name: string, end: number, isImplied: boolean): void {
    while (this.#open.length > 0) {
      const isIt = this.#open.at(-1) === name;
      this.#closeTop(end, isImplied || !isIt);
      if (isIt) return;
    }
  }

  #closeTop(end: number, isImplied: boolean): void {
    const name = this.#open.pop();
    this.#brokenOpen.delete(this.#open.length);
    if (name !== undefined) this.#handler.close(name, end, isImplied);
  }

  #fail(message: string): void {
    if (this.#isTelling) throw new Error(`The parser disagrees about what is open: ${message}`);
    const closing = /^unmatched closing tag: (.*)\.$/s.exec(message)?.[1];
    if (closing !== undefined) {
      // It was opened before this parser started.
      this.#endTag(closing, this.#position);
      // The parser takes the end tag for text, which would come up in the next value.
      this.#next = Math.min(this.#position, this.#end);
      throw moveOn;
    }
    const at = this.#position - 1;
    const isLess = this.#text[at - this.#textStart] === '<';
    if (!(isLess && message === 'disallowed character.') && harmless.some((start) => message.startsWith(start))) {
      this.#handler.damage(inWords(message), at);
      return;
    }
    const reason = isLess ? 'Another tag starts before this one has ended.' : inWords(message);
    if (this.#tag !== undefined) this.#abandonTag(reason);
    this.#handler.damage(reason, at);
    this.#next = isLess ? at : Math.min(this.#position, this.#end);
    this.#wantsTag = true;
    throw moveOn;
  }

  /** Goes on at the next tag. */
  #abandonTag(reason: string): never {
    const { at } = this.#tag as OpenTag;
    this.#breakTag(reason);
    this.#next = at + 1;
    this.#wantsTag = true;
    throw moveOn;
  }

  #breakTag(reason: string): void {
    const { name, at } = this.#tag as OpenTag;
    this.#tag = undefined;
    this.#enter({ name, attributes: noAttributes, at, broken: `This <${name}> cannot be read: ${reason}` });
    // Whether it had an end tag is not known; a second one of its name ends those that never stand in each other.
    if (!this.#neverNested.has(name)) this.#closeTop(at, true);
  }

  #error(code: 'SF-P109' | 'SF-P113', message: string): ReadError {
    return new ReadError(code, message, { place: this.places.placeAt(this.#textStart), pointer: '' });
  }
}

const noAttributes: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, string>);

/** The parser's words as a sentence. */
function inWords(message: string): string {
  const sentence = message.endsWith('.') ? message : `${message}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
