import type { ApiKey, Clock, CollectorRecord, RepositoryRecord } from './tenant.ts';

/** What a repeated finding does. `replace`: every upload clears the repository's branch first. */
export type ReuploadMode = 'upsert' | 'append' | 'replace';

/** What an upload to a repository nobody onboarded does: 404, 201 and forgotten, or onboarded on the spot. */
export type UnknownRepositoryMode = 'reject' | 'drop' | 'onboard';

/** At most `requests` in each window of `perMs` milliseconds, per caller; beyond that 429 with `Retry-After`. */
export interface RateLimit {
  readonly requests: number;
  readonly perMs: number;
}

export interface LocalCollectorOptions {
  /** TCP port; 0 (default) lets the system choose. */
  readonly port?: number | undefined;
  /** Address to listen on. Default `127.0.0.1`: this machine only. */
  readonly host?: string | undefined;
  /** SQLite file, or `:memory:` (default). A file keeps findings, repositories and credentials across restarts. */
  readonly database?: string | undefined;
  /** Longest body taken, in bytes. Default 10,000,000; at most 10,485,760. */
  readonly maxBodyBytes?: number | undefined;
  /** The answer to a body beyond `maxBodyBytes`. Default 413. */
  readonly oversizeStatus?: 413 | 400 | undefined;
  readonly reupload?: ReuploadMode | undefined;
  readonly unknownRepository?: UnknownRepositoryMode | undefined;
  /** How long accepted findings stay invisible, in milliseconds. Default 0. */
  readonly ingestionDelayMs?: number | undefined;
  /** Default: none. */
  readonly rateLimit?: RateLimit | undefined;
  /** Tenant keys. With neither `keys` nor `collectors` given, those of the database are used, or made if it has none. */
  readonly keys?: readonly ApiKey[] | undefined;
  readonly collectors?: readonly CollectorRecord[] | undefined;
  readonly repositories?: readonly RepositoryRecord[] | undefined;
  readonly clock?: Clock | undefined;
  /** Opens `/admin`, through which tests in other processes order faults and read what arrived. Default false. */
  readonly faults?: boolean | undefined;
  /** Serves the page at `/ui`. Default: only when listening on this machine alone, as the page asks for no credential. */
  readonly ui?: boolean | undefined;
  /** Keeps every received body, for `LocalCollector.body()`. Default false. */
  readonly keepBodies?: boolean | undefined;
  /** How long an idle connection is kept, in milliseconds. Default 5000. */
  readonly keepAliveTimeoutMs?: number | undefined;
}

/** The options with every default filled in, and the ones that only matter at the start left out. */
export interface Settings {
  readonly maxBodyBytes: number;
  readonly oversizeStatus: 413 | 400;
  readonly reupload: ReuploadMode;
  readonly unknownRepository: UnknownRepositoryMode;
  readonly ingestionDelayMs: number;
  readonly rateLimit: RateLimit | undefined;
  readonly keepBodies: boolean;
}

const largestBodyLimit = 10_485_760;

/** Fills in the defaults. Throws `RangeError` for a limit that makes no sense. */
export function settingsOf(options: LocalCollectorOptions): Settings {
  const maxBodyBytes = options.maxBodyBytes ?? 10_000_000;
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1 || maxBodyBytes > largestBodyLimit) {
    throw new RangeError(`maxBodyBytes is ${maxBodyBytes}; give a whole number from 1 to ${largestBodyLimit}.`);
  }
  const ingestionDelayMs = options.ingestionDelayMs ?? 0;
  if (!(ingestionDelayMs >= 0)) {
    throw new RangeError(`ingestionDelayMs is ${ingestionDelayMs}; give a number of milliseconds, 0 or more.`);
  }

  return {
    maxBodyBytes,
    oversizeStatus: options.oversizeStatus ?? 413,
    reupload: options.reupload ?? 'upsert',
    unknownRepository: options.unknownRepository ?? 'reject',
    ingestionDelayMs,
    rateLimit: options.rateLimit,
    keepBodies: options.keepBodies ?? false,
  };
}
