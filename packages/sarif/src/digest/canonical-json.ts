/** The JSON text of a value with the members of every object in order of their names: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (isObject(member) ? withSortedMembers(member) : member));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withSortedMembers(object: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(object);
  if (names.every((name, at) => at === 0 || (names[at - 1] as string) < name)) return object;
  // Without a prototype, a member named `__proto__` is one like any other.
  const sorted = Object.create(null) as Record<string, unknown>;
  for (const name of names.sort()) sorted[name] = object[name];
  return sorted;
}
