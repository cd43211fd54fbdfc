import type { PathSegment } from '../json/pointer.ts';

/** The longest beginning of a path that leads somewhere in a value. */
export function existingPath(value: unknown, path: readonly PathSegment[]): PathSegment[] {
  let current = value;
  for (const [depth, segment] of path.entries()) {
    const next = isObject(current) && Object.hasOwn(current, segment) ? current[segment] : undefined;
    if (next === undefined) return path.slice(0, depth);
    current = next;
  }
  return [...path];
}

function isObject(value: unknown): value is Readonly<Record<PathSegment, unknown>> {
  return typeof value === 'object' && value !== null;
}
