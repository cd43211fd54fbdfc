import { type CommonMember, commonMembers } from './issue.ts';

type CommonValues = Readonly<Record<CommonMember, string | undefined>>;

/** What all findings of a run have in common, such as their project: it is said once, of the run. */
export class SharedValues {
  readonly #values = new Map<CommonMember, string | undefined>();
  readonly #differing = new Set<CommonMember>();

  /** First pass: one finding. */
  add(values: CommonValues): void {
    for (const name of commonMembers) {
      if (!this.#values.has(name)) this.#values.set(name, values[name]);
      else if (this.#values.get(name) !== values[name]) this.#differing.add(name);
    }
  }

  /** What is the same in all. */
  shared(name: CommonMember): string | undefined {
    return this.#differing.has(name) ? undefined : this.#values.get(name);
  }

  /** Whether findings differ in it, so that each has to say its own. */
  differs(name: CommonMember): boolean {
    return this.#differing.has(name);
  }
}
