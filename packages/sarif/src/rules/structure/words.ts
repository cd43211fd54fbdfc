import type { PathSegment } from '../../json/pointer.ts';
import type { ValueShape } from '../../schema/shape.ts';

const longestValue = 60;

/** How a message that begins with it names the value at a path: `'level'`, `'locations[2]'`, `This object`. */
export function nameOf(path: readonly PathSegment[]): string {
  let indices = '';
  for (let at = path.length - 1; at >= 0; at -= 1) {
    const segment = path[at];
    if (typeof segment === 'string') return `'${segment}${indices}'`;
    indices = `[${segment}]${indices}`;
  }
  return indices === '' ? 'This object' : `Element ${indices}`;
}

/** A value as a message quotes it, cut when it is long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

/** The type of a JSON value with its article: `a string`, `null`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a number with a fraction';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The type that a shape asks for, with its article: `an integer`, `an array`. */
export function typeWanted(shape: ValueShape): string {
  if (shape.type === 'map') return 'an object';
  if (shape.type === 'object') return `an object (${shape.shape})`;
  return shape.type === 'integer' || shape.type === 'array' ? `an ${shape.type}` : `a ${shape.type}`;
}

/** `'a', 'b' or 'c'`. */
export function listOf(words: readonly string[]): string {
  const all = words.map((word) => `'${word}'`);
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} or ${last}`;
}
