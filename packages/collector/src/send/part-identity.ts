import { createHash, hash } from 'node:crypto';

/** SHA-256 of the bytes of a part, as 64 hex digits: what `sha256sum` says of the saved file, and the receiver of the body. */
export function bodyDigest(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/**
 * The name of a part in the ledger: SHA-256 over target, lane and the body's digest, as 64 hex digits. Lengths are hashed with
 * the texts, so no two different triples share one input. The same document, split the same way, gives the same identities in
 * every run.
 */
export function partIdentity(target: string, lane: string, digest: string): string {
  const name = createHash('sha256');
  for (const text of [target, lane]) {
    const encoded = Buffer.from(text, 'utf8');
    name.update(`${encoded.length}:`).update(encoded);
  }
  return name.update(digest).digest('hex');
}
