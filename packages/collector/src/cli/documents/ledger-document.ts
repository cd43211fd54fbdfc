import type { LedgerRow } from '../../ledger/index.ts';
import type { CommandDocument, FileError } from './document.ts';

/** A document of a lane, as `sariflow ledger show` tells of it. */
export interface ShownDocument {
  readonly seq: number;
  readonly path: string;
  readonly sha256: string;
  readonly state: string;
  readonly parts: number;
  readonly results: number;
  /** When it was delivered, or when it came, ISO 8601 in UTC. */
  readonly at: string;
}

/** A lane, as `sariflow ledger show` tells of it. */
export interface ShownLane {
  readonly lane: string;
  readonly documents: number;
  /** The document that came last. */
  readonly latest: ShownDocument | null;
  /** The document that was delivered last; null where none was. */
  readonly delivered: ShownDocument | null;
  /** Parts by state. */
  readonly parts: Readonly<Record<string, number>>;
}

/** `sariflow ledger show --json`. */
export interface LedgerShowDocument extends CommandDocument<never> {
  readonly command: 'ledger show';
  readonly ledger: string;
  /** The process that works with the ledger now, or did when it died. */
  readonly ownerPid: number | null;
  readonly lanes: readonly ShownLane[];
  /** Lanes that match, of which `lanes` may be the first. */
  readonly laneCount: number;
  readonly quotas: readonly { readonly scope: string; readonly period: string; readonly used: number }[];
}

/** `sariflow ledger export --json -o FILE`. */
export interface LedgerExportDocument extends CommandDocument<never> {
  readonly command: 'ledger export';
  readonly ledger: string;
  readonly output: string;
  readonly rows: Readonly<Record<LedgerRow['table'], number>>;
}

/** `sariflow ledger purge --json`. */
export interface LedgerPurgeDocument extends CommandDocument<never> {
  readonly command: 'ledger purge';
  readonly ledger: string;
  readonly purged: { readonly lanes: number; readonly documents: number; readonly parts: number };
}

/** A receipt that was checked. */
export interface VerifiedReceipt {
  readonly path: string;
  /** It is as it was written. */
  readonly valid: boolean;
  readonly target?: string;
  readonly startedAt?: string;
  /** Findings that came in, and those that were accepted. */
  readonly findings?: number;
  readonly accepted?: number;
  /** Files named in the receipt that are still here as they were sent, that have changed, and that are not here. */
  readonly filesUnchanged?: number;
  readonly filesChanged?: readonly string[];
  readonly filesMissing?: number;
  readonly error?: FileError;
}

/** `sariflow ledger verify --json`. */
export interface LedgerVerifyDocument extends CommandDocument<VerifiedReceipt> {
  readonly command: 'ledger verify';
}
