/** A deep copy of a value that JSON can hold, several times as fast as `structuredClone`. Nesting is limited by whoever read it. */
export function copyJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return copiedArray(value) as T;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = copyJson((value as Record<string, unknown>)[name]);
    // An assignment would set the prototype; as a member it is a name like any other.
    if (name === '__proto__') Object.defineProperty(copy, name, { ...ownMember, value: member });
    else copy[name] = member;
  }
  return copy as T;
}

const ownMember = { enumerable: true, configurable: true, writable: true } as const;

function copiedArray(array: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  for (let at = 0; at < array.length; at += 1) copy.push(copyJson(array[at]));
  return copy;
}
