import { deepEqual } from './deep-equal.ts';
import { valueDigest } from './value-digest.ts';

/** Up to this many elements, comparing each pair costs less than digests. */
const pairwiseUpTo = 8;

/** An element and an earlier one that it equals. */
export interface Duplicate {
  readonly index: number;
  readonly first: number;
}

/** Whether no two elements are equal (section 3.7.3). Linear in the size of the array. */
export function hasDistinctItems(items: readonly unknown[]): boolean {
  if (items.length > pairwiseUpTo) return areObviouslyDistinct(items) || byDigest(items).next().done === true;
  for (let index = 1; index < items.length; index += 1) {
    for (let first = 0; first < index; first += 1) if (deepEqual(items[first], items[index])) return false;
  }
  return true;
}

/** Whether a look at the strings near the top of each element is enough: rules differ in their ids, artifacts in their URIs. */
function areObviouslyDistinct(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => outlineOf(item, outlineDepth))).size === items.length;
}

/** So many levels of objects are looked into. */
const outlineDepth = 2;

/** A string that equal values have in common, whatever the order of their members. Most different values have different ones. */
function outlineOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  let outline = '';
  for (const name of Object.keys(value).sort()) {
    const below = outlineOf((value as Record<string, unknown>)[name], depth - 1);
    if (below !== '') outline += `${name}=${below},`;
  }
  return outline;
}

/** Every element that equals an earlier one, in order, with the first that it equals. */
export function duplicatesIn(items: readonly unknown[]): Generator<Duplicate> {
  return items.length <= pairwiseUpTo ? byPairs(items) : byDigest(items);
}

function* byPairs(items: readonly unknown[]): Generator<Duplicate> {
  for (let index = 1; index < items.length; index += 1) {
    for (let first = 0; first < index; first += 1) {
      if (!deepEqual(items[first], items[index])) continue;
      yield { index, first };
      break;
    }
  }
}

/**
 * Elements with the digest of an earlier one are compared with that one only. Two different elements share a digest by
 * rare accident or by design; then a duplicate of the second stays unnoticed, which is better than comparing every pair.
 */
function* byDigest(items: readonly unknown[]): Generator<Duplicate> {
  const firstOf = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    const digest = typeof item === 'string' ? item : valueDigest(item);
    const first = firstOf.get(digest);
    if (first === undefined) firstOf.set(digest, index);
    else if (deepEqual(items[first], item)) yield { index, first };
  }
}
