import type { PathSegment } from '../../json/pointer.ts';
import type { Fix, Region, Replacement } from '../../model/model.ts';
import { byteSpanOf, charSpanOf, comparePositions, endsByLength, isDisordered, lineSpanOf } from '../../run/region.ts';
import type { RunContext } from '../../run/run-context.ts';
import { defineRule, type FindingReport } from '../rule.ts';

/** Compared in each group that regions have, and only within one artifact. */
export const fixApplicable = defineRule({
  id: 'SF-V603',
  name: 'fix-applicable',
  level: 'warning',
  specSection: '3.55',
  summary: 'A fix changes each artifact once, its replacements do not overlap, and each of them changes something.',
  explanation: {
    cause: 'Several alternatives were written as one fix, or edits were not put together.',
    reason:
      'Replacements are made in the unchanged file: two that overlap cannot both be made, and which one wins differs from tool to tool.',
    repair: 'None: what the fix was to do is not known.',
    before: '{ "replacements": [{ "deletedRegion": { "startLine": 3 } }, { "deletedRegion": { "startLine": 3 } }] }',
    after: '{ "replacements": [{ "deletedRegion": { "startLine": 3 } }] }',
  },
  visits: 'fix',
  check(fix, { context }, report) {
    const byArtifact = new Map<string, PlacedReplacement[]>();
    for (const [index, { artifactLocation, replacements }] of fix.artifactChanges.entries()) {
      const at = ['artifactChanges', index];
      const placed = (replacements ?? []).map((replacement, position) => ({
        replacement,
        at: [...at, 'replacements', position, 'deletedRegion'],
      }));
      const key = keyOf(artifactLocation, context);
      const before = key === undefined ? undefined : byArtifact.get(key);
      if (before === undefined) byArtifact.set(key ?? `change ${index}`, placed);
      else {
        for (const each of placed) before.push(each);
        report({
          message: 'The fix changes the artifact in another place already. Write all its replacements in one change.',
          at,
        });
      }
    }
    for (const placed of byArtifact.values()) {
      tellOverlaps(placed, report);
      for (const { replacement, at } of placed) {
        if (!changesNothing(replacement)) continue;
        report({
          message: 'The replacement deletes nothing and inserts nothing. Write what it is to change, or leave it out.',
          at,
        });
      }
    }
  },
});

interface PlacedReplacement {
  readonly replacement: Replacement;
  readonly at: readonly PathSegment[];
}

function keyOf(
  location: Fix['artifactChanges'][number]['artifactLocation'],
  { paths, run }: RunContext,
): string | undefined {
  const path = paths.of(location);
  if (path !== undefined) return `${path.scope} ${path.path}`;
  const { index = -1 } = location;
  return run.artifacts?.[index] === undefined ? undefined : `artifact ${index}`;
}

/** Where a deletion starts and ends in one of the groups; a column of `null` is the end of its line. */
interface Stretch {
  readonly at: readonly PathSegment[];
  readonly start: readonly [line: number, column: number];
  readonly end: readonly [line: number, column: number | null];
}

function tellOverlaps(placed: readonly PlacedReplacement[], report: FindingReport): void {
  const told = new Set<readonly PathSegment[]>();
  for (const group of [linesOf, charsOf, bytesOf]) {
    const stretches = placed
      .map(({ replacement, at }) => group(replacement.deletedRegion, at))
      .filter((stretch) => stretch !== undefined)
      .sort((one, other) => compare(one.start, other.start) || compare(one.end, other.end));
    let furthest: Stretch | undefined;
    for (const stretch of stretches) {
      if (furthest !== undefined && compare(stretch.start, furthest.end) < 0 && !told.has(stretch.at)) {
        told.add(stretch.at);
        report({
          message: 'The region to delete overlaps with that of another replacement. Write one replacement for both.',
          at: stretch.at,
        });
      }
      if (furthest === undefined || compare(furthest.end, stretch.end) < 0) furthest = stretch;
    }
  }
}

function compare(one: readonly [number, number | null], other: readonly [number, number | null]): number {
  return comparePositions(...one, ...other);
}

function linesOf(region: Region, at: readonly PathSegment[]): Stretch | undefined {
  const span = isDisordered(region) || endsByLength(region) ? undefined : lineSpanOf(region);
  if (span === undefined) return undefined;
  return { at, start: [span.startLine, span.startColumn], end: [span.endLine, span.endColumn] };
}

function charsOf(region: Region, at: readonly PathSegment[]): Stretch | undefined {
  const span = charSpanOf(region);
  return span === undefined ? undefined : { at, start: [0, span.start], end: [0, span.end] };
}

function bytesOf(region: Region, at: readonly PathSegment[]): Stretch | undefined {
  const span = byteSpanOf(region);
  return span === undefined ? undefined : { at, start: [0, span.start], end: [0, span.end] };
}

function changesNothing({ deletedRegion, insertedContent }: Replacement): boolean {
  if ((insertedContent?.text ?? '') !== '' || (insertedContent?.binary ?? '') !== '') return false;
  const stretches = [linesOf, charsOf, bytesOf]
    .map((group) => group(deletedRegion, []))
    .filter((stretch) => stretch !== undefined);
  return stretches.length > 0 && stretches.every(({ start, end }) => compare(start, end) === 0);
}
