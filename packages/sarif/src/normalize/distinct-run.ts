import { copyJson } from '../json/copy-json.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { RunHeader } from '../model/model.ts';
import { type PositionedList, positionedLists } from '../positions/positioned-lists.ts';
import type { MovedElements } from './moved-places.ts';
import { hasEqualElements, uniteEqual } from './unite-equal.ts';

/** What is equal once other things have become one is found in the next round. Beyond that many it stays. */
const maxRounds = 8;

/** An element that the run has no more. */
export interface RemovedElement {
  /** From the run. */
  readonly path: readonly PathSegment[];
  /** Position of the equal element that stays, in the list as it was. */
  readonly first: number;
}

/** A run whose lists have no equal elements any more where positions lead into them, and where its elements stand now. */
export class DistinctRun implements MovedElements {
  /** The header as it was. */
  readonly run: RunHeader;
  readonly runIndex: number;
  /** The header without the equal elements. */
  readonly distinct: RunHeader;
  /** By the elements of `run`: only those that stand elsewhere in `distinct`. */
  readonly positions: ReadonlyMap<object, number>;
  readonly removed: readonly RemovedElement[];

  /**
   * @param given stays as it is
   * @param fixed makes of a header what the rules want, now that positions are others: a copy that has the same elements in its lists
   */
  constructor(given: RunHeader, runIndex: number, fixed: (run: RunHeader) => RunHeader | undefined) {
    // Elements are known by themselves, so none may stand in two places.
    this.run = copyJson(given);
    this.runIndex = runIndex;
    let now = copyJson(given);
    const before = positionedLists(now).map((list) => ({ ...list, elements: [...list.elements] }));
    const standIns = new StandIns();
    for (let round = 1; round <= maxRounds && hasEqualElements(now); round += 1) {
      standIns.add(uniteEqual(now, runIndex));
      now = standIns.follow(now, fixed(now));
    }
    this.distinct = now;
    const { positions, removed } = comparison(positionedLists(this.run), before, standIns, positionedLists(now));
    this.positions = positions;
    this.removed = removed;
  }
}

/** Which object stands for an element that was removed, or is a copy of it. */
class StandIns {
  readonly #standIns = new Map<object, object>();
  readonly #removed = new Set<object>();

  add(removed: ReadonlyMap<object, object>): void {
    for (const [element, kept] of removed) {
      this.#standIns.set(element, kept);
      this.#removed.add(element);
    }
  }

  /** Goes on with a copy of the header, where all elements have theirs; else with the header. */
  follow(header: RunHeader, copy: RunHeader | undefined): RunHeader {
    const lists = positionedLists(header);
    const copies = copy === undefined ? [] : positionedLists(copy);
    const isSame = ({ elements, path }: PositionedList, at: number) =>
      copies[at]?.elements.length === elements.length && copies[at].path.join('/') === path.join('/');
    if (copy === undefined || copies.length !== lists.length || !lists.every(isSame)) return header;
    for (const [at, { elements }] of lists.entries()) {
      for (const [index, element] of elements.entries()) {
        this.#standIns.set(element, copies[at]?.elements[index] as object);
      }
    }
    return copy;
  }

  isRemoved(element: object): boolean {
    for (let now: object | undefined = element; now !== undefined; now = this.#standIns.get(now)) {
      if (this.#removed.has(now)) return true;
    }
    return false;
  }

  of(element: object): object {
    let standIn = element;
    for (let next = this.#standIns.get(standIn); next !== undefined; next = this.#standIns.get(standIn)) standIn = next;
    return standIn;
  }
}

/** What became of the elements of lists: `given` and `before` are the same, `now` is what has become of them. */
function comparison(
  given: readonly PositionedList[],
  before: readonly PositionedList[],
  standIns: StandIns,
  now: readonly PositionedList[],
): Pick<DistinctRun, 'positions' | 'removed'> {
  const places = new Map<object, number>();
  for (const { elements } of now) for (const [position, element] of elements.entries()) places.set(element, position);
  const positions = new Map<object, number>();
  const removed: RemovedElement[] = [];
  for (const [at, { path, owner, elements }] of before.entries()) {
    const firsts = new Map<object, number>();
    // What a removed component held went with it.
    const isOwnerRemoved = standIns.isRemoved(owner);
    for (const [index, element] of elements.entries()) {
      const standIn = standIns.of(element);
      const first = firsts.get(standIn);
      if (first === undefined) firsts.set(standIn, index);
      else if (!isOwnerRemoved) removed.push({ path: [...path, index], first });
      const position = places.get(standIn);
      if (position !== undefined && position !== index) positions.set(given[at]?.elements[index] as object, position);
    }
  }
  return { positions, removed };
}
