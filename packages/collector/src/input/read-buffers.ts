/** Size of one read, in bytes. Smaller reads cost more calls, larger ones gain nothing. */
const readBytes = 2 ** 20;

/** Buffers kept for the next file. Two are in use per open stream. */
const keptBuffers = 4;

const free: Buffer[] = [];

/** A buffer of `readBytes` bytes with arbitrary content. */
export function takeBuffer(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(readBytes);
}

/** Gives a buffer back. Nobody may look into it afterwards. */
export function giveBack(buffer: Buffer): void {
  if (free.length < keptBuffers) free.push(buffer);
}
