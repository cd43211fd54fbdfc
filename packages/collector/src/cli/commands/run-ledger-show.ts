import { resolve } from 'node:path';
import { defaultLedgerPath, type LedgerRow, viewLedger } from '../../ledger/index.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { LedgerShowDocument, ShownDocument, ShownLane } from '../documents/ledger-document.ts';
import { exitFor } from '../exit-code.ts';
import { renderLedger } from '../render/ledger.ts';
import type { Services } from '../services.ts';

/** What `sariflow ledger show` can be told. */
export interface LedgerShowOptions {
  readonly ledger?: string;
  readonly lane?: string;
  readonly limit: number;
}

/** Does what `sariflow ledger show` says. */
export async function runLedgerShow(_paths: readonly string[], options: LedgerShowOptions, services: Services) {
  const { environment, result, isJson } = services;
  await using view = await viewLedger(resolve(environment.cwd, options.ledger ?? defaultLedgerPath));
  const lanes = new Map<string, LaneSummary>();
  const quotas: { scope: string; period: string; used: number }[] = [];
  for await (const row of view.rows()) {
    if (row.table === 'quota') {
      quotas.push({ scope: String(row['scope']), period: String(row['period']), used: Number(row['used']) });
      continue;
    }
    const lane = String(row['lane']);
    if (options.lane !== undefined && !lane.includes(options.lane)) continue;
    const summary = lanes.get(lane) ?? { documents: 0, latest: null, delivered: null, parts: new Map() };
    lanes.set(lane, summary);
    addRow(summary, row);
  }

  const all = Array.from(lanes, ([lane, summary]) => shownLane(lane, summary)).sort(byTime);
  const exit = exitFor([]);
  const document: LedgerShowDocument = {
    schemaVersion,
    command: 'ledger show',
    exit,
    files: [],
    ledger: view.place,
    ownerPid: view.ownerPid ?? null,
    lanes: options.limit === 0 ? all : all.slice(0, options.limit),
    laneCount: all.length,
    quotas,
    next: [],
  };
  if (isJson) await result.write(printDocument(document));
  else for (const line of renderLedger(document, result.paint)) result.line(line);
  return exit;
}

interface LaneSummary {
  documents: number;
  latest: ShownDocument | null;
  delivered: ShownDocument | null;
  readonly parts: Map<string, number>;
}

function addRow(summary: LaneSummary, row: LedgerRow): void {
  if (row.table === 'part') {
    const state = String(row['state']);
    summary.parts.set(state, (summary.parts.get(state) ?? 0) + 1);
  }
  if (row.table !== 'item') return;
  const document = shownDocument(row);
  summary.documents += 1;
  if (document.seq > (summary.latest?.seq ?? 0)) summary.latest = document;
  if (document.state === 'accepted' && document.seq > (summary.delivered?.seq ?? 0)) summary.delivered = document;
}

function shownDocument(row: LedgerRow): ShownDocument {
  return {
    seq: Number(row['seq']),
    path: String(row['path']),
    sha256: String(row['sha256']),
    state: String(row['state']),
    parts: Number(row['parts']),
    results: Number(row['results']),
    at: new Date(Number(row['done_at'] ?? row['created_at'])).toISOString(),
  };
}

function shownLane(lane: string, { documents, latest, delivered, parts }: LaneSummary): ShownLane {
  return { lane, documents, latest, delivered, parts: Object.fromEntries(parts) };
}

/** What happened last comes first. */
function byTime(one: ShownLane, other: ShownLane): number {
  const [left, right] = [one.latest?.at ?? '', other.latest?.at ?? ''];
  if (left === right) return one.lane < other.lane ? -1 : 1;
  return left > right ? -1 : 1;
}
