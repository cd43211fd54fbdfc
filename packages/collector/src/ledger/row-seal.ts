import { createHash } from 'node:crypto';

/**
 * A short digest over the columns of a row. SQLite notices a damaged page structure, not a changed letter in a value; a
 * row whose seal does not fit is never believed.
 */
export function sealOf(...columns: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex').slice(0, 16);
}
