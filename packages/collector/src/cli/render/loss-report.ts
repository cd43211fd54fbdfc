import type { LossReportRow } from '@sariflow/converters';
import { renderColumns } from './columns.ts';
import type { Paint } from './paint.ts';
import { formatCount } from './quantities.ts';
import { type Text, text } from './text.ts';

/** What is lost of a report, as a table: first what occurred, the most frequent first, then what is documented besides. */
export function renderLossReport(rows: readonly LossReportRow[], paint: Paint): Text[] {
  if (rows.length === 0) return [text`    Nothing is lost: SARIF has a place for everything.`];
  const met = rows.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const others = rows.filter(({ count }) => count === 0);
  const cells = ({ field, fate, to, count, section }: LossReportRow) => [
    count === 0 ? '–' : formatCount(count),
    field,
    fate,
    section === '' ? 'not documented' : section,
    to.replaceAll('`', ''),
  ];
  const head = ['count', 'field', 'fate', 'of', 'where it goes'];
  const [title, ...lines] = renderColumns([head, ...met.map(cells), ...others.map(cells)], ['right']);
  return [paint.bold(title as Text), ...lines.map((line, index) => (index < met.length ? line : paint.dim(line)))];
}
