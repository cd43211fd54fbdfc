import type { PartState } from './part-state.ts';

/** A document that comes to a lane. */
export interface ItemRequest {
  readonly lane: string;
  /** SHA-256 of the document as it was read, hex. */
  readonly sha256: string;
  /** For people; not part of its identity. */
  readonly path: string;
  /** Send it whatever the ledger knows. */
  readonly force?: boolean;
}

/** A document's place in a lane. */
export interface LedgerItem {
  readonly lane: string;
  /** Position in the lane's history, from 1. */
  readonly seq: number;
  readonly sha256: string;
  /** `delivered`: nothing of it needs to be sent. `resumed`: some of its parts may be known. `new`: none is. */
  readonly standing: 'new' | 'resumed' | 'delivered';
}

/** What identifies and describes a part in the ledger. */
export interface LedgerPartRequest {
  /** `partIdentity` of the part. */
  readonly sha256: string;
  /** Position in its document, from 1. */
  readonly number: number;
  readonly bytes: number;
  readonly results: number;
}

/** What the ledger knows of a part. */
export interface LedgerPart {
  readonly sha256: string;
  readonly state: PartState;
  readonly attempts: number;
  /** The last answer's status. */
  readonly httpStatus: number | undefined;
}

/** How an attempt ended. */
export interface AttemptEnd {
  /** `not-sent`: the target does not have it. */
  readonly end: 'accepted' | 'rejected' | 'unknown' | 'not-sent';
  readonly httpStatus?: number;
  /** What was said, for people; at most 500 characters are kept. */
  readonly answer?: string;
}

/** The last document that a lane delivered as a whole. */
export interface DeliveredDocument {
  readonly seq: number;
  readonly sha256: string;
  readonly path: string;
  readonly parts: number;
  readonly results: number;
  /** Milliseconds since the Unix epoch. */
  readonly deliveredAt: number;
}

/** One line of the exported ledger. */
export interface LedgerRow {
  readonly table: 'lane' | 'item' | 'part' | 'quota';
  readonly [column: string]: string | number | null;
}

/** Which documents to forget. */
export interface PurgeRequest {
  /** Only those of this lane. */
  readonly lane?: string;
  /** Only those that were done before this moment, in milliseconds since the Unix epoch. */
  readonly olderThanMs?: number;
  /** Also those that the next upload would be compared with. */
  readonly everything?: boolean;
}

/** How much was forgotten. */
export interface Purged {
  /** Lanes of which nothing is known any more. */
  readonly lanes: number;
  readonly documents: number;
  readonly parts: number;
}

/** A look at a ledger that another process may be working with. Nothing is changed by it. */
export interface LedgerView extends AsyncDisposable {
  readonly place: string;
  /** The process that works with the ledger, or did when it died; `undefined` for neither. */
  readonly ownerPid: number | undefined;
  /** As `Ledger.rows`. A part that is `sending` is so right now, or was when a process died. */
  rows(only?: LedgerRow['table']): AsyncIterable<LedgerRow>;
  close(): Promise<void>;
}

/**
 * Remembers what was sent where, across crashes. Intent is durable before the network is touched, the result after it.
 * Every method rejects with `LedgerError` when the ledger cannot be trusted or written.
 */
export interface Ledger extends AsyncDisposable {
  /** Where it is, for messages. */
  readonly place: string;
  /** Parts that an earlier process had been sending when it died; they are `unknown` now. */
  readonly interrupted: number;
  /** One upload begins. One at a time. */
  begin(): LedgerRun;
  /** `undefined`: nothing was ever delivered there. */
  lastDelivered(lane: string): Promise<DeliveredDocument | undefined>;
  /**
   * Everything, or the rows of one table, in the order of their keys. Rejects with `ledger-damaged` at a row that something else has changed.
   */
  rows(only?: LedgerRow['table']): AsyncIterable<LedgerRow>;
  /** How much of a quota was used: `scope` says whose and of what, `period` when, such as `2026-11`. */
  quotaUsed(scope: string, period: string): Promise<number>;
  /** Notes that so much more of a quota was used; what was noted for other periods of the scope is forgotten. */
  useQuota(scope: string, period: string, amount: number): Promise<void>;
  /** Forgets documents, and gives their room back to the file system. */
  purge(request: PurgeRequest): Promise<Purged>;
  close(): Promise<void>;
}

/** One upload's view of the ledger. */
export interface LedgerRun {
  /** A document comes to a lane. To be called in the order in which documents are sent. */
  openItem(request: ItemRequest): Promise<LedgerItem>;
  /** A part of it is known now; `planned` unless it was known before. */
  admit(item: LedgerItem, part: LedgerPartRequest): Promise<LedgerPart>;
  /** An attempt begins. Durable when this resolves. */
  beginAttempt(item: LedgerItem, sha256: string): Promise<void>;
  /** The attempt ended. Durable when this resolves. */
  endAttempt(item: LedgerItem, sha256: string, end: AttemptEnd): Promise<void>;
  /** The part is not sent on purpose. */
  hold(item: LedgerItem, sha256: string, why: string): Promise<void>;
  /** The target did not take the part as it is, and smaller ones go in its place. */
  supersede(item: LedgerItem, sha256: string, why: string): Promise<void>;
  /**
   * No more is done about the document in this upload.
   * @param complete all its parts have been seen; parts of an earlier plan that were not are `superseded`
   * @returns what became of the document: `accepted` when every part was
   */
  closeItem(item: LedgerItem, complete: boolean): Promise<PartState>;
  /** The upload is over. An upload that delivered everything is not continued by the next one. */
  finish(): Promise<void>;
}
