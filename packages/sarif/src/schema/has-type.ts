import type { ValueShape } from './shape.ts';

/** Whether a value has the JSON type that a shape asks for. `1.0` is an integer; NaN and infinities are no numbers. */
export function hasType(value: unknown, { type }: ValueShape): boolean {
  if (type === 'string' || type === 'boolean') return typeof value === type;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return Number.isFinite(value);
  return typeof value === 'object' && value !== null && Array.isArray(value) === (type === 'array');
}
