import { mostParents } from '../run/most-parents.ts';

/** An element that may lie in another one of its array. */
interface Child {
  readonly parentIndex?: number;
}

const inProgress = 255;

/**
 * The parents that come along with the elements of one array. Where they are nested deeper than anything is, every hundredth element
 * is said to lie in the outermost one: otherwise a few thousand elements could make every result bring along all of them. Each
 * element is looked at once.
 */
export class ParentLinks {
  readonly #elements: readonly Child[];
  readonly #firstEqual: (index: number) => number;
  /** How many parents come along with an element, plus one; 0 where nobody asked. */
  readonly #lengths: Uint8Array;
  /** The outermost element around each, plus one; 0 in a circle, which has none. */
  readonly #outermost: Uint32Array;

  /** @param firstEqual position of the first element that equals the one at an index */
  constructor(elements: readonly Child[], firstEqual: (index: number) => number) {
    this.#elements = elements;
    this.#firstEqual = firstEqual;
    this.#lengths = new Uint8Array(elements.length);
    this.#outermost = new Uint32Array(elements.length);
  }

  /** Whether an element has another parent than its own, or none any more. */
  isCut(index: number): boolean {
    return this.#parentOf(index) !== undefined && this.#lengthAt(index) === 1;
  }

  /** Position of the parent that comes along with an element; `undefined` when none does. */
  keptParent(index: number): number | undefined {
    if (!this.isCut(index)) return this.#parentOf(index);
    const outermost = (this.#outermost[index] as number) - 1;
    return outermost === -1 ? undefined : outermost;
  }

  #parentOf(index: number): number | undefined {
    const { parentIndex = -1 } = this.#elements[index] ?? {};
    return this.#elements[parentIndex] === undefined ? undefined : this.#firstEqual(parentIndex);
  }

  #lengthAt(index: number): number {
    const chain: number[] = [];
    let at: number | undefined = index;
    while (at !== undefined && this.#lengths[at] === 0) {
      this.#lengths[at] = inProgress;
      chain.push(at);
      at = this.#parentOf(at);
    }
    const known = at === undefined ? 0 : (this.#lengths[at] as number);
    const outermost = at === undefined ? (chain.at(-1) ?? -1) + 1 : (this.#outermost[at] as number);
    // A circle has no outermost element: any of them may be taken for it.
    let length = known === inProgress ? 1 : known;
    for (const each of chain.reverse()) {
      length = length > mostParents ? 1 : length + 1;
      this.#lengths[each] = length;
      this.#outermost[each] = outermost;
    }
    return this.#lengths[index] as number;
  }
}
