import type { Region } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';

/** The names of the members that say where a range starts and ends: they differ between the formats. */
export interface RangeNames {
  readonly startLine: string;
  readonly endLine: string;
  readonly startOffset: string;
  readonly endOffset: string;
}

/** Ranges of issues and hotspots. */
export const offsetNames: RangeNames = {
  startLine: 'startLine',
  endLine: 'endLine',
  startOffset: 'startOffset',
  endOffset: 'endOffset',
};

/** Ranges of the generic format. */
export const columnNames: RangeNames = {
  startLine: 'startLine',
  endLine: 'endLine',
  startOffset: 'startColumn',
  endOffset: 'endColumn',
};

/**
 * The region of a range. Sonar counts lines from 1 and columns from 0, in UTF-16 units, the end being exclusive (§3.30 wants
 * columns from 1). What makes no sense is doubted and kept. Undefined when there is no line.
 */
export function readRange(range: Fields, names: RangeNames): Region | undefined {
  const startLine = range.integer(names.startLine);
  const startOffset = readOffset(range, names.startOffset);
  const endOffset = readOffset(range, names.endOffset);
  const endLine = range.integer(names.endLine);
  if (startLine === undefined || startLine < 1) {
    // Null stands for a finding about the whole file; so does a line of 0 in some answers.
    if (startLine !== undefined && startLine !== 0) {
      range.doubt(
        'SF-K106',
        names.startLine,
        `Line ${startLine} is not a line: lines start at 1. The region is left out.`,
      );
      range.keep(names.startLine);
    }
    if (endLine !== undefined && endLine !== 0) range.keep(names.endLine);
    if (startOffset !== undefined && startOffset !== 0) range.keep(names.startOffset);
    if (endOffset !== undefined && endOffset !== 0) range.keep(names.endOffset);
    return undefined;
  }
  if (endLine === undefined) {
    if (endOffset !== undefined && endOffset > (startOffset ?? 0)) {
      return { startLine, startColumn: (startOffset ?? 0) + 1, endColumn: endOffset + 1 };
    }
    return { startLine, ...(startOffset !== undefined && { startColumn: startOffset + 1 }) };
  }
  const isBackwards =
    endLine < startLine || (endLine === startLine && (endOffset ?? startOffset ?? 0) < (startOffset ?? 0));
  if (isBackwards) {
    range.doubt('SF-K106', names.endLine, 'The end is before the start; it is left out.');
    range.keep(names.endLine);
    if (endOffset !== undefined) range.keep(names.endOffset);
    return { startLine, ...(startOffset !== undefined && { startColumn: startOffset + 1 }) };
  }
  // Two offsets of 0 are how whole lines are written.
  if ((startOffset ?? 0) === 0 && (endOffset ?? 0) === 0) return { startLine, endLine };
  return {
    startLine,
    ...(startOffset !== undefined && { startColumn: startOffset + 1 }),
    endLine,
    ...(endOffset !== undefined && { endColumn: endOffset + 1 }),
  };
}

function readOffset(range: Fields, name: string): number | undefined {
  const offset = range.integer(name);
  if (offset === undefined || offset >= 0) return offset;
  range.doubt('SF-K106', name, `Offset ${offset} is not an offset: offsets start at 0. It is left out.`);
  range.keep(name);
  return undefined;
}
