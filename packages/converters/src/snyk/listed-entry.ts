import type { Findings } from '../reading/findings.ts';

/** An entry of a report together with what the place where it stands says about it. */
export class ListedEntry<Standing> {
  readonly standing: Standing;
  readonly value: unknown;

  constructor(standing: Standing, value: unknown) {
    this.standing = standing;
    this.value = value;
  }

  /** In a diagnostic it is the entry that is quoted. */
  toJSON(): unknown {
    return this.value;
  }
}

/** The findings of a list, each with what the list says about it; `change` turns their values into others. */
export function listed<Standing>(
  standing: Standing,
  findings: Findings,
  change: (value: unknown) => unknown = (value) => value,
): Findings {
  return findings.flatMap((raw) => [{ ...raw, value: new ListedEntry(standing, change(raw.value)) }]);
}
