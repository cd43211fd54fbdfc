import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ApiKey, Clock, CollectorCredential } from '../tenant.ts';
import { advancedDigest } from './advanced-signature.ts';
import { createNonceMemory } from './nonce-memory.ts';

/** Who sent a request. */
export type Caller =
  | { readonly kind: 'tenant-key'; readonly id: string; readonly roles: readonly string[] }
  | { readonly kind: 'collector-credential'; readonly id: string; readonly collectorId: string };

export type Authentication =
  | { readonly status: 'known'; readonly caller: Caller }
  /** `reason` is for the person who runs the Collector; it never holds a secret. */
  | { readonly status: 'refused'; readonly reason: string };

/** Where credentials are looked up. */
export interface CredentialDirectory {
  findKey(id: string): ApiKey | undefined;
  findCredential(tokenId: string): (CollectorCredential & { readonly collectorId: string }) | undefined;
}

/** How far `x-xdr-timestamp` may be from the Collector's clock, in milliseconds. */
export const acceptedSkewMs = 5 * 60_000;

/**
 * Makes the check of both header pairs: tenant keys (Standard, Advanced) under `x-xdr-auth-id`, collector credentials
 * under `x-crtx-auth-id`. State: the nonces of Advanced requests.
 */
export function createAuthenticator(
  directory: CredentialDirectory,
  clock: Clock,
): (headers: IncomingHttpHeaders) => Authentication {
  const nonces = createNonceMemory();

  return (headers) => {
    const keyId = single(headers['x-xdr-auth-id']);
    const tokenId = single(headers['x-crtx-auth-id']);
    const authorization = headers.authorization?.replace(/^Bearer +/i, '');

    if (keyId === undefined && tokenId === undefined) {
      return refused('Neither x-xdr-auth-id nor x-crtx-auth-id was sent. Send the one that belongs to the credential.');
    }
    if (keyId !== undefined && tokenId !== undefined && keyId !== tokenId) {
      return refused('x-xdr-auth-id and x-crtx-auth-id were both sent and disagree. Send only one of them.');
    }
    if (authorization === undefined || authorization === '') {
      return refused('The Authorization header is missing. Send the secret in it, without a scheme in front.');
    }

    const key = keyId === undefined ? undefined : directory.findKey(keyId);
    if (key !== undefined) return checkKey(key, headers, authorization);
    const credential = tokenId === undefined ? undefined : directory.findCredential(tokenId);
    if (credential !== undefined) return checkCredential(credential, authorization);
    return refused('The id or the secret is wrong, or the credential was revoked.');
  };

  function checkKey(key: ApiKey, headers: IncomingHttpHeaders, authorization: string): Authentication {
    const now = clock();
    if (key.expiresAt !== undefined && now >= key.expiresAt) return refused(`The API key ${key.id} has expired.`);
    const caller: Caller = { kind: 'tenant-key', id: key.id, roles: key.roles };
    if (key.level === 'standard') {
      return equalSecrets(key.secret, authorization) ? known(caller) : refused('The id or the secret is wrong.');
    }

    const timestamp = single(headers['x-xdr-timestamp']);
    const nonce = single(headers['x-xdr-nonce']);
    if (timestamp === undefined || nonce === undefined) {
      return refused(`The API key ${key.id} is Advanced: x-xdr-timestamp and x-xdr-nonce are needed.`);
    }
    if (!/^\d{1,15}$/.test(timestamp)) {
      return refused('x-xdr-timestamp is not a decimal number of milliseconds since 1970.');
    }
    const sentAt = Number(timestamp);
    if (Math.abs(sentAt - now) > acceptedSkewMs) {
      return refused(
        `x-xdr-timestamp is ${Math.round((sentAt - now) / 1000)} s away from this clock; 300 s are allowed.`,
      );
    }
    if (!/^[A-Za-z0-9]{32,128}$/.test(nonce)) {
      return refused('x-xdr-nonce must have 32 to 128 characters from A-Z, a-z, 0-9.');
    }
    if (!equalSecrets(advancedDigest(key.secret, nonce, timestamp), authorization.toLowerCase())) {
      return refused('The signature does not match. It is the SHA-256 of key, nonce and timestamp, in hex.');
    }
    // Only a nonce with a good signature is remembered: a stranger cannot fill the memory.
    if (!nonces.use(key.id, nonce, sentAt + acceptedSkewMs, now)) {
      return refused('x-xdr-nonce was used before. Take a fresh one for every request, retries included.');
    }
    return known(caller);
  }

  function checkCredential(
    credential: CollectorCredential & { readonly collectorId: string },
    authorization: string,
  ): Authentication {
    if (credential.expiresAt !== undefined && clock() >= credential.expiresAt) {
      return refused('The collector credential has expired. Regenerate it.');
    }
    if (!equalSecrets(credential.token, authorization)) return refused('The id or the secret is wrong.');
    return known({ kind: 'collector-credential', id: credential.tokenId, collectorId: credential.collectorId });
  }
}

function known(caller: Caller): Authentication {
  return { status: 'known', caller };
}

function refused(reason: string): Authentication {
  return { status: 'refused', reason };
}

/** Takes the same time whatever differs: both are hashed first, so even the length does not show. */
function equalSecrets(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(expected), digest(given));
}

/** A header repeated by the client arrives as a list or joined with commas; joined, it matches no id. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
