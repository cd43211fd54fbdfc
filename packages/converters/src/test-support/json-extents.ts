import { indexJson, jsonElements, type PathSegment } from '@sariflow/sarif';

/** A stretch of bytes, its end exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Where the findings of a report stand, and the arrays, or whatever else holds them. */
export interface FindingExtents {
  readonly findings: readonly Extent[];
  readonly lists: readonly Extent[];
}

/**
 * Where the findings of a JSON report stand. Patterns are the paths of the arrays that hold them, with `*` for a position:
 * `results`, `*` + `/vulnerabilities`, or the empty string for a report that is an array itself.
 */
export async function jsonFindings(bytes: Uint8Array, patterns: readonly string[]): Promise<FindingExtents> {
  const isFindings = (path: readonly PathSegment[]) => patterns.includes(patternOf(path));
  const { arrays } = await indexJson(bytes, { arrays: isFindings });
  const findings: Extent[] = [];
  for (const array of arrays) {
    for await (const { byteOffset, bytes: own } of jsonElements(bytes, array)) {
      findings.push({ start: byteOffset, end: byteOffset + own.length });
    }
  }
  return { findings, lists: arrays.map(({ start, end }) => ({ start, end })) };
}

/** A path with `*` in place of positions. */
export function patternOf(path: readonly PathSegment[]): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
}
