import { hash } from 'node:crypto';

/** Which keys were seen. A key costs twelve bytes of a table that is at most two thirds full, however long it is. */
export interface KeySet {
  /** Adds a key. @returns whether it is new */
  add(key: string): boolean;
  readonly size: number;
}

/** 96 bits of SHA-256: among ten million keys two are taken for one with a chance of one in 10^15. */
const words = 3;

/** An empty set. */
export function createKeySet(): KeySet {
  let capacity = 1024;
  let table = new Uint32Array(capacity * words);
  let size = 0;

  /** The slot of a digest, or the free one where it belongs. */
  function slotOf(a: number, b: number, c: number): number {
    for (let slot = a % capacity; ; slot = slot + 1 === capacity ? 0 : slot + 1) {
      const at = slot * words;
      const isFree = table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0;
      if (isFree || (table[at] === a && table[at + 1] === b && table[at + 2] === c)) return at;
    }
  }

  function grow(): void {
    const old = table;
    capacity *= 2;
    table = new Uint32Array(capacity * words);
    for (let at = 0; at < old.length; at += words) {
      const [a = 0, b = 0, c = 0] = [old[at], old[at + 1], old[at + 2]];
      if (a !== 0 || b !== 0 || c !== 0) table.set([a, b, c], slotOf(a, b, c));
    }
  }

  return {
    add(key) {
      const digest = hash('sha256', key, 'buffer');
      const a = digest.readUInt32LE(0);
      const b = digest.readUInt32LE(4);
      // Three zeros stand for a free slot.
      const c = digest.readUInt32LE(8) || 1;
      const at = slotOf(a, b, c);
      if (table[at] === a && table[at + 1] === b && table[at + 2] === c) return false;
      table.set([a, b, c], at);
      size += 1;
      if (size * 3 > capacity * 2) grow();
      return true;
    },
    get size() {
      return size;
    },
  };
}
