/** A value as JSON has it. Members that are `undefined` are left out, as `JSON.stringify` does. */
export type JsonData =
  | string
  | number
  | boolean
  | null
  | readonly JsonData[]
  | { readonly [name: string]: JsonData | undefined };

/**
 * The one text of a value that everybody agrees on (RFC 8785): members sorted by the UTF-16 code units of their names, no blanks, numbers
 * and strings as ECMAScript writes them. What is signed or hashed is this text in UTF-8.
 * @throws RangeError for numbers that JSON cannot hold, and halves of surrogate pairs, which UTF-8 cannot hold
 */
export function canonicalJson(value: JsonData): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError('JSON has no text for a number that is infinite or none.');
  }
  if (typeof value === 'string') return stringText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter((member): member is [string, JsonData] => member[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${stringText(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function stringText(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('UTF-8 has no bytes for half of a surrogate pair.');
  return JSON.stringify(text);
}

/** `Array.isArray` does not tell readonly arrays from objects. */
function isArray(value: object): value is readonly JsonData[] {
  return Array.isArray(value);
}
