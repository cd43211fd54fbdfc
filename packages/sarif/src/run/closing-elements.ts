/** An element of an array that may lie in another one. */
export interface Child {
  readonly parentIndex?: number;
}

/** One element of each circle of parents: without its parent, the circle is none. */
export function closingElements(elements: readonly Child[]): number[] {
  const closing: number[] = [];
  /** The start of the walk that came by an element, plus one. */
  const walkOf = new Uint32Array(elements.length);
  for (let start = 0; start < elements.length; start += 1) {
    let last = -1;
    let at = start;
    while (at >= 0 && at < elements.length && walkOf[at] === 0) {
      walkOf[at] = start + 1;
      last = at;
      at = elements[at]?.parentIndex ?? -1;
    }
    if (last >= 0 && at >= 0 && at < elements.length && walkOf[at] === start + 1) closing.push(last);
  }
  return closing;
}
