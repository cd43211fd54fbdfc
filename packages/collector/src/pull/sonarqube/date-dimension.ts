import { textOf } from '../answer-object.ts';
import type { Dimension, Oversized } from './slice.ts';

/**
 * Divides at the middle between the oldest and the newest creation date. Every issue has one, so nothing falls between the parts; but issues of one analysis
 * may share a second.
 */
export const dateDimension: Dimension = {
  repeats: true,
  async divide(oversized) {
    const { slice } = oversized;
    const first = await creationSecond(oversized, 'true');
    const last = await creationSecond(oversized, 'false');
    if (first === undefined || last === undefined) return undefined;
    // A server that does not heed the bounds must not lead in a circle.
    const oldest = Math.max(first, readSecond(slice['createdAfter']) ?? Number.NEGATIVE_INFINITY);
    const newest = Math.min(last, (readSecond(slice['createdBefore']) ?? Number.POSITIVE_INFINITY) - 1);
    if (newest <= oldest) return undefined;
    const middle = writeSecond(Math.floor((oldest + newest) / 2) + 1);
    // The lower bound belongs to its part, the upper one does not.
    return [
      { ...slice, createdBefore: middle },
      { ...slice, createdAfter: middle },
    ];
  },
};

/** The creation date of the first issue in one direction, in whole seconds since 1970. */
async function creationSecond({ ask }: Oversized, asc: string): Promise<number | undefined> {
  const { items } = await ask({ s: 'CREATION_DATE', asc });
  return readSecond(textOf(items[0], 'creationDate'));
}

/** The second of `2026-03-01T10:00:00+0200`, with or without a colon in the zone. */
function readSecond(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

function writeSecond(second: number): string {
  return `${new Date(second * 1000).toISOString().slice(0, 19)}+0000`;
}
