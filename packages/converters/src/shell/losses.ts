/** A field that SARIF has no place for. */
export interface Loss {
  /** Path in a finding, such as `extra.engine_kind`. */
  readonly field: string;
  /** How many times a value was there. */
  readonly count: number;
  /** Whether the value is kept in `properties`; otherwise it is not in the log. */
  readonly kept: boolean;
}

const mostFields = 1000;
const others = '(other fields)';

/** Counts the values that have no place in SARIF, by field. Memory: a thousand fields, the others together. */
export class LossTally {
  readonly #kept = new Map<string, number>();
  readonly #dropped = new Map<string, number>();

  /** The value went to `properties`. */
  keep(field: string, count = 1): void {
    add(this.#kept, field, count);
  }

  /** The value is not in the log. */
  drop(field: string, count = 1): void {
    add(this.#dropped, field, count);
  }

  /** All losses by field name. */
  list(): Loss[] {
    const losses = [
      ...Array.from(this.#dropped, ([field, count]) => ({ field, count, kept: false })),
      ...Array.from(this.#kept, ([field, count]) => ({ field, count, kept: true })),
    ];
    return losses.sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0));
  }
}

function add(counts: Map<string, number>, field: string, count: number): void {
  if (count === 0) return;
  const name = counts.has(field) || counts.size < mostFields ? field : others;
  counts.set(name, (counts.get(name) ?? 0) + count);
}
