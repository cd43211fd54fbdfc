import type { Loss } from '../shell/losses.ts';
import type { ConverterPage, Fate } from './converter-page.ts';

/** A field that SARIF has no place for: what the page says of it, and how often it occurred. */
export interface LossReportRow {
  /** Section of the converter's page; empty for a field that the page does not name. */
  readonly section: string;
  /** As the page has it, `*` standing for any name; a field that it does not name as it was met. */
  readonly field: string;
  /** Where the values go; empty when they go nowhere. */
  readonly to: string;
  readonly fate: Exclude<Fate, 'placed'>;
  /** Values of this report; 0 for what is documented and did not occur. */
  readonly count: number;
  /** The fields that were met, where the row stands for several. */
  readonly losses: readonly Loss[];
}

/**
 * The documented losses of a converter beside those that were counted in one conversion. Every counted loss is in exactly
 * one row: that of the page which names it most precisely, or one of its own.
 */
export function lossReport(page: ConverterPage, losses: readonly Loss[]): LossReportRow[] {
  const rows = page.sections.flatMap(({ title, rows: all }) =>
    all.flatMap(({ from, to, fate }) =>
      fate === 'placed'
        ? []
        : [{ section: title, field: from, to, fate, patterns: from.split(', '), losses: [] as Loss[] }],
    ),
  );
  const unnamed: LossReportRow[] = [];
  for (const loss of losses) {
    const best = rows.reduce<{ row: (typeof rows)[number]; precision: number } | undefined>((found, row) => {
      const precision = Math.max(...row.patterns.map((pattern) => precisionOf(pattern, loss.field)));
      // What the page says happens to the values has to be what happened to these.
      const fits = loss.kept === (row.fate !== 'left out') || row.fate === 'on request';
      const value = precision * 2 + (fits ? 1 : 0);
      return precision > 0 && value > (found?.precision ?? 0) ? { row, precision: value } : found;
    }, undefined);
    if (best !== undefined) best.row.losses.push(loss);
    else {
      const to = loss.kept ? '`properties`' : '';
      const fate = loss.kept ? 'kept' : 'left out';
      unnamed.push({ section: '', field: loss.field, to, fate, count: loss.count, losses: [loss] });
    }
  }
  const documented = rows.map(({ patterns: _, ...row }) => ({
    ...row,
    count: row.losses.reduce((sum, { count }) => sum + count, 0),
  }));
  return [...documented, ...unnamed];
}

/** How much of a field a pattern names: 0 when it is another field, most when it is exactly this one. */
function precisionOf(pattern: string, field: string): number {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === field ? Number.MAX_SAFE_INTEGER / 4 : 0;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = field.length >= before.length + after.length && field.startsWith(before) && field.endsWith(after);
  return fits ? 1 + before.length + after.length : 0;
}
