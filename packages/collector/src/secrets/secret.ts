import { inspect } from 'node:util';

/**
 * A text that must not be seen. Printing it, serialising it or looking at it in a debugger's console gives `***`; the
 * only way to the text is `expose()`, which is easy to search for.
 */
export class Secret {
  readonly #text: string;

  /** @throws CredentialError when the text is empty or cannot stand in a header */
  constructor(text: string, name = 'the secret') {
    const trimmed = text.trim();
    if (trimmed === '') {
      throw new CredentialError('credential-empty', `${name} is empty. Set it to the value shown when it was created.`);
    }
    if (!/^[\x21-\x7e]+$/.test(trimmed)) {
      throw new CredentialError(
        'credential-unusable',
        `${name} holds a space, a line break or a character outside ASCII, so it cannot be sent. Copy it again; a key file may hold nothing but the key.`,
      );
    }
    this.#text = trimmed;
  }

  /** The text itself. */
  expose(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}

/** What is wrong with a credential, without showing it. */
export type CredentialErrorCode = 'credential-empty' | 'credential-unusable' | 'credential-origin';

/** The user has to repair the credentials, or where they are sent. */
export class CredentialError extends Error {
  readonly code: CredentialErrorCode;

  constructor(code: CredentialErrorCode, message: string) {
    super(message);
    this.name = 'CredentialError';
    this.code = code;
  }
}
