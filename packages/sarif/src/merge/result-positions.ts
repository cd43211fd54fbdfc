/** How many results that stand elsewhere are remembered. */
const maxElsewhere = 1_000_000;

/** Where the results of one run stand among those of the run that it has become a piece of. */
export class ResultPositions {
  readonly #first: number;
  /** Results that do not stand in the order of the run, in order, with where they stand: -1 for nowhere. */
  readonly #elsewhere: number[] = [];
  readonly #places: number[] = [];
  #next = 0;
  #elsewhereCount = 0;

  /** @param first where the first result stands */
  constructor(first: number) {
    this.#first = first;
  }

  /** Where the next result of the run would stand. */
  get nextPlace(): number {
    return this.#first + this.#next - this.#elsewhereCount;
  }

  /** Where a result would stand if it came next. Those in between are nowhere. */
  placeOf(resultIndex: number): number {
    this.#skipTo(resultIndex);
    return this.nextPlace;
  }

  /** Takes note of the next result, in the order of the run, and of where it stands. Those in between are nowhere. */
  add(resultIndex: number, place: number): void {
    this.#skipTo(resultIndex);
    if (place !== this.nextPlace) this.#put(resultIndex, place);
    this.#next = resultIndex + 1;
  }

  /** Where a result stands; `undefined` when it is not there, or nobody remembers. */
  of(resultIndex: number): number | undefined {
    if (this.#elsewhereCount > maxElsewhere || resultIndex < 0 || resultIndex >= this.#next) return undefined;
    const before = this.#countBefore(resultIndex);
    if (this.#elsewhere[before] !== resultIndex) return this.#first + resultIndex - before;
    const place = this.#places[before] as number;
    return place === -1 ? undefined : place;
  }

  #skipTo(resultIndex: number): void {
    for (; this.#next < resultIndex; this.#next += 1) this.#put(this.#next, -1);
  }

  #put(index: number, place: number): void {
    this.#elsewhereCount += 1;
    if (this.#elsewhereCount > maxElsewhere) return;
    this.#elsewhere.push(index);
    this.#places.push(place);
  }

  #countBefore(index: number): number {
    let [from, to] = [0, this.#elsewhere.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#elsewhere[middle] as number) < index) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
