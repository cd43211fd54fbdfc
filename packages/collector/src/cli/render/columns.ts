import { displayWidth } from './display-width.ts';
import { type Insertable, joinText, type Text, text, textOf } from './text.ts';

/** How a column is aligned. */
export type Align = 'left' | 'right';

/**
 * Rows as aligned columns, two blanks apart. Cells that are strings are data and get escaped.
 *
 * @param align one per column; columns without are left-aligned
 */
export function renderColumns(rows: readonly (readonly Insertable[])[], align: readonly Align[] = []): Text[] {
  const cells = rows.map((row) => row.map(textOf));
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell.value));
    });
  }
  return cells.map((row) => {
    const padded = row.map((cell, column) => {
      const blanks = ' '.repeat((widths[column] ?? 0) - displayWidth(cell.value));
      if (align[column] === 'right') return text`${blanks}${cell}`;
      return column === row.length - 1 ? cell : text`${cell}${blanks}`;
    });
    return joinText([text`  `, joinText(padded, '  ')]);
  });
}
