/** How a JSON document looks: the names of its members, and of the first element of each array. */
export interface Shape {
  readonly kind: 'object' | 'array' | 'scalar';
  readonly members: Map<string, Shape>;
  /** First element of an array that has one. */
  first?: Shape;
  /** Whether it was read to its end. */
  complete: boolean;
  /** Short strings, for what is told by a value, such as a version. */
  readonly text?: string;
}

const mostDepth = 6;
const mostTextLength = 200;

/** The shape of a value that was parsed. */
export function shapeOfValue(value: unknown, depth = 0): Shape {
  if (typeof value !== 'object' || value === null) return scalar(value);
  const shape: Shape = { kind: Array.isArray(value) ? 'array' : 'object', members: new Map(), complete: true };
  if (depth === mostDepth) return shape;
  if (Array.isArray(value)) {
    if (value.length > 0) shape.first = shapeOfValue(value[0], depth + 1);
    return shape;
  }
  for (const [name, member] of Object.entries(value)) shape.members.set(name, shapeOfValue(member, depth + 1));
  return shape;
}

function scalar(value: unknown): Shape {
  const text = typeof value === 'string' && value.length <= mostTextLength ? { text: value } : {};
  return { kind: 'scalar', members: new Map(), complete: true, ...text };
}

/** What the beginning of a JSON text shows. */
export interface HeadShape {
  readonly shape: Shape | undefined;
  /** What follows the document, when it ends within the head: more than white space means a second document. */
  readonly trailing: string;
}

/** The shape of the beginning of a JSON text, as far as it goes. What is not JSON ends it; others judge that. */
export function shapeOfHead(text: string): HeadShape {
  const reader = new HeadReader(text);
  return { shape: reader.read(), trailing: reader.rest() };
}

/** Thrown inside the reader where the head ends, or is no JSON: the shapes built so far stay, marked as incomplete. */
const endOfHead = new Error('end of head');

/** Numbers, true, false and null. */
const word = /[-+.\w]+/y;

class HeadReader {
  readonly #text: string;
  #at = 0;
  #root: Shape | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Shape | undefined {
    try {
      this.#value(0, (shape) => {
        this.#root = shape;
      });
    } catch (error) {
      if (error !== endOfHead) throw error;
    }
    return this.#root;
  }

  rest(): string {
    return this.#root?.complete === true ? this.#text.slice(this.#at).trim() : '';
  }

  #value(depth: number, found: (shape: Shape) => void): void {
    const first = this.#peek();
    if (first === '{' || first === '[') {
      const shape: Shape = { kind: first === '{' ? 'object' : 'array', members: new Map(), complete: false };
      found(shape);
      this.#at += 1;
      if (depth >= mostDepth) this.#skipNested();
      else if (first === '{') this.#members(shape, depth);
      else this.#elements(shape, depth);
      shape.complete = true;
      return;
    }
    if (first === '"') {
      found(scalar(this.#string()));
      return;
    }
    word.lastIndex = this.#at;
    if (!word.test(this.#text)) throw endOfHead;
    this.#at = word.lastIndex;
    found(scalar(undefined));
  }

  #members(shape: Shape, depth: number): void {
    if (this.#peek() === '}') {
      this.#at += 1;
      return;
    }
    for (;;) {
      if (this.#peek() !== '"') throw endOfHead;
      const name = this.#string();
      if (this.#peek() !== ':') throw endOfHead;
      this.#at += 1;
      this.#value(depth + 1, (member) => shape.members.set(name, member));
      if (this.#separator() === '}') return;
    }
  }

  #elements(shape: Shape, depth: number): void {
    if (this.#peek() === ']') {
      this.#at += 1;
      return;
    }
    this.#value(depth + 1, (first) => {
      shape.first = first;
    });
    while (this.#separator() !== ']') {
      // Where the first element says nothing, the next one that does counts.
      const isSilent = shape.first?.kind === 'scalar' && this.#peek() === '{';
      if (!isSilent) this.#value(mostDepth, () => {});
      else
        this.#value(depth + 1, (element) => {
          shape.first = element;
        });
    }
  }

  #separator(): string {
    const separator = this.#peek();
    this.#at += 1;
    if (separator !== ',' && separator !== '}' && separator !== ']') throw endOfHead;
    return separator;
  }

  /** Past the end of an object or array whose bracket was just read. */
  #skipNested(): void {
    for (let open = 1; open > 0; ) {
      const character = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(character)) throw endOfHead;
      if (character === 0x22) this.#skipString();
      else {
        if (character === 0x7b || character === 0x5b) open += 1;
        if (character === 0x7d || character === 0x5d) open -= 1;
        this.#at += 1;
      }
    }
  }

  #skipString(): void {
    let end = this.#text.indexOf('"', this.#at + 1);
    while (end !== -1 && isEscaped(this.#text, end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) throw endOfHead;
    this.#at = end + 1;
  }

  #string(): string {
    const start = this.#at;
    this.#skipString();
    const raw = this.#text.slice(start + 1, this.#at - 1);
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      // A broken escape: the reader of the whole document says so, with its place.
      throw endOfHead;
    }
  }

  #peek(): string {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
    const character = this.#text[this.#at];
    if (character === undefined) throw endOfHead;
    return character;
  }
}

/** White space of JSON, and a byte order mark. */
function isSpace(character: number): boolean {
  return character === 0x20 || (character >= 0x09 && character <= 0x0d) || character === 0xfeff;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
