import type { Dimension, Slice } from './slice.ts';

/** Characters of keys in one parameter. */
const mostCharacters = 3000;
/** Keys in one parameter. */
const mostKeys = 50;

/**
 * Divides by the files, folders and the project itself that findings belong to, as many at a time as an address has room for.
 *
 * @param list every key or path that findings can belong to; asked for at most once
 * @param sliceOf the slice for some of them
 */
export function componentDimension(
  list: () => Promise<readonly string[]>,
  sliceOf: (slice: Slice, names: readonly string[]) => Slice,
): Dimension {
  let listed: Promise<readonly string[]> | undefined;
  const dividedTo = new WeakMap<Slice, readonly string[]>();

  function parts(slice: Slice, groups: readonly (readonly string[])[]): Slice[] {
    return groups.map((names) => {
      const part = sliceOf(slice, names);
      dividedTo.set(part, names);
      return part;
    });
  }

  return {
    repeats: true,
    async divide({ slice }) {
      const names = dividedTo.get(slice);
      if (names !== undefined) {
        if (names.length < 2) return undefined;
        const half = Math.ceil(names.length / 2);
        return parts(slice, [names.slice(0, half), names.slice(half)]);
      }
      listed ??= list();
      const all = await listed;
      // A comma cannot be told from the one between two names.
      if (all.length < 2 || all.some((name) => name.includes(','))) return undefined;
      return parts(slice, grouped(all));
    },
  };
}

function grouped(names: readonly string[]): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const name of names) {
    const group = groups.at(-1);
    if (group === undefined || group.length >= mostKeys || name.length > room) {
      groups.push([name]);
      room = mostCharacters - name.length;
    } else {
      group.push(name);
      room -= name.length;
    }
  }
  return groups;
}
