import type { ColumnKind, Region } from '../model/model.ts';
import { charSpanOf, endsByLength, isDisordered, lineSpanOf, type OffsetSpan } from './region.ts';
import type { TextLines } from './text-lines.ts';

/** How many lines a context has before and after its region, and how many characters at most. */
const contextLines = 3;
const contextCharacters = 512;

/**
 * The offsets, in UTF-16 code units, that the line and column members of a region denote in a text; `undefined` when it has none,
 * or lies outside the text.
 */
export function lineOffsets(region: Region, lines: TextLines, kind: ColumnKind): OffsetSpan | undefined {
  const span = lineSpanOf(region);
  if (span === undefined || isDisordered(region)) return undefined;
  const start = lines.offsetOf(span.startLine, span.startColumn, kind);
  const end = lines.offsetOf(span.endLine, span.endColumn, kind);
  return start === undefined || end === undefined ? undefined : inside({ start, end }, lines);
}

/** The same for `charOffset` and `charLength`. */
export function charOffsets(region: Region, lines: TextLines, kind: ColumnKind): OffsetSpan | undefined {
  const span = charSpanOf(region);
  if (span === undefined) return undefined;
  return inside({ start: lines.offsetOfChar(span.start, kind), end: lines.offsetOfChar(span.end, kind) }, lines);
}

/**
 * A region with all that the text of its artifact says of it: defaults, columns, offsets and snippet. What it states stays. A
 * region of bytes, and one that lies outside the text, comes back as it is.
 */
export function completeRegion(region: Region, lines: TextLines, kind: ColumnKind): Region {
  const span = textOffsets(region, lines, kind);
  if (span === undefined) return region;
  const start = lines.positionOf(span.start, kind);
  const end = lines.positionOf(span.end, kind);
  const charOffset = lines.charOffsetOf(span.start, kind);
  const charLength = lines.charOffsetOf(span.end, kind) - charOffset;
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...region,
    ...(charSpanOf(region) === undefined ? { charOffset, charLength } : {}),
    snippet: { text: lines.text.slice(span.start, span.end), ...region.snippet },
  };
}

/**
 * The whole lines around a region: up to three on each side, and no more characters than a viewer shows. `undefined` when that is
 * no more than the region itself, or the region lies outside the text.
 */
export function contextRegionOf(region: Region, lines: TextLines, kind: ColumnKind): Region | undefined {
  const span = textOffsets(region, lines, kind);
  if (span === undefined) return undefined;
  let startLine = lines.positionOf(span.start, kind).line;
  let endLine = lines.positionOf(span.end, kind).line;
  const textOf = (first: number, last: number) =>
    lines.text.slice(lines.line(first)?.start ?? 0, lines.line(last)?.end ?? lines.text.length);
  const fits = (first: number, last: number) => textOf(first, last).length <= contextCharacters;
  if (!fits(startLine, endLine)) return undefined;
  for (let distance = 1; distance <= contextLines; distance += 1) {
    if (startLine > 1 && fits(startLine - 1, endLine)) startLine -= 1;
    if (endLine < lines.count && fits(startLine, endLine + 1)) endLine += 1;
  }
  const text = textOf(startLine, endLine);
  if (text.length <= span.end - span.start) return undefined;
  return { startLine, endLine, snippet: { text } };
}

/** What a region denotes by its lines, else by its characters; by both together where the lines say only where it starts. */
function textOffsets(region: Region, lines: TextLines, kind: ColumnKind): OffsetSpan | undefined {
  const byLines = lineOffsets(region, lines, kind);
  const byChars = charOffsets(region, lines, kind);
  if (byLines === undefined || byChars === undefined) return byLines ?? byChars;
  return endsByLength(region) && byChars.start === byLines.start ? byChars : byLines;
}

function inside(span: OffsetSpan, { text }: TextLines): OffsetSpan | undefined {
  return span.start <= span.end && span.end <= text.length ? span : undefined;
}
