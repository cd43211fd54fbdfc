import type { RunHeader, ToolComponent } from '../model/model.ts';
import { removeDuplicates } from '../positions/distinct-lists.ts';
import { withoutOwnIndex } from '../positions/own-index.ts';
import { type Pointer, Pointers } from '../positions/pointers.ts';
import { type PositionedList, positionedLists, withoutPositionedLists } from '../positions/positioned-lists.ts';
import { keepAllBut } from '../run/remove-together.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { hasDistinctItems } from '../schema/distinct-items.ts';
import { valueDigest } from '../schema/value-digest.ts';
import { MovedPlaces } from './moved-places.ts';

/** Where an element stands. */
interface Home {
  readonly list: PositionedList;
  readonly index: number;
}

interface OpenElement {
  readonly element: object;
  readonly pointers: readonly Pointer[];
  /** The elements that have to be settled before: what it points to and, of a component, what it holds. */
  readonly needs: readonly object[];
  /** How many of them have been looked at. */
  looked: number;
}

/** Whether a list of the run that positions lead into has equal elements. */
export function hasEqualElements(run: RunHeader): boolean {
  return positionedLists(run).some(
    ({ kind, elements }) => !hasDistinctItems(elements.map((element, at) => withoutOwnIndex(element, kind, at))),
  );
}

/**
 * Leaves the first of equal elements in the lists of a header that positions lead into, and lets everything in the header that
 * pointed to one of the others, or past one, lead to where its target stands now. Elements are compared by what they point to,
 * not by its position, and whatever they say of their own; only what points to itself over others is compared as it is written. Changes the header. Linear in its size.
 *
 * @returns the elements that were removed, each with the equal one that stays. Those of a removed component are among them.
 */
export function uniteEqual(run: RunHeader, runIndex: number): ReadonlyMap<object, object> {
  return new Union(run, runIndex).unite();
}

class Union {
  readonly #run: RunHeader;
  readonly #runIndex: number;
  readonly #lists: readonly PositionedList[];
  readonly #homes = new Map<object, Home>();
  readonly #pointers: Pointers;
  /** A converter's own tool is meant by what stands in `conversion`. */
  readonly #pointersOfConversion: Pointers;
  /** For each element that has been compared, the first that was found to be equal: mostly itself. */
  readonly #settled = new Map<object, object>();
  readonly #byDigest = new Map<PositionedList, Map<number, object>>();
  /** Everything in the header that points to an element. */
  readonly #all: Pointer[] = [];

  constructor(run: RunHeader, runIndex: number) {
    this.#run = run;
    this.#runIndex = runIndex;
    this.#lists = positionedLists(run);
    for (const list of this.#lists) {
      for (const [index, element] of list.elements.entries()) this.#homes.set(element, { list, index });
    }
    this.#pointers = new Pointers(run);
    const { taxonomies: _, ...others } = run;
    this.#pointersOfConversion = new Pointers({ ...others, tool: run.conversion?.tool ?? run.tool });
  }

  unite(): ReadonlyMap<object, object> {
    for (const { elements } of this.#lists) for (const element of elements) this.#settleFrom(element);
    this.#addPointersOfRest();
    const removed = new Map<object, object>();
    if (this.#isDistinct()) return removed;
    const positions = this.#positions(removed);
    for (const { target, move } of this.#all) {
      if (target !== undefined && this.#isMoved(target, positions)) move(positions.get(target) as number);
    }
    const places = new MovedPlaces(0);
    places.begin(this.#runIndex, { run: this.#run, runIndex: this.#runIndex, positions });
    places.moveIn('run', this.#run);
    for (const { elements } of this.#lists) keepAllBut(removed, elements);
    removeDuplicates('run', this.#run);
    return removed;
  }

  /** Compares an element, after all that it needs. */
  #settleFrom(first: object): void {
    if (this.#settled.has(first)) return;
    const open = new Set<object>();
    const stack: OpenElement[] = [];
    const begin = (element: object) => {
      open.add(element);
      stack.push(this.#opened(element));
    };
    begin(first);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const needed = top.needs[top.looked];
      top.looked += 1;
      if (needed === undefined) {
        this.#settle(top);
        open.delete(top.element);
        stack.pop();
      } else if (this.#homes.has(needed) && !this.#settled.has(needed) && !open.has(needed)) begin(needed);
    }
  }

  #opened(element: object): OpenElement {
    const { list } = this.#homes.get(element) as Home;
    const pointersOf = list.path[0] === 'conversion' ? this.#pointersOfConversion : this.#pointers;
    const own = list.kind === 'reportingDescriptor' ? (list.owner as ToolComponent) : undefined;
    const pointers = pointersOf.of(list.kind, bodyOf(element, list), own);
    for (const pointer of pointers) this.#all.push(pointer);
    const held = list.kind === 'toolComponent' ? heldBy(element as ToolComponent) : [];
    return { element, pointers, needs: [...held, ...pointers.flatMap(({ target }) => target ?? [])], looked: 0 };
  }

  #settle({ element, pointers }: OpenElement): void {
    const { list } = this.#homes.get(element) as Home;
    let isChanged = false;
    for (const { target, move } of pointers) {
      const equal = target === undefined ? undefined : this.#settled.get(target);
      if (equal === undefined || equal === target) continue;
      move((this.#homes.get(equal) as Home).index);
      isChanged = true;
    }
    if (isChanged) removeDuplicates(list.kind, bodyOf(element, list));
    let known = this.#byDigest.get(list);
    if (known === undefined) this.#byDigest.set(list, (known = new Map()));
    const compared = this.#compared(element);
    const digest = valueDigest(compared);
    const first = known.get(digest);
    // Of two different elements with one digest, which is rare, only the first is found again.
    if (first === undefined) known.set(digest, element);
    const isEqual = first !== undefined && deepEqual(this.#compared(first), compared);
    this.#settled.set(element, isEqual ? first : element);
  }

  #compared(element: object): object {
    const { list, index } = this.#homes.get(element) as Home;
    return withoutOwnIndex(element, list.kind, index);
  }

  #addPointersOfRest(): void {
    const { conversion, ...others } = withoutPositionedLists('run', this.#run);
    const rest = { ...others, tool: toolWithoutLists(others.tool) };
    for (const pointer of this.#pointers.of('run', rest)) this.#all.push(pointer);
    if (conversion === undefined) return;
    const ofConversion = { ...conversion, tool: toolWithoutLists(conversion.tool) };
    for (const pointer of this.#pointersOfConversion.of('conversion', ofConversion)) this.#all.push(pointer);
  }

  /** Whether what points to an element does not have its new position already. */
  #isMoved(element: object, positions: ReadonlyMap<object, number>): boolean {
    const home = this.#homes.get(element);
    if (home === undefined) return false;
    return this.#settled.get(element) !== element || positions.get(element) !== home.index;
  }

  #isDistinct(): boolean {
    for (const [element, equal] of this.#settled) if (element !== equal) return false;
    return true;
  }

  /** The new positions of all elements. Fills `removed`. */
  #positions(removed: Map<object, object>): ReadonlyMap<object, number> {
    const positions = new Map<object, number>();
    for (const { elements } of this.#lists) {
      const kept = new Map<object, object>();
      for (const element of elements) {
        const settled = this.#settled.get(element) as object;
        const first = kept.get(settled);
        if (first === undefined) {
          positions.set(element, kept.size);
          kept.set(settled, element);
        } else {
          positions.set(element, positions.get(first) as number);
          removed.set(element, first);
        }
      }
    }
    // What a removed component holds stands where the same stands in the one that is equal.
    for (const { kind, elements } of this.#lists) {
      if (kind !== 'toolComponent') continue;
      for (const element of elements) {
        const first = removed.get(element);
        if (first === undefined) continue;
        const others = heldBy(first as ToolComponent);
        for (const [at, held] of heldBy(element as ToolComponent).entries()) {
          const other = others[at] as object;
          removed.set(held, removed.get(other) ?? other);
          positions.set(held, positions.get(other) as number);
        }
      }
    }
    return positions;
  }
}

/** An element without those elements that it holds itself. */
function bodyOf(element: object, { kind }: PositionedList): object {
  return kind === 'toolComponent' ? withoutPositionedLists(kind, element) : element;
}

/** The descriptors of a component, list by list. */
function heldBy({ rules = [], notifications = [], taxa = [] }: ToolComponent): object[] {
  return [...rules, ...notifications, ...taxa];
}

function toolWithoutLists(tool: RunHeader['tool']): RunHeader['tool'] {
  return { ...withoutPositionedLists('tool', tool), driver: withoutPositionedLists('toolComponent', tool.driver) };
}
