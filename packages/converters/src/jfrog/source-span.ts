import type { Region } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';

/** A place in a file: lines and columns start at 1, the end column is one past the last character. */
export interface SourceSpan {
  readonly startLine: number;
  readonly startColumn: number | undefined;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
}

/** The place that a row, a step or a piece of evidence has. Zero is how Xray writes that a line is not known. */
export function readSpan(fields: Fields): SourceSpan | undefined {
  const startLine = positive(fields, 'startLine') ?? lineAndColumn(fields)?.[0];
  if (startLine === undefined) return undefined;
  const startColumn = positive(fields, 'startColumn') ?? lineAndColumn(fields)?.[1];
  const endLine = positive(fields, 'endLine');
  const endColumn = positive(fields, 'endColumn');
  const endsBefore =
    endLine !== undefined &&
    (endLine < startLine ||
      (endLine === startLine && endColumn !== undefined && startColumn !== undefined && endColumn < startColumn));
  if (!endsBefore) return { startLine, startColumn, endLine, endColumn };
  fields.doubt('SF-K106', 'endLine', `The place ends before it starts, in line ${startLine}. Its end is left out.`);
  for (const name of ['endLine', 'endColumn']) fields.keep(name);
  return { startLine, startColumn, endLine: undefined, endColumn: undefined };
}

/** `11:2`, as versions of 2022 write it. */
function lineAndColumn(fields: Fields): [number, number] | undefined {
  const match = /^(\d{1,9}):(\d{1,9})$/.exec(fields.text('lineColumn') ?? '');
  if (match === null || Number(match[1]) < 1 || Number(match[2]) < 1) return undefined;
  return [Number(match[1]), Number(match[2])];
}

function positive(fields: Fields, name: string): number | undefined {
  const value = fields.integer(name);
  if (value === undefined || value === 0) return undefined;
  if (value > 0) return value;
  fields.doubt('SF-K106', name, `${value} is no line or column: they start at 1. It is left out.`);
  fields.keep(name);
  return undefined;
}

/** The place as a region, with the text that stands there. */
export function regionOf(span: SourceSpan, snippet: string | undefined): Region {
  const { startLine, startColumn, endLine, endColumn } = span;
  return {
    startLine,
    ...(startColumn !== undefined && { startColumn }),
    ...(endLine !== undefined && { endLine }),
    // Without a start column, an end column says little; without an end line it would be one of the start line.
    ...(endLine !== undefined && startColumn !== undefined && endColumn !== undefined && { endColumn }),
    ...(snippet !== undefined && snippet !== '' && { snippet: { text: snippet } }),
  };
}
