import { createHash } from 'node:crypto';

/**
 * The digest an Advanced key sends in `Authorization`: SHA-256 over key, nonce and timestamp in this order, without
 * separators, as lower-case hex. Method, path and body are not covered.
 *
 * @param timestamp milliseconds since the epoch, as the decimal text that travels in `x-xdr-timestamp`
 */
export function advancedDigest(secret: string, nonce: string, timestamp: string): string {
  return createHash('sha256').update(`${secret}${nonce}${timestamp}`, 'utf8').digest('hex');
}
