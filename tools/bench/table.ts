import type { Row } from './row.ts';

const headings = ['file', 'program', 'time', 'ratio', 'MB/s', 'peak memory', 'results'];

/** All rows as one table of plain text. Ratios are against `JSON.parse` of the same file in the same run. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.file.label,
    row.contestant.title,
    row.trouble === undefined ? `${(row.wallMs / 1000).toFixed(2)} s` : 'see below',
    ratioText(row, rows),
    row.trouble === undefined ? (row.file.bytes / 1e6 / (row.wallMs / 1000)).toFixed(0) : '–',
    row.peakBytes === undefined ? '–' : `${(row.peakBytes / 1e6).toFixed(0)} MB`,
    row.results === undefined ? '–' : String(row.results),
  ]);

  const lines = [headings, ...cells];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const troubles = rows.flatMap(({ file, contestant, trouble }) =>
    trouble === undefined ? [] : [`${file.label}, ${contestant.title}: ${trouble}`],
  );
  return [text[0], rule, ...text.slice(1), ...(troubles.length === 0 ? [] : ['', ...troubles])].join('\n');
}

/** Time over that of `JSON.parse` on the same file, where both were measured. */
export function ratioOf(row: Row, rows: readonly Row[]): number | undefined {
  const baseline = rows.find(({ file, contestant }) => contestant.id === 'json-parse' && file === row.file);
  if (baseline === undefined || baseline.trouble !== undefined || row.trouble !== undefined) return undefined;
  return row.wallMs / baseline.wallMs;
}

function ratioText(row: Row, rows: readonly Row[]): string {
  const ratio = ratioOf(row, rows);
  return ratio === undefined ? '–' : ratio.toFixed(2);
}
