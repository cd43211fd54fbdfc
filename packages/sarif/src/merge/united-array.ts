import { deepEqual } from '../schema/deep-equal.ts';
import { valueDigest } from '../schema/value-digest.ts';

/** Elements of one array from several runs, equal ones once, in the order in which they come. */
export class UnitedArray<T extends object = object> {
  readonly elements: T[] = [];
  readonly #byDigest = new Map<number, number>();

  /** Where an element stands from now on: where an equal one does, else at the end. */
  unite(element: T): number {
    const digest = valueDigest(element);
    const known = this.#byDigest.get(digest);
    if (known !== undefined && deepEqual(this.elements[known], element)) return known;
    const position = this.append(element);
    // Of two different elements with one digest, which is rare, only the first is found again.
    if (known === undefined) this.#byDigest.set(digest, position);
    return position;
  }

  /** Lets an element that was appended be found by those that are equal. */
  compare(position: number): void {
    const digest = valueDigest(this.elements[position]);
    if (!this.#byDigest.has(digest)) this.#byDigest.set(digest, position);
  }

  /** Adds an element that is equal to none, or is not to be compared. */
  append(element: T): number {
    this.elements.push(element);
    return this.elements.length - 1;
  }
}
