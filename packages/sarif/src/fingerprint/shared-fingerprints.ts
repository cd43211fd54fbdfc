import { DigestTable } from '../run/digest-table.ts';
import { valueDigest } from '../schema/value-digest.ts';

/** Stands for the owner once its result has been told. No digest is negative. */
const told = -1;

/** Remembers who has which fingerprint, and finds values that results of different rules or files have in common. */
export class SharedFingerprints {
  readonly #table: DigestTable;

  constructor(maxEntries: number) {
    this.#table = new DigestTable(maxEntries);
  }

  /** Whether new values are not compared any more. */
  get isFull(): boolean {
    return this.#table.isFull;
  }

  /**
   * @param owner rule and file of the result
   * @returns position of the first result with this value, when that is one of another rule or file; once for each value
   */
  add(name: string, value: string, owner: readonly unknown[], resultIndex: number): number | undefined {
    const digest = valueDigest([name, value]);
    const ownerDigest = valueDigest(owner);
    const at = this.#table.find(digest);
    if (at === -1) {
      this.#table.set(digest, ownerDigest, resultIndex);
      return undefined;
    }
    const known = this.#table.valueAt(at);
    if (known === told || known === ownerDigest) return undefined;
    const first = this.#table.noteAt(at);
    this.#table.set(digest, told, first);
    return first;
  }
}
