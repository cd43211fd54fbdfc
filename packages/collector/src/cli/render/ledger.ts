import type { LedgerShowDocument, ShownLane } from '../documents/ledger-document.ts';
import type { Paint } from './paint.ts';
import { countOf, formatCount } from './quantities.ts';
import { type Text, text } from './text.ts';

/** States of parts that somebody has to do something about, or at least to know of. */
const openStates = ['unknown', 'rejected', 'sending', 'planned', 'held'] as const;

/** What a ledger knows, lane by lane. */
export function renderLedger({ ledger, ownerPid, lanes, laneCount, quotas }: LedgerShowDocument, paint: Paint): Text[] {
  const owner =
    ownerPid === null ? text`` : text`   ${paint.yellow(text`process ${ownerPid} works with it, or did when it died`)}`;
  const lines = [text`${paint.bold(ledger)}  ${countOf(laneCount, 'lane')}${owner}`];
  for (const lane of lanes) lines.push(...renderLane(lane, paint));
  if (laneCount > lanes.length)
    lines.push(text`  and ${countOf(laneCount - lanes.length, 'lane')} more (--limit 0 lists all)`);
  for (const { scope, period, used } of quotas)
    lines.push(text`  quota ${scope}, ${period}: ${formatCount(used)} used`);
  return lines;
}

function renderLane({ lane, documents, latest, delivered, parts }: ShownLane, paint: Paint): Text[] {
  const lines = [text`  ${lane}`];
  if (delivered === null) lines.push(text`    ${paint.red('nothing was delivered yet')}`);
  else {
    lines.push(
      text`    ${paint.green('delivered')} ${delivered.at}  ${delivered.path}  ${countOf(delivered.results, 'finding')} in ${countOf(delivered.parts, 'part')}`,
    );
  }
  if (latest !== null && latest.seq !== delivered?.seq) {
    lines.push(text`    ${paint.yellow(latest.state)} since ${latest.at}  ${latest.path}`);
  }
  const open = openStates.filter((state) => (parts[state] ?? 0) > 0);
  if (open.length > 0) {
    lines.push(text`    ${open.map((state) => `${state} ${formatCount(parts[state] ?? 0)}`).join(', ')} of its parts`);
  }
  if (documents > 1) lines.push(text`    ${countOf(documents, 'document')} are remembered`);
  return lines;
}
