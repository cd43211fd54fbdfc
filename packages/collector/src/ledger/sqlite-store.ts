import type { DatabaseSync } from 'node:sqlite';
import type { PartState } from './part-state.ts';
import { nextStanding } from './part-state.ts';
import { ledgerErrorOf } from './sqlite-errors.ts';
import { changesValue } from './sqlite-file.ts';
import {
  type ItemRow,
  itemColumns,
  type LaneRow,
  laneColumns,
  type PartRow,
  partColumns,
  type QuotaRow,
  quotaColumns,
  type RawRow,
  readItem,
  readLane,
  readPart,
  readQuota,
} from './sqlite-rows.ts';
import type { LedgerWitness } from './witness.ts';

/** The rows of a ledger, typed, sealed and in transactions. */
export interface SqliteStore {
  readonly place: string;
  /** Runs `work` in one durable transaction. After a write failed once, nothing is written any more. */
  change<T>(work: () => T): T;
  /** No write has failed. */
  trusted(): boolean;
  lane(lane: string): LaneRow | undefined;
  putLane(row: LaneRow): void;
  item(lane: string, seq: number): ItemRow | undefined;
  /** The latest document of a lane, or the latest in that state. */
  lastItem(lane: string, state?: PartState): ItemRow | undefined;
  /** The documents of one upload into a lane, in order. */
  itemsOfBatch(lane: string, batch: number): ItemRow[];
  /** Every document of a lane, in order, with the columns that are for people. */
  itemsOfLane(lane: string): Iterable<RawRow>;
  putItem(row: ItemRow): void;
  part(lane: string, seq: number, sha256: string): PartRow | undefined;
  partsOf(lane: string, seq: number): PartRow[];
  putPart(row: PartRow): void;
  /** Notes for people beside a part: what was said, and when. */
  notePart(part: PartRow, note: { answer?: string | undefined; sentAt?: number; doneAt?: number }): void;
  /** Marks what a dead process had been sending as `unknown`; returns how many there were. */
  markInterrupted(): number;
  quota(scope: string, period: string): QuotaRow | undefined;
  putQuota(row: QuotaRow): void;
  /** Removes a document with its parts. */
  removeItem(lane: string, seq: number): void;
  /** Removes a lane that has no document. */
  removeLane(lane: string): void;
  removeQuota(row: QuotaRow): void;
  /** The rows of a table, one by one, in the order of their keys. Each is checked before it is given. */
  everyRow(table: LedgerTable): Iterable<RawRow>;
}

/** The tables that hold what was learnt. */
export type LedgerTable = 'lane' | 'item' | 'part' | 'quota';

const checkRow = {
  lane: readLane,
  item: readItem,
  part: readPart,
  quota: readQuota,
} satisfies Record<LedgerTable, (raw: RawRow, place: string) => unknown>;

/** The rows of a table of an open ledger, one by one, in the order of their keys. A row that was tampered with is not given. */
export function* readRows(database: DatabaseSync, table: LedgerTable, place: string): Generator<RawRow> {
  try {
    // A ledger of an earlier version has no quotas.
    if (database.prepare('select 1 from sqlite_schema where name = ?').get(table) === undefined && table === 'quota')
      return;
    for (const raw of database.prepare(`select * from ${table}`).iterate()) {
      checkRow[table](raw, place);
      yield raw;
    }
  } catch (error) {
    throw ledgerErrorOf(error, place);
  }
}

/** What counts the changes of a store, inside of its database and beside it. */
export interface ChangeCount {
  /** Made so far. */
  readonly changes: number;
  readonly witness: LedgerWitness;
}

/** A store over an open database. */
export function createSqliteStore(database: DatabaseSync, place: string, count: ChangeCount): SqliteStore {
  const statements = {
    lane: database.prepare('select * from lane where lane = ?'),
    putLane: database.prepare(
      `insert into lane (lane, fence, state, batch, batch_open, seal) values (:lane, 0, 'open', :batch, :open, :seal)
       on conflict (lane) do update set batch = excluded.batch, batch_open = excluded.batch_open, seal = excluded.seal`,
    ),
    item: database.prepare('select * from item where lane = ? and seq = ?'),
    lastItem: database.prepare('select * from item where lane = ? order by seq desc limit 1'),
    lastItemIn: database.prepare('select * from item where lane = ? and state = ? order by seq desc limit 1'),
    itemsOfBatch: database.prepare('select * from item where lane = ? and batch = ? order by seq'),
    itemsOfLane: database.prepare('select seq, batch, created_at, done_at from item where lane = ? order by seq'),
    putItem: database.prepare(
      `insert into item (lane, seq, sha256, path, batch, results, parts, state, created_at, done_at, seal)
       values (:lane, :seq, :sha256, :path, :batch, :results, :parts, :state, unixepoch() * 1000, :doneAt, :seal)
       on conflict (lane, seq) do update set path = excluded.path, batch = excluded.batch, results = excluded.results,
         parts = excluded.parts, state = excluded.state, done_at = excluded.done_at, seal = excluded.seal`,
    ),
    part: database.prepare('select * from part where lane = ? and seq = ? and sha256 = ?'),
    partsOf: database.prepare('select * from part where lane = ? and seq = ? order by n, sha256'),
    putPart: database.prepare(
      `insert into part (lane, seq, sha256, n, bytes, results, state, doubt, attempts, status, seal)
       values (:lane, :seq, :sha256, :n, :bytes, :results, :state, :doubt, :attempts, :status, :seal)
       on conflict (lane, seq, sha256) do update set n = excluded.n, state = excluded.state, doubt = excluded.doubt,
         attempts = excluded.attempts, status = excluded.status, seal = excluded.seal`,
    ),
    notePart: database.prepare(
      `update part set answer = coalesce(:answer, answer), sent_at = coalesce(:sentAt, sent_at),
         done_at = coalesce(:doneAt, done_at) where lane = :lane and seq = :seq and sha256 = :sha256`,
    ),
    sending: database.prepare("select * from part where state = 'sending'"),
    quota: database.prepare('select * from quota where scope = ? and period = ?'),
    putQuota: database.prepare(
      `insert into quota (scope, period, used, seal) values (:scope, :period, :used, :seal)
       on conflict (scope, period) do update set used = excluded.used, seal = excluded.seal`,
    ),
    removeQuota: database.prepare('delete from quota where scope = ? and period = ?'),
    removeItem: database.prepare('delete from item where lane = ? and seq = ?'),
    removeParts: database.prepare('delete from part where lane = ? and seq = ?'),
    removeLane: database.prepare('delete from lane where lane = ?'),
    putChanges: database.prepare("update meta set value = ? where key = 'changes'"),
  };
  let { changes } = count;
  let failure: unknown;

  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw ledgerErrorOf(error, place);
    }
  };

  const store: SqliteStore = {
    place,
    trusted: () => failure === undefined,
    change(work) {
      // A disk that failed a sync once may report success the next time without having written anything.
      if (failure !== undefined) throw ledgerErrorOf(failure, place);
      try {
        database.exec('begin immediate');
        const result = work();
        statements.putChanges.run(changesValue(changes + 1));
        database.exec('commit');
        changes += 1;
        count.witness.note(changes);
        return result;
      } catch (error) {
        failure = error;
        if (database.isTransaction) database.exec('rollback');
        throw ledgerErrorOf(error, place);
      }
    },
    lane: (lane) => guarded(() => optional(statements.lane.get(lane), (raw) => readLane(raw, place))),
    putLane: (row) => void statements.putLane.run(laneColumns(row)),
    item: (lane, seq) => guarded(() => optional(statements.item.get(lane, seq), (raw) => readItem(raw, place))),
    lastItem: (lane, state) =>
      guarded(() =>
        optional(state === undefined ? statements.lastItem.get(lane) : statements.lastItemIn.get(lane, state), (raw) =>
          readItem(raw, place),
        ),
      ),
    itemsOfBatch: (lane, batch) =>
      guarded(() => statements.itemsOfBatch.all(lane, batch).map((raw) => readItem(raw, place))),
    itemsOfLane: (lane) => guarded(() => statements.itemsOfLane.all(lane)),
    putItem: (row) => void statements.putItem.run(itemColumns(row)),
    part: (lane, seq, sha256) =>
      guarded(() => optional(statements.part.get(lane, seq, sha256), (raw) => readPart(raw, place))),
    partsOf: (lane, seq) => guarded(() => statements.partsOf.all(lane, seq).map((raw) => readPart(raw, place))),
    putPart: (row) => void statements.putPart.run(partColumns(row)),
    notePart({ lane, seq, sha256 }, { answer, sentAt, doneAt }) {
      statements.notePart.run({
        lane,
        seq,
        sha256,
        answer: answer?.slice(0, 500) ?? null,
        sentAt: sentAt ?? null,
        doneAt: doneAt ?? null,
      });
    },
    markInterrupted() {
      return store.change(() => {
        const parts = statements.sending.all().map((raw) => readPart(raw, place));
        for (const part of parts) {
          const next = nextStanding(part, 'crash');
          if (next !== undefined) store.putPart({ ...part, ...next });
        }
        return parts.length;
      });
    },
    quota: (scope, period) =>
      guarded(() => optional(statements.quota.get(scope, period), (raw) => readQuota(raw, place))),
    putQuota: (row) => void statements.putQuota.run(quotaColumns(row)),
    removeQuota: ({ scope, period }) => void statements.removeQuota.run(scope, period),
    removeItem(lane, seq) {
      statements.removeParts.run(lane, seq);
      statements.removeItem.run(lane, seq);
    },
    removeLane: (lane) => void statements.removeLane.run(lane),
    everyRow: (table) => readRows(database, table, place),
  };
  return store;
}

function optional<T>(raw: RawRow | undefined, parse: (raw: RawRow) => T): T | undefined {
  return raw === undefined ? undefined : parse(raw);
}
