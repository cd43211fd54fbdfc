import {
  indexJson,
  type JsonArray,
  type JsonElement,
  type JsonIndex,
  jsonElementBatches,
  locate,
  type PathSegment,
  type Place,
  pointerOf,
  ReadError,
} from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import type { Doubt, Origin } from '../diagnostics/doubt.ts';
import { type RawFinding, Refusal } from '../shell/drafts.ts';
import { bytesFrom, type Rereadable } from './bytes-from.ts';
import { type Damage, findDamage, type Gap, placesOf } from './find-damage.ts';
import { Findings } from './findings.ts';
import { mendedSource } from './mended-source.ts';
import type { Defect } from './strict-scanner.ts';

type PathTest = (path: readonly PathSegment[]) => boolean;

/** What went wrong in the grammar; going past a limit or another encoding is not mended by passing over some bytes. */
const grammarErrors: ReadonlySet<string> = new Set(['SF-P104', 'SF-P105', 'SF-P106', 'SF-P107', 'SF-P114', 'SF-P115']);

/**
 * A JSON report whose large arrays stay in the source and are read element by element, as often as asked. Arrays may be nested
 * in what is kept: those at `[0, 'vulnerabilities']` and `[1, 'vulnerabilities']` are two, each with elements of its own.
 *
 * What is not JSON in those arrays does not end the report: elements that cannot be read are handed on as `broken`, and of a
 * report that ends early everything is read that is complete.
 */
export class JsonReport {
  /** Doubts about what stands outside those arrays. */
  readonly doubt: Doubt;
  readonly #context: ConversionContext;
  readonly #tests: ArrayTests;
  #reading: Reading;
  /** Of arrays with broken elements, up to where those were told: each is told once. */
  readonly #told = new Map<string, number>();

  private constructor(reading: Reading, context: ConversionContext, tests: ArrayTests) {
    this.#reading = reading;
    this.#context = context;
    this.#tests = tests;
    this.doubt = context.doubts.about(this.originOf([]));
  }

  /**
   * Reads the report once. `isLarge` says which arrays stay in the source, `isFindings` which of them hold findings.
   * @throws {ReadError} when the bytes are not one JSON document within the limits, and no findings can be made out
   */
  static async open(context: ConversionContext, isLarge: PathTest, isFindings: PathTest): Promise<JsonReport> {
    const tests = { isLarge, isFindings };
    const reading = await readAround(context, tests);
    const report = new JsonReport(reading, context, tests);
    for (const { pointer, place } of reading.index.duplicates) {
      const doubt = context.doubts.about({ pointer, placeOf: () => place });
      doubt('SF-K202', [], `${pointer} occurs twice; the last one counts.`);
    }
    report.#tellGaps(reading);
    report.#tellRepeats(reading);
    if (reading.end !== undefined) report.#tellEnd(reading.end);
    return report;
  }

  /** The document, with `[]` in place of each array that was left in the source. Once it is mended, there may be more of it. */
  get root(): unknown {
    return this.#reading.index.root;
  }

  /** Whether something was found in it that is not JSON. That may be seen only when the elements are read. */
  get isMended(): boolean {
    return this.#reading.damage !== undefined;
  }

  /** Whether an array at this path was left in the source. */
  has(path: readonly PathSegment[]): boolean {
    return this.#arrayAt(path) !== undefined;
  }

  /** How many elements it has. */
  count(path: readonly PathSegment[]): number {
    const array = this.#arrayAt(path);
    return array === undefined ? 0 : array.count + (this.#isCut(array) ? 1 : 0);
  }

  /** Where a value stands that was kept in `root`. */
  originOf(path: readonly PathSegment[]): Origin {
    const pointer = pointerOf(path);
    return { pointer, placeOf: (inner) => this.#reading.index.placeOf(pointerOf([...path, ...inner])) };
  }

  /**
   * Its elements in order, each parsed on its own. None where there is no such array. Those that are not JSON have no value and
   * are `broken`; each is told when it is read for the first time.
   */
  elements(path: readonly PathSegment[]): Findings {
    return new Findings(() => this.#batches(path));
  }

  async *#batches(path: readonly PathSegment[]): AsyncGenerator<readonly RawFinding[]> {
    const first = this.#arrayAt(path);
    if (first === undefined) return;
    let done = 0;
    for (;;) {
      try {
        for await (const batch of this.#read(path, done)) {
          for (const [at, raw] of batch.entries())
            if (raw.broken !== undefined) this.#tellOnce(raw, path, first, done + at);
          yield batch;
          done += batch.length;
        }
        return;
      } catch (error) {
        // Whole arrays are passed over without looking at what separates their elements: only here it is seen.
        if (this.#reading.damage !== undefined || !isGrammar(error)) throw error;
        await this.#mend(error);
      }
    }
  }

  async *#read(path: readonly PathSegment[], from: number): AsyncGenerator<readonly RawFinding[]> {
    const { source, end } = this.#reading;
    const array = this.#arrayAt(path);
    if (array === undefined) return;
    const { signal } = this.#context.options;
    for await (const elements of jsonElementBatches(source, array, { signal, keepBroken: true })) {
      const batch: RawFinding[] = [];
      for (const element of elements) if (element.index >= from) batch.push(this.#finding(array, element));
      if (batch.length > 0) yield batch;
    }
    if (end === undefined || !this.#isCut(array) || from > array.count) return;
    const origin: Origin = { pointer: `${array.pointer}/${array.count}`, placeOf: () => end.place };
    yield [{ value: undefined, origin, broken: new Refusal('The report ends in the middle of this finding.') }];
  }

  #finding(array: JsonArray, element: JsonElement): RawFinding {
    const { damage, gaps } = this.#reading;
    const { value, error } = element;
    const origin = new ElementOrigin(array, element);
    const gap = gaps.size === 0 ? undefined : gaps.get(element.byteOffset);
    if (gap !== undefined) return { value: undefined, origin, broken: new Refusal(notJson(gap.defect.message)) };
    if (error === undefined) return { value, origin };
    if (damage === undefined && error.code !== 'SF-P104') throw error;
    return { value: undefined, origin, broken: new Refusal(notJson(error.message)) };
  }

  /** Looks for what is not JSON, element by element, and reads the report anew without it. */
  async #mend(error: ReadError): Promise<void> {
    const before = this.#reading.arrays;
    const reading = await readMended(this.#context, this.#tests, error);
    this.#reading = reading;
    this.#tellGaps(reading);
    this.#tellRepeats(reading);
    for (const { path, pointer, place } of reading.arrays.values()) {
      if (before.has(pointer) || !this.#tests.isFindings(path)) continue;
      const doubt = this.#context.doubts.about({ pointer, placeOf: () => place });
      doubt(
        'SF-K203',
        [],
        `The damage hid ${pointer}, whose findings are not converted. Correct it and convert again.`,
      );
      this.#context.doubts.endedEarly();
    }
    if (reading.end !== undefined) this.#tellEnd(reading.end);
  }

  #tellOnce({ origin, broken }: RawFinding, path: readonly PathSegment[], { pointer }: JsonArray, index: number): void {
    if (index < (this.#told.get(pointer) ?? 0)) return;
    this.#told.set(pointer, index + 1);
    // What else stands in the report was told when it was blanked out.
    if (!this.#tests.isFindings(path) && this.#reading.damage !== undefined) return;
    this.#context.doubts.about(origin)('SF-K109', [], (broken as Refusal).reason);
  }

  /** What is passed over without being a finding. */
  #tellGaps({ damage, places, arrays }: Reading): void {
    const lists = [...arrays.values()].filter(({ path }) => this.#tests.isFindings(path));
    for (const { isElement, start: from, defect } of damage?.gaps ?? []) {
      if (isElement && lists.some(({ start, end }) => start <= from && from <= end)) continue;
      const placeOf = () => places.get(defect.byteOffset);
      this.#context.doubts.about({ pointer: '', placeOf })('SF-K204', [], `${defect.message} It is passed over.`);
    }
  }

  /** Two findings that became one: it is converted, and nobody could say that the other one is missing. */
  #tellRepeats({ repeats, places, arrays }: Reading): void {
    for (const { byteOffset, message } of repeats) {
      const list = [...arrays.values()].find(({ start, end }) => start <= byteOffset && byteOffset <= end);
      if (list === undefined || !this.#tests.isFindings(list.path)) continue;
      const origin: Origin = { pointer: list.pointer, placeOf: () => places.get(byteOffset) };
      this.#context.doubts.about(origin)('SF-K202', [], message);
    }
  }

  #tellEnd({ message, pointer, place }: EarlyEnd): void {
    this.#context.doubts.about({ pointer, placeOf: () => place })('SF-K203', [], message);
    this.#context.doubts.endedEarly();
  }

  #isCut(array: JsonArray): boolean {
    return this.#reading.end?.cut === array.pointer;
  }

  #arrayAt(path: readonly PathSegment[]): JsonArray | undefined {
    return this.#reading.arrays.get(pointerOf(path));
  }
}

/** The first pass over a report, and how far it went. */
interface Reading {
  /** The report, or what is JSON of it. */
  readonly source: Rereadable;
  readonly index: JsonIndex;
  readonly arrays: ReadonlyMap<string, JsonArray>;
  readonly damage: Damage | undefined;
  /** By the byte that stands in place of an element. */
  readonly gaps: ReadonlyMap<number, Gap>;
  /** Of defects. */
  readonly places: ReadonlyMap<number, Place>;
  readonly end: EarlyEnd | undefined;
  /** Elements with two members of one name, where the grammar was looked at. */
  readonly repeats: readonly Defect[];
}

/** A report that cannot be read to its end. */
interface EarlyEnd {
  readonly message: string;
  readonly pointer: string;
  readonly place: Place;
  /** Pointer of the array in the middle of one of whose elements the report ends. */
  readonly cut: string | undefined;
}

/** What a format's arrays are, by their paths. */
interface ArrayTests {
  readonly isLarge: PathTest;
  readonly isFindings: PathTest;
}

async function readAround(context: ConversionContext, tests: ArrayTests): Promise<Reading> {
  try {
    const reading = await read(context, tests, context.source, undefined);
    return reading.damage === undefined && isWorthProving(reading.index)
      ? await proven(reading, context, tests)
      : reading;
  } catch (error) {
    if (!isGrammar(error)) throw error;
    return readMended(context, tests, error);
  }
}

/**
 * Arrays are passed over by counting brackets, and a quotation mark that is missing in one hides what follows: the next
 * list, the next project. Where that could be one of several, and in small reports, the grammar is looked at first.
 */
function isWorthProving({ arrays, byteLength }: JsonIndex): boolean {
  return byteLength <= quicklyProvenBytes || arrays.some(({ path }) => path.some((step) => typeof step === 'number'));
}

const quicklyProvenBytes = 8e6;

async function proven(reading: Reading, context: ConversionContext, tests: ArrayTests): Promise<Reading> {
  const damage = await findDamage(context.source, tests.isLarge, context.options.signal);
  const isWhole = damage.gaps.length === 0 && damage.cut === undefined;
  if (!isWhole) return readWithout(damage, context, tests);
  const { repeats } = damage;
  return { ...reading, repeats, places: await placesOf(context.source, placesIn(damage)) };
}

async function readMended(context: ConversionContext, tests: ArrayTests, error: ReadError): Promise<Reading> {
  if (await isSecondDocument(context.source, error)) throw error;
  const damage = await findDamage(context.source, tests.isLarge, context.options.signal);
  if (damage.cut !== undefined && context.options.allowTruncated === false) throw error;
  const reading = await readWithout(damage, context, tests);
  // Not one list of findings: this says nothing that could be converted.
  if (!reading.index.arrays.some(({ path }) => tests.isFindings(path))) throw error;
  return reading;
}

function readWithout(damage: Damage, context: ConversionContext, tests: ArrayTests): Promise<Reading> {
  return read(context, tests, mendedSource(context.source, damage), damage);
}

async function read(
  context: ConversionContext,
  { isLarge, isFindings }: ArrayTests,
  source: Rereadable,
  damage: Damage | undefined,
): Promise<Reading> {
  const { limits, signal, allowTruncated = true } = context.options;
  let cut: ReadError | undefined;
  const onTruncated = (error: ReadError) => {
    cut = error;
  };
  const mayEndEarly = allowTruncated && { onTruncated };
  const index = await indexJson(source, { arrays: isLarge, counted: isFindings, limits, signal, ...mayEndEarly });
  // Not one finding was complete: there is nothing to convert.
  const isEmpty = index.arrays.every(({ path, count }) => !isFindings(path) || count === 0);
  if (cut !== undefined && isEmpty && isInside(cut, index)) throw cut;
  // An end that comes too early may be one that was not seen: a quotation mark too many hides it.
  if (cut !== undefined && damage === undefined) return readMended(context, { isLarge, isFindings }, cut);

  const places = await placesOf(context.source, damage === undefined ? [] : placesIn(damage));
  return {
    source,
    index,
    arrays: new Map(index.arrays.map((array) => [array.pointer, array])),
    damage,
    gaps: new Map(damage?.gaps.flatMap((gap) => (gap.isElement ? [[elementOf(gap), gap] as const] : [])) ?? []),
    places,
    end: cut === undefined ? undefined : await earlyEnd(cut, index, source, damage, places),
    repeats: damage?.repeats ?? [],
  };
}

/** Where the defects are. */
function placesIn({ gaps, cut, repeats }: Damage): number[] {
  const defects = [...gaps.map(({ defect }) => defect), ...repeats, ...(cut === undefined ? [] : [cut.defect])];
  return defects.map(({ byteOffset }) => byteOffset);
}

/** Where the element stands that was put in place of what is not JSON. */
function elementOf({ puts }: Gap): number {
  return puts.find(({ byte }) => byte === 0x30)?.byteOffset ?? -1;
}

async function earlyEnd(
  cut: ReadError,
  index: JsonIndex,
  source: Rereadable,
  damage: Damage | undefined,
  places: ReadonlyMap<number, Place>,
): Promise<EarlyEnd> {
  const unreadable = damage?.cut?.defect;
  const { pointer, place = { byteOffset: 0, line: 1, column: 1 } } = cut.diagnostic;
  const last = index.arrays.at(-1);
  const isInLast = last !== undefined && isInside(cut, index);
  const isCut = unreadable !== undefined || (isInLast && (await hasMore(source, last.end)));
  return {
    message:
      unreadable === undefined
        ? cut.message
        : `${unreadable.message} What follows cannot be made out; the findings before it are converted.`,
    pointer,
    place: (unreadable && places.get(unreadable.byteOffset)) ?? place,
    cut: isInLast && isCut ? last.pointer : undefined,
  };
}

/** Whether an array that is left in the source is the last thing that was read. */
function isInside({ diagnostic }: ReadError, { arrays }: JsonIndex): boolean {
  const last = arrays.at(-1);
  return last !== undefined && diagnostic.pointer.startsWith(`${last.pointer}/`);
}

/** Whether a document was whole and another one follows: that is not damage, but two reports. */
async function isSecondDocument(source: Rereadable, { code, diagnostic }: ReadError): Promise<boolean> {
  if (code !== 'SF-P107' || diagnostic.place === undefined) return false;
  for await (const chunk of bytesFrom(source, diagnostic.place.byteOffset))
    return chunk[0] === 0x7b || chunk[0] === 0x5b;
  return false;
}

/** Whether something else than white space and a comma follows: the beginning of an element. */
async function hasMore(source: Rereadable, from: number): Promise<boolean> {
  for await (const chunk of bytesFrom(source, from)) {
    if (chunk.some((byte) => byte > 0x20 && byte !== 0x2c)) return true;
  }
  return false;
}

function isGrammar(error: unknown): error is ReadError {
  return error instanceof ReadError && grammarErrors.has(error.code);
}

function notJson(reason: string): string {
  return `This finding is not JSON: ${reason}`;
}

/** Where an element stands. Its place is only known until the next element is read. */
class ElementOrigin implements Origin {
  readonly #array: JsonArray;
  readonly #element: JsonElement;

  constructor(array: JsonArray, element: JsonElement) {
    this.#array = array;
    this.#element = element;
  }

  get pointer(): string {
    return `${this.#array.pointer}/${this.#element.index}`;
  }

  placeOf(path: readonly PathSegment[]): Place {
    return this.#element.placeAt(locate(this.#element.bytes, path));
  }
}
