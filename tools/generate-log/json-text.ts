export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/** How a log is laid out as text. */
export interface Layout {
  /** Two spaces per level, as most tools print; otherwise no white space at all. */
  readonly pretty: boolean;
  /** Members of every object in alphabetical order, as writers do that serialise sorted maps. */
  readonly sorted: boolean;
}

/**
 * The JSON text of a value that sits `depth` levels below the root of its document. The first line is not indented:
 * the caller has written what precedes it.
 */
export function jsonText(value: JsonValue, layout: Layout, depth = 0): string {
  const ordered = layout.sorted ? withSortedMembers(value) : value;
  if (!layout.pretty) return JSON.stringify(ordered);
  // A line break inside a string is written as \n, so every real one belongs to the layout.
  return JSON.stringify(ordered, null, 2).replaceAll('\n', `\n${'  '.repeat(depth)}`);
}

function withSortedMembers(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withSortedMembers);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, withSortedMembers(value[name] as JsonValue)]));
}

/** `Array.isArray` that also narrows read-only arrays. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
