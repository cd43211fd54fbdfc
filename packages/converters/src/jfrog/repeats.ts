import { quickHash } from '../hashing/quick-hash.ts';

/** Entries beyond this number are not looked for again, so that memory stays bounded. */
const mostRemembered = 200_000;

/**
 * Tells entries of a list that are written as an earlier one, in two passes over it: the first counts, the second tells. Memory:
 * one number for each distinct entry, up to a limit.
 */
export class Repeats {
  readonly #counts = new Map<number, number>();
  readonly #told = new Set<number>();

  /** First pass. */
  count(entry: unknown): void {
    const key = keyOf(entry);
    const count = this.#counts.get(key);
    if (count !== undefined || this.#counts.size < mostRemembered) this.#counts.set(key, (count ?? 0) + 1);
  }

  /** Second pass: how many entries are written like this one; 0 when it is not the first of them. */
  occurrences(entry: unknown): number {
    const key = keyOf(entry);
    const count = this.#counts.get(key) ?? 1;
    if (count === 1) return 1;
    if (this.#told.has(key)) return 0;
    this.#told.add(key);
    return count;
  }
}

function keyOf(entry: unknown): number {
  const [high, low] = quickHash(JSON.stringify(entry));
  return (high & 0x1fffff) * 2 ** 32 + low;
}
