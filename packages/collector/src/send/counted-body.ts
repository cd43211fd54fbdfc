import type { Sent } from './http-message.ts';

/** How much is handed over at once: small against the part, large against the cost of a hand-over. */
function sliceBytesOf(bodyBytes: number): number {
  return Math.max(65_536, Math.ceil(bodyBytes / 64));
}

/** A body that knows how much of itself has been taken. For one attempt only. */
export interface CountedBody {
  readonly slices: AsyncIterable<Uint8Array>;
  /** `everything` as soon as the last slice was handed over: from then on the server may have the whole. */
  sent(): Sent;
}

/**
 * Hands a body over in slices. The bytes stay one immutable buffer; but a buffer given away whole counts as written at
 * once, however little has left, whereas the next slice is asked for only when the socket has room. So a connection
 * that breaks half-way is known to have broken half-way, and a slow line keeps the header timer from firing.
 *
 * Before the first slice the event loop gets a turn: if the server has closed a kept connection, that is noticed now,
 * while nothing has left, and not when the part is on its way into the void.
 */
export function createCountedBody(bytes: Uint8Array): CountedBody {
  const sliceBytes = sliceBytesOf(bytes.byteLength);
  let handed = -1;

  async function* slices() {
    await new Promise((resolve) => setImmediate(resolve));
    handed = 0;
    while (handed < bytes.byteLength) {
      const slice = bytes.subarray(handed, handed + sliceBytes);
      handed += slice.byteLength;
      yield slice;
    }
  }

  return {
    slices: slices(),
    sent() {
      if (handed >= bytes.byteLength) return 'everything';
      return handed <= 0 ? 'nothing' : 'some';
    },
  };
}
