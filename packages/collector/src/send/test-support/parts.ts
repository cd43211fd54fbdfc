import type { SendPart } from '../outcome.ts';

/** A part with some bytes. */
export function somePart(number = 1, bytes: Uint8Array = Buffer.from(`{"part":${number}}`)): SendPart {
  return { sha256: `part-${number}`, lane: 'lane', number, bytes, results: 1 };
}

/** A signal that never aborts. */
export const never: AbortSignal = new AbortController().signal;
