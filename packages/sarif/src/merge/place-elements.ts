import { removeDuplicates } from '../positions/distinct-lists.ts';
import { ownerOfIndex } from '../positions/own-index.ts';
import type { Pointer } from '../positions/pointers.ts';
import type { UnitedArray } from './united-array.ts';

/** Which array an element goes into. */
export interface ElementHome {
  readonly array: UnitedArray;
  /** The element's SARIF name. */
  readonly kind: string;
}

interface OpenElement {
  readonly element: object;
  readonly home: ElementHome;
  readonly pointers: readonly Pointer[];
  /** How many of the pointers have been followed. */
  followed: number;
  /** Known before the element is complete when it refers to itself over others. */
  position: number | undefined;
}

/** What is placed, and what is known of it. */
export interface Placing {
  readonly homes: ReadonlyMap<object, ElementHome>;
  readonly pointersOf: (element: object, home: ElementHome) => readonly Pointer[];
  /** Whether an element is one of its own, whatever it is equal to. */
  readonly isUnlike: (element: object) => boolean;
  /** Filled with the place of every element. */
  readonly positions: Map<object, number>;
  /** Told of each element that states its own position. It does not from now on, so that elements can be compared. */
  readonly onOwnIndex: (home: ElementHome, position: number) => void;
}

/** Puts the elements of the first run into arrays that are empty, where they stand as they did. */
export function placeFirst({ homes, pointersOf, isUnlike, positions, onOwnIndex }: Placing): void {
  for (const [element, { array }] of homes) positions.set(element, array.append(element));
  for (const [element, home] of homes) {
    const position = positions.get(element) as number;
    movePointers(home.kind, element, pointersOf(element, home), positions);
    if (takeOwnIndex(element, home.kind)) onOwnIndex(home, position);
    if (!isUnlike(element)) home.array.compare(position);
  }
}

/**
 * Puts elements of one run into the arrays of another: equal ones once. What an element points to is placed first, so that
 * elements are compared by what they mean; those that lead back to themselves are not compared. Elements change: their pointers
 * lead to the new places.
 */
export function placeElements(placing: Placing): void {
  const { homes, pointersOf, positions } = placing;
  const open = new Map<object, OpenElement>();
  const stack: OpenElement[] = [];
  const begin = (element: object, home: ElementHome) => {
    const opened = { element, home, pointers: pointersOf(element, home), followed: 0, position: undefined };
    open.set(element, opened);
    stack.push(opened);
  };
  for (const [first, home] of homes) {
    if (positions.has(first)) continue;
    begin(first, home);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const pointer = top.pointers[top.followed];
      if (pointer === undefined) {
        settle(top, placing);
        open.delete(top.element);
        stack.pop();
        continue;
      }
      top.followed += 1;
      const { target } = pointer;
      const targetHome = target === undefined || positions.has(target) ? undefined : homes.get(target);
      if (target === undefined || targetHome === undefined) continue;
      const above = open.get(target);
      if (above === undefined) begin(target, targetHome);
      else {
        above.position ??= targetHome.array.append(target);
        positions.set(target, above.position);
      }
    }
  }
}

function settle(
  { element, home, pointers, position }: OpenElement,
  { positions, isUnlike, onOwnIndex }: Placing,
): void {
  const { array, kind } = home;
  movePointers(kind, element, pointers, positions);
  const statesIndex = takeOwnIndex(element, kind);
  // Asked in any case: who asks takes note of the answer.
  const place = isUnlike(element) ? (position ?? array.append(element)) : (position ?? array.unite(element));
  positions.set(element, place);
  if (statesIndex) onOwnIndex(home, place);
}

/** Takes the element's own position away, and says whether it had one. */
function takeOwnIndex(element: object, kind: string): boolean {
  const owner = ownerOfIndex(element, kind);
  if (owner?.index === undefined) return false;
  delete owner.index;
  return true;
}

/** Lets the pointers of an object lead to where their targets stand now. `kind` is the object's SARIF name. */
export function movePointers(
  kind: string,
  value: object,
  pointers: readonly Pointer[],
  positions: ReadonlyMap<object, number>,
): void {
  for (const { target, move, forget } of pointers) {
    const position = target === undefined ? undefined : positions.get(target);
    if (position === undefined) forget();
    else move(position);
  }
  // References that differed in an index may be equal once they lead nowhere.
  if (pointers.length > 0) removeDuplicates(kind, value);
}
