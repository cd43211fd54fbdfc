import { DigestNumbers } from '../digest/digest-numbers.ts';
import { sha256Hex } from '../fingerprint/sha256.ts';

/** How many different results are compared. Later ones are taken to be different from all others. */
const maxResults = 1_000_000;

/**
 * Counts equal results of several runs. What a run has twice stays twice: its second result is compared with the second ones of
 * other runs. Runs are gone through twice, first with `count`, then with `take`. Memory: about 60 bytes for each different
 * result, up to a million of them.
 */
export class DuplicateCounts {
  readonly #numbers: DigestNumbers;
  readonly #occurrences: number[] = [];
  readonly #positions: number[] = [];
  readonly #isTaken: boolean[] = [];
  /** For each result, the run that had it last, and how often. */
  readonly #lastRun: number[] = [];
  readonly #timesInRun: number[] = [];
  #run = 0;
  #unchecked = 0;
  #duplicates = 0;

  constructor(maxEntries: number = maxResults) {
    this.#numbers = new DigestNumbers(maxEntries);
  }

  /** Results that were not compared. */
  get unchecked(): number {
    return this.#unchecked;
  }

  /** Results that are equal to one of another run. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** What comes next is of another run. */
  startRun(): void {
    this.#run += 1;
  }

  /**
   * Counts a result of the current run.
   *
   * @param occurrences for how many it stands itself
   * @param position where it is to stand if none is equal
   * @returns where it stands: `position`, or that of the first that is equal
   */
  count(digest: string, occurrences: number, position: number): number {
    const number = this.#numberOf(digest);
    if (number === -1) {
      this.#unchecked += 1;
      return position;
    }
    const first = this.#positions[number];
    this.#occurrences[number] = (this.#occurrences[number] ?? 0) + occurrences;
    if (first === undefined) this.#positions[number] = position;
    else this.#duplicates += 1;
    return first ?? position;
  }

  /** For how many a result of the current run stands now: for those that are equal when it is the first, else for none. */
  take(digest: string, occurrences: number): number {
    const number = this.#numberOf(digest);
    if (number === -1) return occurrences;
    if (this.#isTaken[number] === true) return 0;
    this.#isTaken[number] = true;
    return this.#occurrences[number] ?? occurrences;
  }

  #numberOf(digest: string): number {
    const first = this.#numbers.add(digest);
    if (first === -1) return -1;
    const isAgain = this.#lastRun[first] === this.#run;
    const times = isAgain ? (this.#timesInRun[first] as number) + 1 : 1;
    this.#lastRun[first] = this.#run;
    this.#timesInRun[first] = times;
    return times === 1 ? first : this.#numbers.add(sha256Hex(`${digest} ${times}`));
  }
}
