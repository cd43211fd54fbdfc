/** A tag that is as nearly all tags are: see `PlainTags`. */
export interface PlainTag {
  readonly kind: 'start' | 'end' | 'empty';
  readonly name: string;
  /** Without a prototype: `__proto__` is a name like any other. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Position behind its `>`. */
  readonly end: number;
}

/** More attributes than any element has. */
const mostAttributes = 200;
/** More elements than any format has names for. */
const mostKnown = 200;

/** Where names and values start and end. */
const marks = new Int32Array(mostAttributes * 4);

const inName = new Uint8Array(128);
const startsName = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') {
  inName[character.charCodeAt(0)] = 1;
  startsName[character.charCodeAt(0)] = 1;
}
for (const character of '0123456789.-') inName[character.charCodeAt(0)] = 1;

/** Characters that are allowed in every version of XML and stand for themselves in a value. */
const unusual = /[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd]/;
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/y;
const meaning: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const noAttributes: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, string>);

/**
 * Reads tags that are written without anything unusual, several times faster than a parser that goes from state to state: quotation
 * marks are looked for natively, and names are compared with those of the last element of the same name. What is unusual is left to
 * the parser, which knows the grammar: this knows only what needs no thought.
 */
export class PlainTags {
  /** Names of the attributes of the last element of each name, in their order. */
  readonly #known = new Map<string, readonly string[]>();

  /** The tag whose `<` stands at a position; undefined when it is unusual, wrong, or not complete. */
  at(text: string, start: number): PlainTag | undefined {
    let at = start + 1;
    const isEnd = text.charCodeAt(at) === 0x2f;
    if (isEnd) at += 1;
    const nameEnd = endOfName(text, at);
    if (nameEnd === at) return undefined;
    const name = text.slice(at, nameEnd);
    at = nameEnd;
    if (isEnd) {
      return text.charCodeAt(at) === 0x3e ? { kind: 'end', name, attributes: noAttributes, end: at + 1 } : undefined;
    }
    const expected = this.#known.get(name);
    let isAsExpected = true;
    let count = 0;
    for (;;) {
      const before = at;
      while (isSpace(text.charCodeAt(at))) at += 1;
      const code = text.charCodeAt(at);
      if (code === 0x3e || code === 0x2f) break;
      if (at === before || count === mostAttributes) return undefined;
      const known = isAsExpected ? expected?.[count] : undefined;
      const isKnown = known !== undefined && text.startsWith(known, at) && text.charCodeAt(at + known.length) === 0x3d;
      if (!isKnown) isAsExpected = false;
      const end = isKnown ? at + known.length : endOfName(text, at);
      if (end === at || text.charCodeAt(end) !== 0x3d) return undefined;
      const quote = text.charCodeAt(end + 1);
      if (quote !== 0x22 && quote !== 0x27) return undefined;
      const valueEnd = text.indexOf(quote === 0x22 ? '"' : "'", end + 2);
      if (valueEnd === -1) return undefined;
      marks[count * 4] = at;
      marks[count * 4 + 1] = end;
      marks[count * 4 + 2] = end + 2;
      marks[count * 4 + 3] = valueEnd;
      count += 1;
      at = valueEnd + 1;
    }
    const isEmpty = text.charCodeAt(at) === 0x2f;
    if (isEmpty) at += 1;
    if (text.charCodeAt(at) !== 0x3e) return undefined;
    const end = at + 1;
    // A tag inside of a value: a quotation mark is missing.
    const next = text.indexOf('<', start + 1);
    if (next !== -1 && next < end) return undefined;
    const kind = isEmpty ? 'empty' : 'start';
    if (count === 0) return { kind, name, attributes: noAttributes, end };

    isAsExpected &&= expected?.length === count;
    const attributes = attributesOf(text, start, end, count, isAsExpected ? expected : undefined);
    if (attributes === undefined) return undefined;
    if (!isAsExpected && (expected !== undefined || this.#known.size < mostKnown)) {
      this.#known.set(name, Object.keys(attributes));
    }
    return { kind, name, attributes, end };
  }
}

/** The attributes that were marked; undefined when there is something unusual about one. `names` when they are known already. */
function attributesOf(
  text: string,
  start: number,
  end: number,
  count: number,
  names: readonly string[] | undefined,
): Readonly<Record<string, string>> | undefined {
  // A text of its own: values are slices, and one that is kept would keep all of the piece that it was cut from.
  const own = ` ${text.slice(start, end)}`;
  const shift = 1 - start;
  const isUsual = !unusual.test(own);
  const hasReferences = own.includes('&');
  const attributes = Object.create(null) as Record<string, string>;
  for (let index = 0; index < count; index += 1) {
    const at = index * 4;
    const name = names?.[index] ?? own.slice((marks[at] as number) + shift, (marks[at + 1] as number) + shift);
    const written = own.slice((marks[at + 2] as number) + shift, (marks[at + 3] as number) + shift);
    if (!isUsual && unusual.test(written)) return undefined;
    const value = hasReferences ? resolved(written) : written;
    if (value === undefined || (names === undefined && attributes[name] !== undefined)) return undefined;
    attributes[name] = value;
  }
  return attributes;
}

/** A value with its references resolved; undefined when one of them is unusual. */
function resolved(written: string): string | undefined {
  let at = written.indexOf('&');
  if (at === -1) return written;
  let value = '';
  let from = 0;
  for (; at !== -1; at = written.indexOf('&', from)) {
    reference.lastIndex = at;
    const match = reference.exec(written);
    if (match === null) return undefined;
    const [whole, name, decimal, hexadecimal] = match;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const character = name === undefined ? characterOf(code) : meaning[name];
    if (character === undefined) return undefined;
    value += written.slice(from, at) + character;
    from = at + whole.length;
  }
  return value + written.slice(from);
}

function characterOf(code: number): string | undefined {
  if (code === 0x0a || code === 0x0d || code === 0x09) return String.fromCharCode(code);
  const character = code <= 0xffff ? String.fromCharCode(code) : undefined;
  return character === undefined || unusual.test(character) ? undefined : character;
}

function endOfName(text: string, start: number): number {
  let at = start;
  if (startsName[text.charCodeAt(at)] !== 1) return at;
  do at += 1;
  while (inName[text.charCodeAt(at)] === 1);
  return at;
}

/** Whether this is white space of XML. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}
