import type { Region } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';

/** Names of the members of a place in a file. */
export interface RegionMembers {
  readonly startLine: string;
  readonly startColumn: string;
  readonly endLine: string;
  readonly endColumn: string;
}

/** The names that unified test results use. */
export const lineMembers: RegionMembers = {
  startLine: 'from_line',
  startColumn: 'from_column',
  endLine: 'to_line',
  endColumn: 'to_column',
};

/**
 * Lines and columns as a region (§3.30), as they are written: Snyk's own logs copy them, too. Lines below 1 mean that the line is
 * not known; what cannot be true is doubted, kept and left out.
 */
export function readRegion(start: Fields, end: Fields, names: RegionMembers): Region | undefined {
  const startLine = positive(start, names.startLine);
  const startColumn = positive(start, names.startColumn);
  const endLine = positive(end, names.endLine);
  const endColumn = positive(end, names.endColumn);
  if (startLine === undefined) return undefined;

  const lastLine = endLine ?? startLine;
  const isBackwards = lastLine < startLine || (lastLine === startLine && (endColumn ?? Infinity) < (startColumn ?? 1));
  if (isBackwards) {
    end.doubt('SF-K106', undefined, 'The place ends before it starts; only its start is written.');
    for (const name of [names.endLine, names.endColumn]) end.keep(name);
  }
  return {
    startLine,
    ...(startColumn !== undefined && { startColumn }),
    ...(!isBackwards && endLine !== undefined && { endLine }),
    ...(!isBackwards && endColumn !== undefined && { endColumn }),
  };
}

/** 0 and −1 stand for "not known". */
function positive(fields: Fields, name: string): number | undefined {
  const value = fields.integer(name);
  if (value === undefined || value >= 1) return value;
  if (value < -1) {
    fields.doubt('SF-K106', name, `${value} is no line or column; it is kept in the properties.`);
    fields.keep(name);
  }
  return undefined;
}
