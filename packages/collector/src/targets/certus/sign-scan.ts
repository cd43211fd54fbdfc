import { createHmac } from 'node:crypto';
import type { Secret } from '../../secrets/secret.ts';

/**
 * Signs a scan: HMAC-SHA256 over the UTF-8 of its canonical JSON without the signature, as lower-case hex, put into the body as `signed_hash`
 * (certus: section 7).
 *
 * @param body canonical JSON of an object whose last member's name comes before `signed_hash`
 */
export function signScan(body: Uint8Array, key: Secret): Uint8Array {
  const signature = createHmac('sha256', key.expose()).update(body).digest('hex');
  // In canonical JSON members are sorted, so the signature stands last and the rest is sent as it was signed.
  const open = Buffer.from(body.buffer, body.byteOffset, body.byteLength - 1);
  return Buffer.concat([open, Buffer.from(`,"signed_hash":"${signature}"}`)]);
}
