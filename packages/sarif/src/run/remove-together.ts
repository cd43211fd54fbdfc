/**
 * A repair that takes these elements out of an array, all of them with the first call. Only for arrays that no index points into.
 * One by one, they would move under whoever walks over the array, and take time by the square of their number.
 */
export function removeTogether<T>(array: T[], elements: ReadonlySet<T>): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    keepAllBut(elements, array);
  };
}

/** Takes these elements out of an array, in one pass. */
export function keepAllBut<T>(removed: Pick<ReadonlySet<T>, 'has'>, array: T[]): void {
  let kept = 0;
  for (const element of array) {
    if (removed.has(element)) continue;
    array[kept] = element;
    kept += 1;
  }
  array.length = kept;
}
