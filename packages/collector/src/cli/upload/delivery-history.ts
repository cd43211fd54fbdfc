import type { Ledger, LedgerRow } from '../../ledger/index.ts';

/** What a report may be compared with. */
export interface Baseline {
  /** Results of the report of this name that was delivered last, or of the only report the lane knows. */
  readonly ofReport: number | undefined;
  /** Results of the lane's last delivered report, whatever its name. */
  readonly ofLane: number | undefined;
}

/** What lanes had been delivered before this run. */
export type DeliveryHistory = (lane: string, path: string) => Baseline;

interface LaneHistory {
  last: number;
  lastSeq: number;
  readonly byPath: Map<string, { seq: number; results: number }>;
}

/** Names remembered per lane. Reports that carry a date in their names would fill the memory. */
const maxPaths = 1000;

/**
 * Reads the history once, before anything is sent: the reports of one run are not to be compared with each other. Several reports of one tool
 * share a lane, so a report is compared with its namesake first.
 */
export async function readHistory(ledger: Pick<Ledger, 'rows'>): Promise<DeliveryHistory> {
  const lanes = new Map<string, LaneHistory>();
  for await (const row of ledger.rows('item')) {
    const item = deliveredItem(row);
    if (item === undefined) continue;
    const lane = lanes.get(item.lane) ?? { last: 0, lastSeq: 0, byPath: new Map() };
    lanes.set(item.lane, lane);
    if (item.seq > lane.lastSeq) {
      lane.lastSeq = item.seq;
      lane.last = item.results;
    }
    const known = lane.byPath.get(item.path);
    if (known === undefined ? lane.byPath.size < maxPaths : item.seq > known.seq) lane.byPath.set(item.path, item);
  }

  return (lane, path) => {
    const history = lanes.get(lane);
    if (history === undefined) return { ofReport: undefined, ofLane: undefined };
    const namesake = history.byPath.get(path)?.results;
    return { ofReport: namesake ?? (history.byPath.size === 1 ? history.last : undefined), ofLane: history.last };
  };
}

function deliveredItem({ table, lane, seq, path, results, state }: LedgerRow) {
  if (table !== 'item' || state !== 'accepted') return undefined;
  if (typeof lane !== 'string' || typeof path !== 'string') return undefined;
  return typeof seq === 'number' && typeof results === 'number' ? { lane, seq, path, results } : undefined;
}
