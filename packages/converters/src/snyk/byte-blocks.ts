const blockBytes = 256;
/** The last bytes of a block say which one goes on where it ends. */
const linkBytes = 4;
const dataBytes = blockBytes - linkBytes;
const blocksPerSlab = 1024;

/**
 * Memory for many sequences of bytes that grow side by side, and are given back one by one: blocks of 256 bytes, used again, so that
 * nothing is copied and nothing lies in pieces between others.
 */
export class ByteBlocks {
  readonly #slabs: Uint8Array[] = [];
  readonly #free: number[] = [];
  #made = 0;

  /** How many bytes are in use, in whole blocks. */
  get bytesInUse(): number {
    return (this.#made - this.#free.length) * blockBytes;
  }

  /** The number of a block that nobody uses. */
  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#made % blocksPerSlab === 0) this.#slabs.push(new Uint8Array(blocksPerSlab * blockBytes));
    this.#made += 1;
    return this.#made - 1;
  }

  give(block: number): void {
    this.#free.push(block);
  }

  byteAt(block: number, at: number): number {
    return this.#slabOf(block)[offsetOf(block) + at] as number;
  }

  setByte(block: number, at: number, byte: number): void {
    this.#slabOf(block)[offsetOf(block) + at] = byte;
  }

  #slabOf(block: number): Uint8Array {
    return this.#slabs[Math.floor(block / blocksPerSlab)] as Uint8Array;
  }
}

function offsetOf(block: number): number {
  return (block % blocksPerSlab) * blockBytes;
}

/** One sequence of bytes: written to its end, then read from its start, once. */
export class ByteSequence {
  readonly #blocks: ByteBlocks;
  #last = 0;
  /** Bytes in the last block. */
  #inLast = 0;
  #length = 0;
  #read = 0;
  #reading = 0;

  constructor(blocks: ByteBlocks) {
    this.#blocks = blocks;
  }

  /** Bytes that were written and not read yet. */
  get left(): number {
    return this.#length - this.#read;
  }

  write(byte: number): void {
    if (this.#length === 0) {
      this.#last = this.#blocks.take();
      this.#reading = this.#last;
    } else if (this.#inLast === dataBytes) {
      const next = this.#blocks.take();
      for (let at = 0; at < linkBytes; at += 1) {
        this.#blocks.setByte(this.#last, dataBytes + at, (next >>> (at * 8)) & 0xff);
      }
      this.#last = next;
      this.#inLast = 0;
    }
    this.#blocks.setByte(this.#last, this.#inLast, byte);
    this.#inLast += 1;
    this.#length += 1;
  }

  /** The next byte. What was read is given back, block by block. */
  read(): number {
    if (this.left === 0) throw new Error('The sequence of bytes has come to its end.');
    const at = this.#read % dataBytes;
    const byte = this.#blocks.byteAt(this.#reading, at);
    this.#read += 1;
    if (at === dataBytes - 1 || this.left === 0) this.#next();
    return byte;
  }

  #next(): void {
    const done = this.#reading;
    let next = 0;
    for (let at = linkBytes - 1; at >= 0; at -= 1) next = next * 256 + this.#blocks.byteAt(done, dataBytes + at);
    this.#reading = next;
    this.#blocks.give(done);
  }
}
