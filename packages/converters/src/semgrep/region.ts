import type { PhysicalLocation, Region } from '@sariflow/sarif';
import { codePointColumn, isAscii } from '../locations/byte-column.ts';
import type { Span } from './span.ts';

/** The regions of a finding. */
export interface FindingRegions extends Pick<PhysicalLocation, 'region' | 'contextRegion'> {
  readonly region: Region;
  /** Whether the columns may count bytes, because the lines are not at hand or not as long as the columns say. */
  readonly columnsMayBeBytes: boolean;
  /** Whether the lines found a place in the regions. */
  readonly linesWritten: boolean;
}

/**
 * The region of a span, with columns in code points where the lines are known, and the lines as snippet: of the region
 * when the match is whole lines, else of the context, which must be larger than the region (§3.29.5).
 */
export function regionsOf(span: Span, text: string | undefined, byteOffsets: boolean): FindingRegions {
  const lines = text === undefined ? undefined : linesOf(span, text);
  const columns = columnsOf(span, lines);
  const endLine = span.end?.line ?? span.start.line;
  const region: Region = {
    startLine: span.start.line,
    ...(columns.start !== undefined && { startColumn: columns.start }),
    endLine,
    ...(columns.end !== undefined && { endColumn: columns.end }),
    ...(byteOffsets && bytesOf(span)),
  };
  const columnsMayBeBytes = columns.start !== undefined && !columns.exact;
  if (lines === undefined) return { region, columnsMayBeBytes, linesWritten: false };

  const snippet = { text: lines.join('\n') };
  if (isWholeLines(columns, lines)) {
    return { region: { ...region, snippet }, columnsMayBeBytes, linesWritten: true };
  }
  const contextRegion = { startLine: span.start.line, endLine, snippet };
  return { region, contextRegion, columnsMayBeBytes, linesWritten: true };
}

/** The region of a span whose lines are not known. */
export function plainRegion(span: Span): Region {
  return regionsOf(span, undefined, false).region;
}

/** The lines of the span, if the text has as many. */
function linesOf({ start, end }: Span, text: string): string[] | undefined {
  const lines = text.split('\n');
  const count = (end?.line ?? start.line) - start.line + 1;
  if (lines.length === count + 1 && lines.at(-1) === '') lines.pop();
  return lines.length === count ? lines : undefined;
}

interface Columns {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly exact: boolean;
}

function columnsOf({ start, end }: Span, lines: readonly string[] | undefined): Columns {
  const inBytes = { start: start.column, end: start.column === undefined ? undefined : end?.column };
  if (start.column === undefined || lines === undefined) return { ...inBytes, exact: false };
  const first = lines[0] as string;
  const last = lines[lines.length - 1] as string;
  if (isAscii(first) && isAscii(last)) return { ...inBytes, exact: true };

  const startColumn = codePointColumn(first, start.column);
  const endColumn = end?.column === undefined ? undefined : codePointColumn(last, end.column);
  const known = startColumn !== undefined && (endColumn !== undefined || end?.column === undefined);
  return known ? { start: startColumn, end: endColumn, exact: true } : { ...inBytes, exact: false };
}

function isWholeLines(columns: Columns, lines: readonly string[]): boolean {
  if ((columns.start ?? 1) !== 1) return false;
  if (columns.end === undefined) return true;
  const last = (lines[lines.length - 1] as string).replace(/\r$/, '');
  return columns.end > Array.from(last).length;
}

/** Old versions write offsets of 0 or −1 when they do not know. */
function bytesOf({ start, end }: Span): Pick<Region, 'byteOffset' | 'byteLength'> {
  if (start.offset === undefined || end?.offset === undefined) return {};
  if (start.offset < 0 || end.offset <= start.offset) return {};
  return { byteOffset: start.offset, byteLength: end.offset - start.offset };
}
