import type { JsonObject } from '../values/json-object.ts';

/** The object with another value for a member; without the member when the value is undefined. Its place stays the same. */
export function withMember(object: JsonObject, name: string, value: unknown): JsonObject {
  const entries = Object.entries(object).filter(([key]) => key !== name || value !== undefined);
  const changed = entries.map(([key, old]) => [key, key === name ? value : old] as const);
  // Not a literal or assignment: `__proto__` may be one of the names.
  return Object.fromEntries(
    value === undefined || Object.hasOwn(object, name) ? changed : [...changed, [name, value] as const],
  );
}

/** The object with some more members in its `properties`; those that are there already are replaced. */
export function withProperties(object: JsonObject, more: JsonObject): JsonObject {
  const properties = object['properties'];
  const bag = typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? properties : {};
  return withMember(object, 'properties', { ...bag, ...more });
}
