/**
 * The text of a JSON value as `JSON.stringify` writes it, in pieces, so that the text of a long list is never held as a whole.
 *
 * @param depth how many levels of lists and objects are taken apart
 */
export function* jsonPieces(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value) ?? 'null';
    return;
  }
  let separator = '';
  if (Array.isArray(value)) {
    yield '[';
    for (const element of value) {
      yield separator;
      yield* jsonPieces(element, depth - 1);
      separator = ',';
    }
    yield ']';
    return;
  }
  yield '{';
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${separator}${JSON.stringify(name)}:`;
    yield* jsonPieces(member, depth - 1);
    separator = ',';
  }
  yield '}';
}
