import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalJson, type JsonData } from '../canonical-json/canonical-json.ts';
import type { Account } from '../upload/account.ts';

/** A file of a run, as a receipt tells of it. */
export interface ReceiptFile {
  readonly path: string;
  /** Of the file as it was read, hex; absent where it was not read to its end. */
  readonly sha256?: string;
  readonly format: string | null;
  readonly findings: number;
  readonly parts: number;
  readonly delivered: boolean;
}

/** A part of a run, as a receipt tells of it. */
export interface ReceiptPart {
  /** Of the body that was sent, hex. */
  readonly sha256: string;
  readonly lane: string;
  readonly path: string;
  readonly number: number;
  readonly bytes: number;
  readonly results: number;
  readonly outcome: string;
  readonly httpStatus: number | null;
  readonly attempts: number;
  /** When the first attempt began and when the last one ended, ISO 8601 in UTC; absent where nothing was sent. */
  readonly sentAt?: string;
  readonly doneAt?: string;
  readonly code?: string;
}

/** What was sent where, and what became of it. */
export interface ReceiptContent {
  readonly type: 'sariflow-receipt';
  readonly version: 1;
  /** The version of Sariflow. */
  readonly sariflow: string;
  readonly target: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Where the findings belong, and who said so. Never a secret. */
  readonly context: Readonly<Record<string, { readonly value: string; readonly origin: string }>>;
  readonly files: readonly ReceiptFile[];
  readonly parts: readonly ReceiptPart[];
  readonly account: Account;
  readonly exit: { readonly code: number; readonly name: string };
}

/** A receipt as it stands in its file. */
export interface Receipt extends ReceiptContent {
  /** SHA-256 of the canonical JSON (RFC 8785) of all other members, hex. */
  readonly sha256: string;
}

/** A receipt as the text of its file: canonical JSON, one line, with the digest of all the rest. */
export function sealReceipt(content: ReceiptContent): string {
  // What comes from reports and branches may hold halves of surrogate pairs, which no text in UTF-8 has.
  const data = wellFormed(JSON.parse(JSON.stringify(content)) as JsonData) as Record<string, JsonData>;
  return `${canonicalJson({ ...data, sha256: digestOf(data) })}\n`;
}

/** What is wrong with a receipt. Stable. */
export type ReceiptDefect = 'receipt-unreadable' | 'receipt-foreign' | 'receipt-newer' | 'receipt-changed';

/** A receipt that was read, or why it is none. */
export type ReadReceipt = { readonly receipt: Receipt } | { readonly defect: ReceiptDefect; readonly message: string };

/** Reads a receipt and checks that it is as it was written: any change of a byte that means something is found. */
export function readReceipt(text: string): ReadReceipt {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { defect: 'receipt-unreadable', message: 'It is not JSON, so it was cut or changed.' };
  }
  if (!isObject(data) || data['type'] !== 'sariflow-receipt') {
    return { defect: 'receipt-foreign', message: 'It is no receipt of sariflow upload --receipt.' };
  }
  if (data['version'] !== 1) {
    return { defect: 'receipt-newer', message: 'It was written by a newer Sariflow. Update Sariflow to check it.' };
  }
  const { sha256, ...content } = data;
  if (typeof sha256 !== 'string' || !isSame(sha256, digestOf(content))) {
    return {
      defect: 'receipt-changed',
      message: 'Its digest does not fit what it says: it was changed after it was written.',
    };
  }
  // The digest vouches for the shape: only `sealReceipt` makes such texts, and what others make was never ours.
  return { receipt: data as unknown as Receipt };
}

function digestOf(data: Readonly<Record<string, JsonData>>): string {
  return createHash('sha256').update(canonicalJson(data), 'utf8').digest('hex');
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function wellFormed(value: JsonData): JsonData {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.toWellFormed(),
      member === undefined ? null : wellFormed(member),
    ]),
  );
}

function isObject(value: unknown): value is Record<string, JsonData> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
