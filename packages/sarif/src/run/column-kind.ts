import type { ColumnKind, RunHeader } from '../model/model.ts';

/** The unit of a run's columns. A run that does not say it (section 3.14.27) is taken to count UTF-16 code units, as most do. */
export function columnKindOf({ columnKind }: Pick<RunHeader, 'columnKind'>): ColumnKind {
  return columnKind ?? 'utf16CodeUnits';
}

/** Turns a column in this unit into one in UTF-16 code units, given the text of its line. What lies beyond the line counts one each. */
export function utf16Column(line: string, column: number, kind: ColumnKind): number {
  if (kind === 'utf16CodeUnits') return column;
  let units = 0;
  let left = column - 1;
  for (; left > 0 && units < line.length; left -= 1) units += unitsAt(line, units);
  return 1 + units + left;
}

/** Turns a column in UTF-16 code units into one in this unit, given the text of its line. */
export function columnIn(line: string, utf16Column: number, kind: ColumnKind): number {
  if (kind === 'utf16CodeUnits') return utf16Column;
  const units = utf16Column - 1;
  let characters = 0;
  for (let unit = 0; unit < Math.min(units, line.length); unit += unitsAt(line, unit)) characters += 1;
  return 1 + characters + Math.max(0, units - line.length);
}

function unitsAt(text: string, unit: number): number {
  return (text.codePointAt(unit) as number) > 0xffff ? 2 : 1;
}
