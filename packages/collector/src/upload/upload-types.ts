import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerError } from '../ledger/ledger-error.ts';
import type { BreakerOptions } from '../send/circuit-breaker.ts';
import type { Clock } from '../send/clock.ts';
import type { HttpTransport } from '../send/http-transport.ts';
import type { OutcomeCode } from '../send/outcome.ts';
import type { ProxySettings } from '../send/proxy-settings.ts';
import type { RetryPolicy } from '../send/with-retry.ts';
import type { Destination, UploadContext } from '../targets/target.ts';
import type { Account, AccountReason } from './account.ts';

/** Of one run of a part, where its results stand in the document. */
export interface PartOrigin {
  readonly runIndex: number;
  readonly resultIndexes: readonly number[];
}

/** A part as splitting makes it. */
export interface UploadPart {
  /** Position in its document, from 1. */
  readonly number: number;
  /** A whole minified SARIF log. Not changed after it was handed over. */
  readonly bytes: Uint8Array;
  readonly results: number;
  /** The scanner; a part holds the results of one. */
  readonly tool: string;
  /** SHA-256 of `bytes`, hex, where whoever made them knows it already. */
  readonly sha256?: string;
  /** Run by run; what pointers into the document are made of. */
  readonly origins?: readonly PartOrigin[];
}

/** A finding that the target will not take, and that keeps no other from being taken. */
export interface DeadLetter {
  readonly path: string;
  readonly lane: string;
  /** Where the result stands in the document, as SARIF; `/runs/0/results/12`. */
  readonly pointer: string;
  /** The scanner's rule, where the result names one. */
  readonly ruleId?: string;
  readonly code: PartCode;
  readonly reason: string;
  readonly httpStatus: number | null;
}

/** What happened to a document's findings before they became parts. */
export interface DocumentTally {
  /** Findings that were read. */
  readonly in: number;
  /** Exact duplicates that became one. */
  readonly merged: number;
  /** Findings that could not be sent. */
  readonly dropped: number;
  readonly reasons: readonly AccountReason[];
}

/** A document to upload. */
export interface UploadDocument {
  /** How the document is called in messages and in the ledger. */
  readonly path: string;
  /** SHA-256 of the document as it was read, hex. */
  readonly sha256: string;
  /** Its parts, made while they are asked for. The same document and limits give the same parts in every run. */
  readonly parts: AsyncIterable<UploadPart>;
  /** Where this document's findings belong, when not where the others' do. */
  readonly context?: UploadContext;
  /** Do not send it, for this reason (a shrunken scan, say); its findings are accounted as held. */
  readonly held?: string;
  /** Asked for once, when the last part has been taken. Absent: the findings are those of the parts. */
  readonly tally?: () => DocumentTally;
}

/** What became of a part. `undelivered`: the target does not have it, and it may be sent again. */
export type PartOutcome = 'accepted' | 'rejected' | 'undelivered' | 'unknown' | 'held';

/** Why a part ended as it did. The codes of attempts, and those of parts for which none was made. */
export type PartCode =
  | OutcomeCode
  | 'already-delivered'
  | 'already-accepted'
  | 'held'
  | 'ledger'
  | 'configuration'
  | 'internal';

/** A part in the result. The first seven members are the published JSON document. */
export interface PartReport {
  /** Of the body, in hex. */
  readonly sha256: string;
  readonly lane: string;
  readonly bytes: number;
  readonly results: number;
  readonly outcome: PartOutcome;
  readonly httpStatus: number | null;
  /** Attempts in this run. */
  readonly attempts: number;
  readonly path: string;
  readonly number: number;
  readonly code?: PartCode;
  /** One sentence or more about anything but plain success. */
  readonly reason?: string;
  /** The target accepted the part with a remark. */
  readonly warning?: string;
  /** An earlier run had sent it without learning the outcome, so it was sent once more. */
  readonly resent?: true;
  /** It is a piece of a part that the target did not take as it was. */
  readonly piece?: true;
  /** Of a single result that was refused: where it stands in the document. */
  readonly pointer?: string;
}

/** A document in the result. */
export interface DocumentReport {
  readonly path: string;
  readonly sha256: string;
  readonly parts: number;
  /** Every part is with the target. */
  readonly delivered: boolean;
  /** All its parts were produced and looked at. */
  readonly complete: boolean;
  /** The ledger says that it is the last document its lanes received, so nothing was sent. */
  readonly alreadyDelivered: boolean;
  readonly account: Account;
  /** Why its parts could not all be produced, or had no address. */
  readonly error?: unknown;
}

/** Kinds of failure, as exit codes need them. */
export type FailureClass = 'auth' | 'rejected' | 'undelivered' | 'unknown' | 'held';

/** What became of everything. */
export interface UploadResult {
  readonly documents: readonly DocumentReport[];
  /** In the order in which they were produced. */
  readonly parts: readonly PartReport[];
  readonly account: Account;
  /** Empty: everything was delivered. */
  readonly failures: ReadonlySet<FailureClass>;
  /** The signal stopped the run; documents that were not reached are not in the result. */
  readonly interrupted: boolean;
  /** Why nothing more was sent, when something concerned the whole target. */
  readonly stopped?: { readonly code: OutcomeCode; readonly reason: string };
  /** The ledger failed; sending stopped there. */
  readonly ledgerError?: LedgerError;
  /** Why the documents ended early. */
  readonly error?: unknown;
  /** The first hundred findings that were left out so that others could be delivered; `deadLettered` counts all. */
  readonly deadLetters: readonly DeadLetter[];
  readonly deadLettered: number;
  /** Exceptions that nothing expected; each stopped its lane. */
  readonly defects: readonly unknown[];
}

/** What happens while uploading, for progress and logs. */
export type UploadEvent =
  | {
      readonly type: 'sending';
      readonly path: string;
      readonly number: number;
      readonly lane: string;
      readonly attempt: number;
      readonly bytes: number;
    }
  | {
      readonly type: 'waiting';
      readonly path: string;
      readonly number: number;
      readonly lane: string;
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: string;
    }
  | { readonly type: 'resending'; readonly path: string; readonly number: number; readonly lane: string }
  | { readonly type: 'paused'; readonly waitMs: number; readonly cause: 'told' | 'breaker'; readonly reason: string }
  | { readonly type: 'lane-stopped'; readonly lane: string; readonly code: PartCode; readonly reason: string }
  | { readonly type: 'target-stopped'; readonly code: OutcomeCode; readonly reason: string }
  /** Smaller parts go in the place of one: it was too large, or holds something that the target refuses. */
  | {
      readonly type: 'part-divided';
      readonly path: string;
      readonly number: number;
      readonly lane: string;
      readonly code: PartCode;
      readonly reason: string;
    }
  /** A finding is left out; `text` is the result as JSON, shortened where it was. */
  | { readonly type: 'dead-letter'; readonly letter: DeadLetter; readonly text: string }
  | { readonly type: 'part-done'; readonly part: PartReport }
  | { readonly type: 'document-done'; readonly document: DocumentReport };

/** How to upload. Only `destination` and, unless every document brings its own, `context` are needed. */
export interface UploadOptions {
  readonly destination: Destination;
  /** Where the findings belong. */
  readonly context?: UploadContext;
  /** Absent: nothing is remembered. */
  readonly ledger?: Ledger;
  /**
   * Requests at a time; a target that asks for fewer gets fewer. Also bounds the memory of parts: two more than this of the
   * largest size, and more only of small ones. Default 4.
   */
  readonly concurrency?: number;
  /** Requests at a time in the beginning, where that is fewer; they grow with success. */
  readonly startConcurrency?: number;
  /** For the whole run, in milliseconds; `Infinity` for none. Default 5 minutes. */
  readonly deadlineMs?: number;
  /** For one part with all its attempts, in milliseconds. Default 3 minutes. */
  readonly partDeadlineMs?: number;
  /** Default `ciRetryPolicy`, with `onUnknown` as the target has it. */
  readonly retry?: Partial<RetryPolicy>;
  readonly budget?: { readonly capacity: number; readonly perSuccess: number; readonly refillMs: number };
  readonly breaker?: BreakerOptions;
  /** Send documents that the ledger knows as delivered. */
  readonly force?: boolean;
  /** Aborted: nothing new is sent; what is in flight may finish within `graceMs`. */
  readonly signal?: AbortSignal;
  /** Default 4,500 ms. */
  readonly graceMs?: number;
  readonly onEvent?: (event: UploadEvent) => void;
  /** Parts that the target accepts with a remark (PARTIALLY_VALID, say) count as a failure. */
  readonly strict?: boolean;
  readonly proxy?: ProxySettings;
  /** Certificates to trust besides the built-in ones, as PEM; with revocation lists, those are obeyed. */
  readonly ca?: string;
  /** Also trust what the operating system trusts. */
  readonly systemCa?: boolean;
  /** For tests: the clock, and what moves the bytes. */
  readonly clock?: Clock;
  readonly transport?: HttpTransport;
}
