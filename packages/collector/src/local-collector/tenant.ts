/** Milliseconds since the Unix epoch. A parameter everywhere, so that tests decide what time it is. */
export type Clock = () => number;

/** A tenant API key: `x-xdr-auth-id` and `Authorization`. */
export interface ApiKey {
  /** The numeric key id, as text. */
  readonly id: string;
  readonly secret: string;
  /** `standard` keys travel as they are; of an `advanced` key only a hash per request does. */
  readonly level: 'standard' | 'advanced';
  /** See `mayUpload` and `mayRead` for what each role may do. */
  readonly roles: readonly string[];
  /** Epoch milliseconds from which the key answers 401. Absent: never. */
  readonly expiresAt?: number | undefined;
}

/** The pair that belongs to one collector: Token ID in `x-crtx-auth-id`, API Token in `Authorization`. */
export interface CollectorCredential {
  readonly tokenId: string;
  readonly token: string;
  readonly expiresAt?: number | undefined;
}

/** A data source instance of type COLLECTOR. */
export interface CollectorRecord {
  /** The `collectorId` of the upload path. */
  readonly id: string;
  readonly name: string;
  /** A disabled collector answers 503. Default: enabled. */
  readonly enabled?: boolean | undefined;
  readonly credentials: readonly CollectorCredential[];
}

/** A repository known to the platform, ready to receive findings. */
export interface RepositoryRecord {
  /** The asset id. Default: the SHA-256 of the normalised URL, in hex. */
  readonly id?: string | undefined;
  readonly url: string;
  /** Where findings go when an upload names no branch. Default: `main`. */
  readonly defaultBranch?: string | undefined;
}

/** Everything that must exist before the first upload. */
export interface Tenant {
  readonly keys: readonly ApiKey[];
  readonly collectors: readonly CollectorRecord[];
  readonly repositories: readonly RepositoryRecord[];
}
