import type { LossReportRow } from '@sariflow/converters';
import { breakLines } from './break-lines.ts';
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
  const ofMet = met.flatMap((row) => inLines(cells(row)));
  const ofOthers = others.flatMap((row) => inLines(cells(row)));
  const [title, ...lines] = renderColumns([head, ...ofMet, ...ofOthers], ['right']);
  return [paint.bold(title as Text), ...lines.map((line, index) => (index < ofMet.length ? line : paint.dim(line)))];
}

/** In columns of the terminal: lists of fields and explanations may be long. */
const widestCell = 44;

/** One row, or several below each other where a cell is too wide. */
function inLines(row: readonly string[]): string[][] {
  const broken = row.map((cell) => breakLines(cell, widestCell));
  const height = Math.max(...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => broken.map((lines) => lines[line] ?? ''));
}
