/** A copy of JSON data that nobody else holds. */
export function jsonCopy<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
