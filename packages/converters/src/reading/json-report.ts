import {
  indexJson,
  type JsonArray,
  type JsonElement,
  type JsonIndex,
  jsonElements,
  locate,
  type PathSegment,
  type Place,
  pointerOf,
} from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import type { Doubt, Origin } from '../diagnostics/doubt.ts';
import type { RawFinding } from '../shell/drafts.ts';

/** A JSON report whose large arrays stay in the source and are read element by element, as often as asked. */
export class JsonReport {
  /** The document, with `[]` in place of each array that was left in the source. */
  readonly root: unknown;
  /** Doubts about what stands outside those arrays. */
  readonly doubt: Doubt;
  readonly #index: JsonIndex;
  readonly #context: ConversionContext;

  private constructor(index: JsonIndex, context: ConversionContext) {
    this.root = index.root;
    this.#index = index;
    this.#context = context;
    this.doubt = context.doubts.about({ pointer: '', placeOf: (path) => index.placeOf(pointerOf(path)) });
  }

  /**
   * Reads the report once. `isLarge` says which arrays stay in the source, `isFindings` which of them hold findings.
   * @throws {ReadError} when the bytes are not one JSON document within the limits
   */
  static async open(
    context: ConversionContext,
    isLarge: (path: readonly PathSegment[]) => boolean,
    isFindings: (path: readonly PathSegment[]) => boolean,
  ): Promise<JsonReport> {
    const { limits, signal } = context.options;
    const index = await indexJson(context.source, { arrays: isLarge, counted: isFindings, limits, signal });
    const report = new JsonReport(index, context);
    for (const { pointer, place } of report.#index.duplicates) {
      const doubt = context.doubts.about({ pointer, placeOf: () => place });
      doubt('SF-K202', [], `${pointer} occurs twice; the last one counts.`);
    }
    return report;
  }

  /** Whether an array at this path was left in the source. */
  has(path: readonly PathSegment[]): boolean {
    return this.#arrayAt(path) !== undefined;
  }

  /** How many elements it has. */
  count(path: readonly PathSegment[]): number {
    return this.#arrayAt(path)?.count ?? 0;
  }

  /** Its elements in order, parsed one by one. Nothing where there is no such array. */
  async *elements(path: readonly PathSegment[]): AsyncGenerator<RawFinding> {
    const array = this.#arrayAt(path);
    if (array === undefined) return;
    for await (const element of jsonElements(this.#context.source, array, { signal: this.#context.options.signal })) {
      yield { value: element.value, origin: new ElementOrigin(array, element) };
    }
  }

  #arrayAt(path: readonly PathSegment[]): JsonArray | undefined {
    const pointer = pointerOf(path);
    return this.#index.arrays.find((array) => array.pointer === pointer);
  }
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
