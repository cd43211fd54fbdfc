import type { PulledReport, PullSummary } from '../../../packages/collector/src/pull/pulled-report.ts';

/** A pull that was read to its end. */
export interface ReadPull<Document> {
  readonly document: Document;
  readonly summary: PullSummary;
}

/** Reads a pull as a whole, and lets go of its connections. */
export async function readPull<Document>(report: PulledReport & AsyncDisposable): Promise<ReadPull<Document>> {
  await using pulled = report;
  let text = '';
  for await (const piece of pulled.text()) text += piece;
  return { document: JSON.parse(text), summary: pulled.summary() };
}
