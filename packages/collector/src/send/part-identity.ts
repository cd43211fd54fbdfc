import { createHash } from 'node:crypto';

/**
 * The name of a part: SHA-256 over target, lane and bytes, as 64 hex digits. Lengths are hashed with the texts, so no two
 * different triples share one input. The same document, split the same way, gives the same identities in every run.
 */
export function partIdentity(target: string, lane: string, bytes: Uint8Array): string {
  const hash = createHash('sha256');
  for (const text of [target, lane]) {
    const encoded = Buffer.from(text, 'utf8');
    hash.update(`${encoded.length}:`).update(encoded);
  }
  return hash.update(bytes).digest('hex');
}
