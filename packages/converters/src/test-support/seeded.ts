/** Equal seeds give equal numbers in [0, 1): the linear congruence of Numerical Recipes. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A whole number from 0 to one below `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** One of several. */
export function oneOf<Value>(random: Random, values: readonly Value[]): Value {
  return values[below(random, values.length)] as Value;
}
