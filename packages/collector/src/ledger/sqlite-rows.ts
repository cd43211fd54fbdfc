import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { damagedLedger } from './ledger-error.ts';
import type { PartState } from './part-state.ts';
import { sealOf } from './row-seal.ts';

/** A row of the table `lane`. */
export interface LaneRow {
  readonly lane: string;
  /** Number of the latest upload into this lane. */
  readonly batch: number;
  /** That upload has not delivered everything yet. */
  readonly batchOpen: boolean;
}

/** A row of the table `item`. */
export interface ItemRow {
  readonly lane: string;
  readonly seq: number;
  readonly sha256: string;
  readonly path: string;
  readonly batch: number;
  readonly results: number;
  readonly parts: number;
  readonly state: PartState;
  readonly doneAt: number | null;
}

/** A row of the table `part`. */
export interface PartRow {
  readonly lane: string;
  readonly seq: number;
  readonly sha256: string;
  readonly number: number;
  readonly bytes: number;
  readonly results: number;
  readonly state: PartState;
  readonly doubt: boolean;
  readonly attempts: number;
  readonly status: number | null;
}

/** A row of the table `quota`. */
export interface QuotaRow {
  readonly scope: string;
  readonly period: string;
  readonly used: number;
}

/** A row as SQLite gives it. */
export type RawRow = Record<string, SQLOutputValue>;

/** The seal of a lane. */
function laneSeal(row: LaneRow): string {
  return sealOf(row.lane, row.batch, Number(row.batchOpen));
}

/** The seal of a document. */
function itemSeal(row: ItemRow): string {
  return sealOf(row.lane, row.seq, row.sha256, row.path, row.batch, row.results, row.parts, row.state, row.doneAt);
}

/** The seal of a part. */
function partSeal(row: PartRow): string {
  const { lane, seq, sha256, number, bytes, results, state, doubt, attempts, status } = row;
  return sealOf(lane, seq, sha256, number, bytes, results, state, Number(doubt), attempts, status);
}

/** The seal of a quota. */
function quotaSeal({ scope, period, used }: QuotaRow): string {
  return sealOf(scope, period, used);
}

/** @throws LedgerError `ledger-damaged` when a column has another type, or the seal does not fit */
export function readLane(raw: RawRow, place: string): LaneRow {
  const row = { lane: text(raw, 'lane'), batch: number(raw, 'batch'), batchOpen: raw['batch_open'] === 1 };
  return sealed(row, laneSeal(row), raw, place, 'lane');
}

/** @throws LedgerError `ledger-damaged`, as `readLane` */
export function readItem(raw: RawRow, place: string): ItemRow {
  const row = {
    lane: text(raw, 'lane'),
    seq: number(raw, 'seq'),
    sha256: text(raw, 'sha256'),
    path: text(raw, 'path'),
    batch: number(raw, 'batch'),
    results: number(raw, 'results'),
    parts: number(raw, 'parts'),
    state: text(raw, 'state') as PartState, // The seal vouches for it.
    doneAt: optionalNumber(raw, 'done_at'),
  };
  return sealed(row, itemSeal(row), raw, place, 'document');
}

/** @throws LedgerError `ledger-damaged`, as `readLane` */
export function readPart(raw: RawRow, place: string): PartRow {
  const row = {
    lane: text(raw, 'lane'),
    seq: number(raw, 'seq'),
    sha256: text(raw, 'sha256'),
    number: number(raw, 'n'),
    bytes: number(raw, 'bytes'),
    results: number(raw, 'results'),
    state: text(raw, 'state') as PartState, // The seal vouches for it.
    doubt: raw['doubt'] === 1,
    attempts: number(raw, 'attempts'),
    status: optionalNumber(raw, 'status'),
  };
  return sealed(row, partSeal(row), raw, place, 'part');
}

/** @throws LedgerError `ledger-damaged`, as `readLane` */
export function readQuota(raw: RawRow, place: string): QuotaRow {
  const row = { scope: text(raw, 'scope'), period: text(raw, 'period'), used: number(raw, 'used') };
  return sealed(row, quotaSeal(row), raw, place, 'quota');
}

function sealed<Row>(row: Row, seal: string, raw: RawRow, place: string, what: string): Row {
  if (raw['seal'] === seal) return row;
  throw damagedLedger(place, `the row of a ${what} was changed by something else`);
}

function text(raw: RawRow, column: string): string {
  const value = raw[column];
  return typeof value === 'string' ? value : '';
}

function number(raw: RawRow, column: string): number {
  const value = raw[column];
  return typeof value === 'number' ? value : Number.NaN;
}

function optionalNumber(raw: RawRow, column: string): number | null {
  const value = raw[column];
  return typeof value === 'number' ? value : null;
}

/** Writes a lane. */
export function laneColumns(row: LaneRow): Record<string, SQLInputValue> {
  return { lane: row.lane, batch: row.batch, open: Number(row.batchOpen), seal: laneSeal(row) };
}

/** Writes a document. */
export function itemColumns(row: ItemRow): Record<string, SQLInputValue> {
  const { lane, seq, sha256, path, batch, results, parts, state, doneAt } = row;
  return { lane, seq, sha256, path, batch, results, parts, state, doneAt, seal: itemSeal(row) };
}

/** Writes a part. */
export function partColumns(row: PartRow): Record<string, SQLInputValue> {
  const { lane, seq, sha256, number: n, bytes, results, state, doubt, attempts, status } = row;
  return { lane, seq, sha256, n, bytes, results, state, doubt: Number(doubt), attempts, status, seal: partSeal(row) };
}

/** Writes a quota. */
export function quotaColumns(row: QuotaRow): Record<string, SQLInputValue> {
  return { scope: row.scope, period: row.period, used: row.used, seal: quotaSeal(row) };
}
