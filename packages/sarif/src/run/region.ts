import type { Region } from '../model/model.ts';

/** A stretch of characters or bytes. Offsets count from 0; `end` is the offset after the last one. */
export interface OffsetSpan {
  readonly start: number;
  readonly end: number;
}

/** A stretch of lines with the defaults of section 3.30 filled in. Lines and columns count from 1; `endColumn` is exclusive. */
export interface LineSpan {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  /** `null` when it is the end of the line, which only the artifact tells (section 3.30.8). */
  readonly endColumn: number | null;
}

/** What the line and column members of a region denote; `undefined` when it has no `startLine`. */
export function lineSpanOf({ startLine, startColumn, endLine, endColumn }: Region): LineSpan | undefined {
  if (startLine === undefined || startLine < 1) return undefined;
  return { startLine, startColumn: startColumn ?? 1, endLine: endLine ?? startLine, endColumn: endColumn ?? null };
}

/** What `charOffset` and `charLength` denote; `undefined` when there is no offset, of which -1 is none. */
export function charSpanOf({ charOffset, charLength }: Region): OffsetSpan | undefined {
  return offsetSpan(charOffset, charLength);
}

/** What `byteOffset` and `byteLength` denote; `undefined` when there is no offset, of which -1 is none. */
export function byteSpanOf({ byteOffset, byteLength }: Region): OffsetSpan | undefined {
  return offsetSpan(byteOffset, byteLength);
}

/**
 * Whether a region leaves its end to its length: many tools write the line and column of a start beside an offset and a length, and
 * do not mean that the region goes to the end of the line, as the defaults have it.
 */
export function endsByLength({ endLine, endColumn, charOffset = -1, charLength }: Region): boolean {
  return endLine === undefined && endColumn === undefined && charOffset >= 0 && charLength !== undefined;
}

/** Whether the region ends before it starts: nobody can tell then what it denotes. */
export function isDisordered(region: Region): boolean {
  const span = lineSpanOf(region);
  if (span === undefined) return false;
  const { startLine, startColumn, endLine, endColumn } = span;
  return endLine < startLine || (endLine === startLine && endColumn !== null && endColumn < startColumn);
}

/** Below 0 when the first position comes earlier, above 0 when it comes later. A column of `null` is the end of its line. */
export function comparePositions(
  line: number,
  column: number | null,
  otherLine: number,
  otherColumn: number | null,
): number {
  if (line !== otherLine) return line - otherLine;
  if (column === otherColumn) return 0;
  if (column === null) return 1;
  return otherColumn === null ? -1 : column - otherColumn;
}

function offsetSpan(offset: number | undefined, length: number | undefined): OffsetSpan | undefined {
  if (offset === undefined || offset < 0) return undefined;
  return { start: offset, end: offset + (length ?? 0) };
}
