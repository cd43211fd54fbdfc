/** What a refusal or a trouble concerns: this part alone, its lane, or everything that goes to the target. */
export type Scope = 'part' | 'lane' | 'target';

/**
 * Why an attempt did not simply succeed. Stable for ever: these appear in the account, the ledger and in JSON output.
 */
export type OutcomeCode =
  | 'auth'
  | 'bad-request'
  | 'unprocessable'
  | 'too-large'
  | 'not-found'
  | 'conflict'
  | 'redirect'
  | 'refused'
  | 'rate-limited'
  | 'server-error'
  | 'collector-disabled'
  | 'timeout'
  | 'network'
  | 'dns'
  | 'tls'
  | 'proxy'
  | 'no-answer'
  | 'bad-answer'
  | 'deadline'
  | 'interrupted'
  | 'ledger'
  | 'target-stopped'
  | 'lane-stopped';

/** The target has it. A `warning` says what the target held against it, or against its answer. */
export interface Accepted {
  readonly status: 'accepted';
  readonly warning?: string;
  readonly httpStatus?: number;
}

/** The target does not have it, and the same bytes may be sent again. */
export interface Retryable {
  readonly status: 'retryable';
  readonly code: OutcomeCode;
  readonly reason: string;
  readonly httpStatus?: number;
  /** The least time to wait before the next attempt, in milliseconds, when the target named one. */
  readonly waitMs?: number;
  /** What the target itself named, where `waitMs` is longer for a reason of our own. */
  readonly toldMs?: number;
  /** Whom `waitMs` concerns: only this part, or every worker. */
  readonly pause?: 'part' | 'target';
  /** Fewer attempts than the policy allows make sense; 1 says: do not try again. */
  readonly maxAttempts?: number;
  /** `false`: does not count as an attempt (a 429, or a kept connection that had died before any byte left). */
  readonly charged?: false;
  /** Nothing reached the target, so it is tried again for as long as there is time, however often that is. */
  readonly untilDeadline?: true;
  /** The answer does not exclude that the part was stored. Tried again only where duplicates are tolerated. */
  readonly mayBeStored?: true;
  /** When no attempt is left, this is how far the trouble reaches: nothing more is sent there. */
  readonly thenStop?: 'lane' | 'target';
}

/** The target may have it and did not say so: a lost answer, or an answer that proves nothing. */
export interface Unknown {
  readonly status: 'unknown';
  readonly code: OutcomeCode;
  readonly reason: string;
  readonly httpStatus?: number;
  readonly thenStop?: 'lane' | 'target';
}

/** The target said no, and would say no again. */
export interface Rejected {
  readonly status: 'rejected';
  readonly code: OutcomeCode;
  readonly reason: string;
  readonly scope: Scope;
  readonly httpStatus?: number;
  /** An earlier attempt of the same part ended `unknown`, and this refusal (of the credentials, say) does not settle it. */
  readonly mayBeStored?: true;
}

/** What became of one attempt, or of one part after all its attempts. An answer is a value, never an exception. */
export type Outcome = Accepted | Retryable | Unknown | Rejected;

/** A part on its way: immutable bytes, hashed before the first of them leaves. */
export interface SendPart {
  /** `partIdentity(target, lane, bytes)`: 64 hex digits. */
  readonly sha256: string;
  readonly lane: string;
  /** Position within its document, 1-based. */
  readonly number: number;
  /** A whole minified SARIF log. */
  readonly bytes: Uint8Array;
  /** How many results it holds. */
  readonly results: number;
}

/**
 * Sends a part once, or, wrapped, for as long as the wrappers see sense in it. Resolves to an outcome for everything
 * the other side or the network can do, an aborted `signal` included; rejects only for defects and a broken ledger.
 * `P` is what the wrapper or transport needs to know of the part.
 */
export type Send<P extends SendPart = SendPart> = (part: P, signal: AbortSignal) => Promise<Outcome>;
