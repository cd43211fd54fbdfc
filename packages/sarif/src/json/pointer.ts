/** An RFC 6901 JSON Pointer, such as `/runs/0/results/12/level`. The empty string is the whole document. */
export type JsonPointer = string;

/** One step down: a member name or an element's position. */
export type PathSegment = string | number;

/** The pointer made of these steps, with `~` and `/` escaped as RFC 6901 section 3 asks. */
export function pointerOf(path: readonly PathSegment[]): JsonPointer {
  let pointer = '';
  for (const segment of path) pointer += `/${escapeSegment(segment)}`;
  return pointer;
}

/** The steps of a pointer. Array positions stay strings, because a pointer does not say what they index. */
export function segmentsOf(pointer: JsonPointer): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escapeSegment(segment: PathSegment): string {
  return String(segment).replaceAll('~', '~0').replaceAll('/', '~1');
}
