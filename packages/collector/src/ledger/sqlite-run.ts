import { decideItem } from './decide-item.ts';
import type { AttemptEnd, ItemRequest, LedgerItem, LedgerPart, LedgerPartRequest, LedgerRun } from './ledger.ts';
import { LedgerError } from './ledger-error.ts';
import { nextStanding, type PartEvent, type PartState } from './part-state.ts';
import type { ItemRow, PartRow } from './sqlite-rows.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** What one upload has found and done in one lane. */
interface LaneProgress {
  /** Documents of the unfinished upload that are still to be repeated; emptied by the first that differs. */
  expected: ItemRow[];
  /** Documents of this upload belong to this batch, once there is one. */
  batch: number | undefined;
}

/** One upload over a store. */
export function createSqliteRun(store: SqliteStore): LedgerRun {
  const lanes = new Map<string, LaneProgress>();
  /** Parts met in this upload, per document, while it is open. */
  const seen = new Map<string, Set<string>>();

  const progressOf = (lane: string): LaneProgress => {
    let progress = lanes.get(lane);
    if (progress === undefined) {
      const row = store.lane(lane);
      const unfinished = row?.batchOpen === true ? store.itemsOfBatch(lane, row.batch) : [];
      progress = { expected: unfinished, batch: unfinished.length > 0 ? row?.batch : undefined };
      lanes.set(lane, progress);
    }
    return progress;
  };

  const move = (item: LedgerItem, sha256: string, event: PartEvent, change: Partial<PartRow> = {}): PartRow => {
    const part = store.part(item.lane, item.seq, sha256);
    const next = part && nextStanding(part, event);
    if (part === undefined || next === undefined) {
      throw new LedgerError(
        'ledger-defect',
        store.place,
        `A part that is ${part?.state ?? 'not known'} cannot take '${event}'. This is a defect of Sariflow; please report it.`,
      );
    }
    const row = { ...part, ...change, ...next };
    store.putPart(row);
    return row;
  };

  return {
    async openItem(request) {
      return store.change(() => openItem(store, progressOf(request.lane), request));
    },
    async admit(item, part) {
      seenOf(seen, item).add(part.sha256);
      return store.change(() => toLedgerPart(admit(store, item, part)));
    },
    async beginAttempt(item, sha256) {
      store.change(() => {
        const { attempts } = store.part(item.lane, item.seq, sha256) ?? { attempts: 0 };
        const part = move(item, sha256, 'begin', { attempts: attempts + 1 });
        store.notePart(part, { sentAt: Date.now() });
      });
    },
    async endAttempt(item, sha256, { end, httpStatus, answer }: AttemptEnd) {
      store.change(() => {
        const part = move(item, sha256, end, { status: httpStatus ?? null });
        store.notePart(part, { answer, doneAt: Date.now() });
      });
    },
    async hold(item, sha256, why) {
      store.change(() => store.notePart(move(item, sha256, 'hold'), { answer: why }));
    },
    async supersede(item, sha256, why) {
      seenOf(seen, item).delete(sha256);
      store.change(() => store.notePart(move(item, sha256, 'supersede'), { answer: why }));
    },
    async closeItem(item, complete) {
      const met = seenOf(seen, item);
      seen.delete(itemKey(item));
      return store.change(() => closeItem(store, item, complete, met));
    },
    async finish() {
      store.change(() => {
        for (const [lane, { batch }] of lanes) {
          if (batch === undefined) continue;
          if (store.itemsOfBatch(lane, batch).every((item) => item.state === 'accepted')) {
            store.putLane({ lane, batch, batchOpen: false });
          }
        }
      });
    },
  };
}

function openItem(store: SqliteStore, progress: LaneProgress, request: ItemRequest): LedgerItem {
  const { lane, sha256, path, force = false } = request;
  const last = store.lastItem(lane);
  const decision = decideItem(sha256, { last, expected: progress.expected[0] }, force);

  if (decision.replay) progress.expected = progress.expected.slice(1);
  else if (progress.expected.length > 0) {
    // Another upload than the one that was left unfinished: that one is not continued any more.
    progress.expected = [];
    if (progress.batch !== undefined) store.putLane({ lane, batch: progress.batch, batchOpen: false });
    progress.batch = undefined;
  }

  if (decision.action !== 'new') {
    return { lane, sha256, seq: decision.seq, standing: decision.action === 'delivered' ? 'delivered' : 'resumed' };
  }
  if (progress.batch === undefined) {
    const row = store.lane(lane);
    if (row !== undefined) supersede(store, lane, row.batch);
    progress.batch = (row?.batch ?? 0) + 1;
    store.putLane({ lane, batch: progress.batch, batchOpen: true });
  }
  const seq = (last?.seq ?? 0) + 1;
  const fresh = { results: 0, parts: 0, state: 'planned', doneAt: null } as const;
  store.putItem({ lane, seq, sha256, path, batch: progress.batch, ...fresh });
  return { lane, seq, sha256, standing: 'new' };
}

/** A newer upload takes the place of what an unfinished one had not sent. */
function supersede(store: SqliteStore, lane: string, batch: number): void {
  for (const item of store.itemsOfBatch(lane, batch)) {
    if (item.state === 'accepted' || item.state === 'superseded') continue;
    for (const part of store.partsOf(lane, item.seq)) supersedePart(store, part);
    store.putItem({ ...item, state: 'superseded' });
  }
}

function supersedePart(store: SqliteStore, part: PartRow): void {
  if (part.state !== 'planned' && part.state !== 'held') return;
  const next = nextStanding(part, 'supersede');
  if (next !== undefined) store.putPart({ ...part, ...next });
}

function admit(store: SqliteStore, item: LedgerItem, request: LedgerPartRequest): PartRow {
  const { lane, seq } = item;
  const known = store.part(lane, seq, request.sha256);
  if (known !== undefined) return known;

  const { sha256, number, bytes, results } = request;
  const fresh = { state: 'planned', doubt: false, attempts: 0, status: null } as const;
  const row: PartRow = { lane, seq, sha256, number, bytes, results, ...fresh };
  store.putPart(row);
  return row;
}

function closeItem(store: SqliteStore, item: LedgerItem, complete: boolean, met: ReadonlySet<string>): PartState {
  const row = store.item(item.lane, item.seq);
  if (row === undefined) {
    throw new LedgerError(
      'ledger-defect',
      store.place,
      'A document that was never opened was closed. Please report it.',
    );
  }
  if (item.standing === 'delivered') return row.state;

  const parts = store.partsOf(item.lane, item.seq);
  const current = parts.filter((part) => met.has(part.sha256));
  if (complete) {
    for (const part of parts) if (!met.has(part.sha256)) supersedePart(store, part);
  }
  const state = complete ? worstOf(current.map((part) => part.state)) : worstUnfinished(current);
  store.putItem({
    ...row,
    state,
    parts: current.length,
    results: current.reduce((sum, part) => sum + part.results, 0),
    doneAt: state === 'accepted' ? Date.now() : null,
  });
  return state;
}

const severity: readonly PartState[] = ['unknown', 'rejected', 'sending', 'planned', 'held', 'superseded', 'accepted'];

/** A document is as its worst part is; without parts there was nothing to deliver. */
function worstOf(states: readonly PartState[]): PartState {
  return severity.find((state) => states.includes(state)) ?? 'accepted';
}

/** Parts that nobody has seen yet keep a document from being delivered. */
function worstUnfinished(parts: readonly PartRow[]): PartState {
  return worstOf([...parts.map((part) => part.state), 'planned']);
}

function toLedgerPart({ sha256, state, attempts, status }: PartRow): LedgerPart {
  return { sha256, state, attempts, httpStatus: status ?? undefined };
}

function itemKey(item: LedgerItem): string {
  return `${item.seq} ${item.lane}`;
}

function seenOf(seen: Map<string, Set<string>>, item: LedgerItem): Set<string> {
  const key = itemKey(item);
  const known = seen.get(key) ?? new Set<string>();
  seen.set(key, known);
  return known;
}
