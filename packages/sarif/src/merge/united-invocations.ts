import type { Invocation } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { UnitedArray } from './united-array.ts';
import { unitedList } from './united-components.ts';

/** What parts of one run do not all have: a part says only what concerns its results. */
const partialLists = [
  'ruleConfigurationOverrides',
  'notificationConfigurationOverrides',
  'toolExecutionNotifications',
  'toolConfigurationNotifications',
] as const;

/** A run's invocations as they came, and where they stand. */
interface Placed {
  readonly isPart: boolean;
  readonly positions: readonly number[];
}

/** Invocations of several runs. Equal ones are one; so are those that parts of one run share. */
export class UnitedInvocations {
  readonly #array = new UnitedArray<Invocation>();
  readonly #byWhole = new Map<string, Placed>();

  get elements(): Invocation[] {
    return this.#array.elements;
  }

  /**
   * @param whole tells the run from others; parts of one run have it in common
   * @param isUnlike whether an invocation is one of its own, whatever it is equal to
   * @returns where each of the invocations stands
   */
  add(
    invocations: readonly Invocation[],
    whole: { readonly key: string; readonly isPart: boolean },
    isUnlike: (invocation: Invocation) => boolean,
  ): readonly number[] {
    const known = this.#byWhole.get(whole.key);
    if (known !== undefined && (whole.isPart || known.isPart) && this.#agrees(invocations, known.positions)) {
      for (const [at, invocation] of invocations.entries()) this.#complete(known.positions[at] as number, invocation);
      return known.positions;
    }
    const positions: number[] = [];
    const taken = new Set<number>();
    for (const invocation of invocations) {
      const equal = isUnlike(invocation) ? this.#array.append(invocation) : this.#array.unite(invocation);
      // Two equal invocations of one run stay two.
      const position = taken.has(equal) ? this.#array.append(invocation) : equal;
      taken.add(position);
      positions.push(position);
    }
    if (known === undefined) this.#byWhole.set(whole.key, { isPart: whole.isPart, positions });
    return positions;
  }

  #agrees(invocations: readonly Invocation[], positions: readonly number[]): boolean {
    return (
      invocations.length === positions.length &&
      invocations.every((invocation, at) => deepEqual(bodyOf(invocation), bodyOf(this.#at(positions[at] as number))))
    );
  }

  #complete(position: number, invocation: Invocation): void {
    const target: Mutable<Invocation> = this.#at(position);
    for (const name of partialLists) {
      const list = unitedList<object>([target[name], invocation[name]]);
      if (list !== undefined) target[name] = list as never;
    }
  }

  #at(position: number): Invocation {
    return this.#array.elements[position] as Invocation;
  }
}

function bodyOf(invocation: Invocation): object {
  const body = { ...invocation };
  for (const name of partialLists) delete body[name];
  return body;
}
