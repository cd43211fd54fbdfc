import type { Fields } from '../values/fields.ts';

/** A position as Semgrep counts: lines and columns from 1, columns in bytes of UTF-8, offsets in bytes from 0. */
export interface Position {
  readonly line: number;
  readonly column: number | undefined;
  readonly offset: number | undefined;
}

/** A piece of a file; the end is exclusive. */
export interface Span {
  readonly start: Position;
  readonly end: Position | undefined;
}

const members = new Set(['line', 'col', 'offset']);

/** The span of an object with `start` and `end`. Undefined without a start line; an end before the start is left out. */
export function readSpan(fields: Fields): Span | undefined {
  const start = readPosition(fields, 'start');
  const end = readPosition(fields, 'end');
  if (start === undefined) return undefined;
  if (end !== undefined && isBefore(end, start)) {
    fields.doubt('SF-K106', 'end', 'The end is before the start; it is left out.');
    fields.keep('end');
    return { start, end: undefined };
  }
  return { start, end };
}

function readPosition(parent: Fields, name: string): Position | undefined {
  const fields = parent.nested(name);
  if (fields === undefined) return undefined;
  fields.keepUnknown(members);
  const line = fields.integer('line');
  if (line === undefined) return undefined;
  if (line < 1) {
    // Zero and below mean "no region" in every tool that writes them.
    fields.doubt('SF-K106', 'line', `Line ${line} is not a line: lines start at 1. The region is left out.`);
    for (const member of members) fields.keep(member);
    return undefined;
  }
  const column = fields.integer('col');
  const offset = fields.integer('offset');
  if (column === undefined || column >= 1) return { line, column, offset };
  fields.doubt('SF-K106', 'col', `Column ${column} is not a column: columns start at 1. It is left out.`);
  fields.keep('col');
  return { line, column: undefined, offset };
}

function isBefore(end: Position, start: Position): boolean {
  if (end.line !== start.line) return end.line < start.line;
  return end.column !== undefined && start.column !== undefined && end.column < start.column;
}
