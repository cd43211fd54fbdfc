/** Remembers which nonces were used, for as long as a request carrying one could still be taken. */
export interface NonceMemory {
  /**
   * Notes a nonce as used and says whether it was new.
   *
   * @param until epoch milliseconds after which the request's timestamp is refused anyway
   */
  use(keyId: string, nonce: string, until: number, now: number): boolean;
  /** How many are remembered. */
  readonly size: number;
}

export function createNonceMemory(): NonceMemory {
  const usedUntil = new Map<string, number>();
  let nextSweep = 0;

  return {
    use(keyId, nonce, until, now) {
      if (now >= nextSweep) {
        for (const [used, end] of usedUntil) if (end < now) usedUntil.delete(used);
        nextSweep = now + 60_000;
      }
      // The key id is part of the entry, so that one caller cannot burn another's nonces.
      const entry = `${keyId}\n${nonce}`;
      if (usedUntil.has(entry)) return false;
      usedUntil.set(entry, until);
      return true;
    },
    get size() {
      return usedUntil.size;
    },
  };
}
