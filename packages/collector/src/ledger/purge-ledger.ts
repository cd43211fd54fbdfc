import type { Purged, PurgeRequest } from './ledger.ts';
import type { RawRow } from './sqlite-rows.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** A document as far as forgetting it is concerned. */
interface Document {
  readonly lane: string;
  readonly seq: number;
  readonly at: number;
  readonly isKept: boolean;
}

/** Documents that go in one transaction. */
const perChange = 1000;

/**
 * Forgets documents. Of each lane the latest document, the latest that was delivered, and an upload that is unfinished stay, unless
 * everything is to go: without them the next upload would be sent again, or could not be compared with what was before.
 */
export function purgeStore(store: SqliteStore, request: PurgeRequest): Purged {
  const lanes = Array.from(store.everyRow('lane'), (row) => String(row['lane'])).filter(
    (lane) => request.lane === undefined || lane === request.lane,
  );
  let documents = 0;
  let parts = 0;
  let forgotten = 0;
  for (const lane of lanes) {
    const going = [...documentsOf(store, lane)].filter(
      ({ at, isKept }) =>
        (request.everything === true || !isKept) && (request.olderThanMs === undefined || at < request.olderThanMs),
    );
    for (let from = 0; from < going.length; from += perChange) {
      store.change(() => {
        for (const { seq } of going.slice(from, from + perChange)) {
          parts += store.partsOf(lane, seq).length;
          store.removeItem(lane, seq);
          documents += 1;
        }
      });
    }
    if (request.everything === true && store.lastItem(lane) === undefined) {
      store.change(() => store.removeLane(lane));
      forgotten += 1;
    }
  }
  return { lanes: forgotten, documents, parts };
}

function* documentsOf(store: SqliteStore, lane: string): Generator<Document> {
  const lastSeq = store.lastItem(lane)?.seq;
  const deliveredSeq = store.lastItem(lane, 'accepted')?.seq;
  const row = store.lane(lane);
  const openBatch = row?.batchOpen === true ? row.batch : undefined;
  for (const raw of store.itemsOfLane(lane)) {
    const seq = Number(raw['seq']);
    yield {
      lane,
      seq,
      at: timeOf(raw),
      isKept: seq === lastSeq || seq === deliveredSeq || raw['batch'] === openBatch,
    };
  }
}

function timeOf(raw: RawRow): number {
  return Number(raw['done_at'] ?? raw['created_at'] ?? 0);
}
