import { type Limits, type PathSegment, type Place, pointerOf } from '@sariflow/sarif';
import type { Origin } from '../diagnostics/doubt.ts';
import type { Rereadable } from '../reading/bytes-from.ts';
import { elementText } from '../reading/xml/element-text.ts';
import type { XmlEncoding } from '../reading/xml/xml-encoding.ts';
import { type XmlPiece, type XmlStart, xmlPieces } from '../reading/xml/xml-pieces.ts';
import type { XmlPlaces } from '../reading/xml/xml-places.ts';
import { type XmlHandler, XmlReader, type XmlTag } from '../reading/xml/xml-reader.ts';
import type { ScanType } from './scan-type.ts';

/** An element with all that is in it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  /** The text in it, of elements that are written for their text. */
  readonly text?: string | undefined;
  /** Position of its `<`. */
  readonly at: number;
  readonly broken: string | undefined;
}

/** What the category around a flaw says about its rule. */
export interface DetailedCategory {
  readonly attributes: Readonly<Record<string, string>>;
  readonly description: readonly string[];
  readonly recommendations: readonly string[];
}

/** What the weakness around a flaw says about its rule. */
export interface DetailedWeakness {
  readonly attributes: Readonly<Record<string, string>>;
  readonly description: readonly string[];
}

/** One `flaw`, with what is around it. */
export interface FlawEntry {
  readonly type: ScanType;
  readonly node: XmlNode;
  readonly category: DetailedCategory | undefined;
  readonly weakness: DetailedWeakness | undefined;
  readonly origin: Origin;
}

/** One `vulnerability` of a component. */
export interface VulnerabilityEntry {
  readonly type: 'SCA';
  readonly node: XmlNode;
  readonly component: XmlNode;
  readonly origin: Origin;
}

export type DetailedEntry = FlawEntry | VulnerabilityEntry;

/** What the first pass learns, besides the findings. */
export interface DetailedWatcher {
  /** An element that is around findings, or beside them. */
  element(name: string, attributes: Readonly<Record<string, string>>, around: readonly string[]): void;
  damage(message: string, origin: Origin): void;
  /** A finding cannot be read; it comes all the same. */
  broken(message: string, origin: Origin): void;
  /** A document type that declares entities. */
  entities(place: Place): void;
  /** Where the list of components starts. */
  components(start: XmlStart): void;
  /** The document is not complete. */
  endsEarly(message: string, origin: Origin): void;
}

/** What to read. */
export interface DetailedPass {
  readonly encoding: XmlEncoding;
  /** Where to start, and what is around that place. Default: the beginning. */
  readonly from?: XmlStart | undefined;
  readonly around?: readonly string[] | undefined;
  /** Position at which nothing of interest comes any more. */
  readonly until?: number | undefined;
  readonly watcher?: DetailedWatcher | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly signal?: AbortSignal | undefined;
}

const neverNested = new Set(['severity', 'category', 'cwe', 'flaw', 'component', 'vulnerability', ...flawLists()]);

/**
 * The findings of a detailed report in their order, in batches. Where one stands is known until the next batch is asked for.
 * Memory: one batch, or one component with its vulnerabilities.
 */
export async function* detailedEntries(
  source: Rereadable,
  pass: DetailedPass,
): AsyncGenerator<readonly DetailedEntry[]> {
  const { encoding, limits, signal, until = Number.POSITIVE_INFINITY } = pass;
  const from = pass.from ?? { byteOffset: encoding.markBytes, charOffset: 0, line: 1, lineStart: 0 };
  const builder = new EntryBuilder(pass);
  for await (const piece of xmlPieces(source, encoding, from, limits?.maxStringBytes)) {
    signal?.throwIfAborted();
    builder.places.dropBefore(builder.neededFrom(piece.charOffset));
    builder.read(piece);
    if (builder.hasEntries) yield builder.take();
    if (piece.charOffset > until) return;
  }
  builder.end();
  if (builder.hasEntries) yield builder.take();
}

function flawLists(): readonly string[] {
  return ['staticflaws', 'dynamicflaws', 'manualflaws'];
}

const typeOfList: ReadonlyMap<string, ScanType> = new Map([
  ['staticflaws', 'STATIC'],
  ['dynamicflaws', 'DYNAMIC'],
  ['manualflaws', 'MANUAL'],
]);

/** What stands in each list. */
const listed: ReadonlyMap<string, string> = new Map([
  ...flawLists().map((list) => [list, 'flaw'] as const),
  ['vulnerable_components', 'component'],
]);

/** Elements whose texts describe the category or the weakness that they are in. */
const textLists = new Set(['desc', 'recommendations', 'description']);
const texts = new Set(['para', 'bulletitem', 'text']);
/** Elements in a flaw that are written for their text: what people say about flaws that they found themselves. */
const spoken = new Set(['exploit_desc', 'severity_desc', 'remediation_desc', 'note', 'description', 'code']);

/** An open element. Its pointer is only put together when somebody asks. */
class Level {
  readonly #parent: Level | undefined;
  readonly #name: string;
  readonly #index: number;
  /** How many elements of each name it holds so far. */
  #counts: Map<string, number> | undefined;

  constructor(parent?: Level, name = '', index = 0) {
    this.#parent = parent;
    this.#name = name;
    this.#index = index;
  }

  enter(name: string): Level {
    this.#counts ??= new Map();
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    return new Level(this, name, count);
  }

  get pointer(): string {
    if (this.#parent === undefined) return '';
    const { pointer } = this.#parent;
    return pointer + pointerOf(pointer === '' ? [this.#name] : [this.#name, this.#index]);
  }
}

class EntryBuilder implements XmlHandler {
  readonly #watcher: DetailedWatcher | undefined;
  readonly #reader: XmlReader;
  readonly #levels: Level[] = [];
  readonly #ready: DetailedEntry[] = [];
  /** The open flaw or component, and the elements that are open in it. */
  readonly #nodes: XmlNode[] = [];
  #list: ScanType | undefined;
  #saidUnreadable = false;
  #category: { attributes: XmlNode['attributes']; description: string[]; recommendations: string[] } | undefined;
  #weakness: { attributes: XmlNode['attributes']; description: string[] } | undefined;
  /** Where the texts go that come now. */
  #texts: string[] | undefined;

  constructor({ watcher, around, limits }: DetailedPass) {
    this.#watcher = watcher;
    this.#reader = new XmlReader(this, { neverNested, limits, ...(around !== undefined && { around }) });
    this.#levels.push(new Level());
    for (const name of around ?? []) this.#enter(name);
  }

  get places(): XmlPlaces {
    return this.#reader.places;
  }

  read(piece: XmlPiece): void {
    this.#reader.read(piece);
    if (this.#saidUnreadable || this.#watcher === undefined) return;
    const at = piece.text.indexOf('\ufffd');
    if (at === -1 || isWellFormed(piece)) return;
    this.#saidUnreadable = true;
    const message = `Bytes here are not in the encoding ${piece.label}; they are read as \ufffd, and so are others like them.`;
    this.#watcher.damage(message, this.#origin('', piece.charOffset + at));
  }

  end(): void {
    const last = this.#level.pointer;
    const missing = this.#reader.end();
    if (missing === undefined) return;
    const place = this.places.placeAt(Number.POSITIVE_INFINITY);
    this.#watcher?.endsEarly(missing, { pointer: last, placeOf: () => place });
  }

  get hasEntries(): boolean {
    return this.#ready.length > 0;
  }

  take(): DetailedEntry[] {
    return this.#ready.splice(0);
  }

  /** From where on the text may still be asked for. */
  neededFrom(next: number): number {
    return Math.min(next, this.#nodes[0]?.at ?? next, this.#reader.openTagAt ?? next);
  }

  open(tag: XmlTag): void {
    const name = localName(tag.name);
    const level = this.#enter(name);
    const { attributes, at, broken } = tag;
    if (this.#nodes.length > 0) {
      const node: XmlNode = { name, attributes, children: [], at, broken };
      this.#nodes.at(-1)?.children.push(node);
      this.#nodes.push(node);
      return;
    }
    this.#watchList(name, level, at);
    if (name === 'flaw' || name === 'component') {
      this.#nodes.push({ name, attributes, children: [], at, broken });
      return;
    }
    if (broken !== undefined) this.#watcher?.damage(broken, this.#origin(level.pointer, at));
    this.#watcher?.element(name, attributes, this.#reader.around);
    if (name === 'software_composition_analysis') this.#watcher?.components(this.places.startAt(at));
    this.#describe(name, attributes);
  }

  close(tagName: string, end: number): void {
    const name = localName(tagName);
    const level = this.#levels.pop() as Level;
    const node = this.#nodes.pop();
    if (node !== undefined) {
      if (this.#nodes.length === 0) this.#finish(node, level, end);
      else if (spoken.has(node.name)) this.#listen(node, end);
      return;
    }
    if (name === 'category') this.#category = undefined;
    if (name === 'cwe') this.#weakness = undefined;
    if (typeOfList.has(name)) this.#list = undefined;
    if (textLists.has(name)) this.#texts = undefined;
  }

  damage(message: string, at: number): void {
    this.#watcher?.damage(message, this.#origin(this.#level.pointer, at));
  }

  text(at: number): void {
    const list = localName(this.#reader.around.at(-1) ?? '');
    if (!listed.has(list)) return;
    const message = `Text stands in <${list}>, where tags were expected. It may be what is left of a finding.`;
    this.damage(message, at);
  }

  entities(at: number): void {
    this.#watcher?.entities(this.places.placeAt(at));
  }

  /** In a list of findings something else stands only where one is damaged. */
  #watchList(name: string, level: Level, at: number): void {
    if (this.#watcher === undefined) return;
    const list = localName(this.#reader.around.at(-2) ?? '');
    const expected = listed.get(list);
    if (expected === undefined) return;
    if (name !== expected) this.#misplaced(name, list, expected, level, at);
  }

  #misplaced(name: string, list: string, expected: string, level: Level, at: number): void {
    const message = `<${name}> stands in <${list}>, where <${expected}> was expected. It is not converted.`;
    this.#watcher?.damage(message, this.#origin(level.pointer, at));
  }

  #describe(name: string, attributes: XmlNode['attributes']): void {
    if (name === 'category') {
      this.#category = { attributes, description: [], recommendations: [] };
      this.#weakness = undefined;
    } else if (name === 'cwe') this.#weakness = { attributes, description: [] };
    else if (name === 'desc') this.#texts = this.#category?.description;
    else if (name === 'recommendations') this.#texts = this.#category?.recommendations;
    else if (name === 'description') this.#texts = this.#weakness?.description;
    else if (texts.has(name)) this.#say(name, attributes['text']);
    else this.#list = typeOfList.get(name) ?? this.#list;
  }

  #say(name: string, text: string | undefined): void {
    if (text === undefined || text.trim() === '') return;
    this.#texts?.push(name === 'bulletitem' ? `- ${text.trim()}` : text.trim());
  }

  #listen(node: XmlNode, end: number): void {
    const text = elementText(this.places.textBetween(node.at, end));
    const siblings = this.#nodes.at(-1)?.children;
    if (text !== undefined) siblings?.splice(-1, 1, { ...node, text });
  }

  #finish(node: XmlNode, level: Level, end: number): void {
    if (node.name === 'component') {
      const misnamed = childrenIn(node, 'vulnerabilities').find(({ name }) => name !== 'vulnerability');
      if (misnamed !== undefined)
        this.#misplaced(misnamed.name, 'vulnerabilities', 'vulnerability', level, misnamed.at);
      for (const [path, vulnerability] of vulnerabilitiesOf(node)) {
        const origin = new NodeOrigin(level, path, vulnerability, end, this.places);
        this.#add({ type: 'SCA', node: vulnerability, component: node, origin });
      }
      return;
    }
    this.#add({
      type: this.#list ?? typeOfFlaw(node),
      node,
      category: this.#category,
      weakness: this.#weakness,
      origin: new NodeOrigin(level, [], node, end, this.places),
    });
  }

  #add(entry: DetailedEntry): void {
    const { node, origin } = entry;
    if (node.broken !== undefined) this.#watcher?.broken(node.broken, origin);
    this.#ready.push(entry);
  }

  #enter(name: string): Level {
    const level = this.#level.enter(name);
    this.#levels.push(level);
    return level;
  }

  /** The innermost open element. */
  get #level(): Level {
    return this.#levels.at(-1) as Level;
  }

  #origin(pointer: string, at: number): Origin {
    return { pointer, placeOf: () => this.places.placeAt(at) };
  }
}

/** Where a finding stands. Known until the next piece of the document is read. */
class NodeOrigin implements Origin {
  readonly #level: Level;
  readonly #path: readonly PathSegment[];
  readonly #node: XmlNode;
  readonly #end: number;
  readonly #places: XmlPlaces;

  /** `path` leads from the open element to the node. */
  constructor(level: Level, path: readonly PathSegment[], node: XmlNode, end: number, places: XmlPlaces) {
    this.#level = level;
    this.#path = path;
    this.#node = node;
    this.#end = end;
    this.#places = places;
  }

  get pointer(): string {
    return this.#level.pointer + pointerOf(this.#path);
  }

  /** The attribute that a path ends with, in the element that it leads to. */
  placeOf(path: readonly PathSegment[]): Place {
    let node = this.#node;
    for (const segment of path) {
      const child = typeof segment === 'number' ? node.children[segment] : childOf(node, segment);
      if (child !== undefined) node = child;
    }
    const name = path.at(-1);
    const start = typeof name === 'string' && Object.hasOwn(node.attributes, name) ? this.#attributeAt(node, name) : 0;
    return this.#places.placeAt(node.at + start);
  }

  #attributeAt(node: XmlNode, name: string): number {
    const text = this.#places.textBetween(node.at, this.#end);
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      const next = text[at + name.length] ?? '';
      if (/\s/.test(text[at - 1] ?? '') && (next === '=' || /\s/.test(next))) return at;
    }
    return 0;
  }
}

/** The first child of a name. */
function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((child) => child.name === name);
}

/** The children of a list such as `mitigations`. */
export function childrenIn(node: XmlNode, list: string): readonly XmlNode[] {
  return childOf(node, list)?.children ?? [];
}

function vulnerabilitiesOf(component: XmlNode): [PathSegment[], XmlNode][] {
  const found: [PathSegment[], XmlNode][] = [];
  const walk = (node: XmlNode, path: readonly PathSegment[]) => {
    for (const child of node.children) {
      if (child.name === 'vulnerability') found.push([[...path, child.name, found.length], child]);
      else walk(child, [...path, child.name]);
    }
  };
  walk(component, []);
  return found;
}

/** Whether the replacement character stands in the document itself. */
function isWellFormed({ bytes, label }: XmlPiece): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    // This is the answer: bytes that the encoding does not have.
    return false;
  }
}

/** A flaw outside of a list, because the list's own tag is broken. */
function typeOfFlaw({ attributes }: XmlNode): ScanType {
  return attributes['url'] !== undefined ? 'DYNAMIC' : attributes['exploit_desc'] !== undefined ? 'MANUAL' : 'STATIC';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
