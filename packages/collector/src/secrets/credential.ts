import { createHash, randomInt } from 'node:crypto';
import { CredentialError, Secret } from './secret.ts';

/**
 * `standard`, `advanced`: the two kinds of tenant API keys. `collector`: the token pair of one Collector.
 * (cortex-authentication: sections 2 to 5.)
 */
export type CredentialType = 'standard' | 'advanced' | 'collector';

/** A key as the user configured it. */
export interface CredentialSettings {
  readonly type: CredentialType;
  /** The numeric id of an API key, or the Token ID of a Collector. */
  readonly keyId: string;
  readonly key: Secret;
}

/** What an Advanced signature is made of besides the key. Injected in tests. */
export interface SigningMoment {
  /** 64 characters from `A-Z a-z 0-9`. */
  readonly nonce: string;
  /** Milliseconds since the Unix epoch, by the clock here. */
  readonly timestampMs: number;
}

/** A key that is bound to one origin and can sign requests to it. */
export interface Credential {
  readonly type: CredentialType;
  readonly keyId: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly key: Secret;
  /**
   * The authentication headers of one attempt, names in lower case. To be asked again for every attempt: an Advanced
   * signature is good for one request.
   * @throws CredentialError `credential-origin` when `url` is of another origin
   */
  headers(url: URL, moment?: SigningMoment): Record<string, string>;
}

/**
 * Binds a key to an origin.
 * @throws CredentialError when the key id cannot stand in a header
 */
export function createCredential(settings: CredentialSettings, origin: string): Credential {
  const { type, key } = settings;
  // A key id is no secret, but it has to satisfy the same rules to travel in a header.
  const keyId = new Secret(settings.keyId, 'the API key id').expose();

  return {
    type,
    keyId,
    key,
    origin,
    headers(url, moment) {
      if (url.origin !== origin) {
        throw new CredentialError(
          'credential-origin',
          `The credential belongs to ${origin} and is not sent to ${url.origin}. Configure the other address and its own key if that is intended.`,
        );
      }
      switch (type) {
        case 'standard':
          return { 'x-xdr-auth-id': keyId, authorization: key.expose() };
        case 'collector':
          return { 'x-crtx-auth-id': keyId, authorization: key.expose() };
        case 'advanced': {
          const { nonce, timestampMs } = moment ?? { nonce: createNonce(), timestampMs: Date.now() };
          return {
            'x-xdr-auth-id': keyId,
            'x-xdr-nonce': nonce,
            'x-xdr-timestamp': String(timestampMs),
            authorization: advancedDigest(key, nonce, timestampMs),
          };
        }
      }
    },
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 64 characters, each uniformly from `A-Z a-z 0-9`, from a cryptographic source. */
export function createNonce(): string {
  return Array.from({ length: 64 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** SHA-256 over key, nonce and timestamp, one after the other, as lower-case hex (cortex-authentication: section 4). */
function advancedDigest(key: Secret, nonce: string, timestampMs: number): string {
  return createHash('sha256').update(`${key.expose()}${nonce}${timestampMs}`, 'utf8').digest('hex');
}
