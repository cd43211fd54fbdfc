import type { PhysicalLocation, Region } from '../../model/model.ts';
import {
  byteSpanOf,
  charSpanOf,
  comparePositions,
  endsByLength,
  isDisordered,
  lineSpanOf,
  type OffsetSpan,
} from '../../run/region.ts';
import { defineRule } from '../rule.ts';

/** Compared in each group that both regions have. */
export const contextSurroundsRegion = defineRule({
  id: 'SF-V506',
  name: 'context-surrounds-region',
  level: 'error',
  specSection: '3.29.5',
  like: ['SARIF1008'],
  summary: 'A contextRegion holds all of its region and something beside it.',
  explanation: {
    cause: 'The context was written as a copy of the region, or counts lines from another place.',
    reason: 'A context is a proper superset of its region: a viewer that shows it would leave out the finding itself.',
    repair: 'contextRegion is removed.',
    before: '{ "region": { "startLine": 7 }, "contextRegion": { "startLine": 8, "endLine": 10 } }',
    after: '{ "region": { "startLine": 7 } }',
  },
  visits: 'physicalLocation',
  check({ region, contextRegion }, _visit, report) {
    if (region === undefined || contextRegion === undefined) return;
    const relation = relationOf(region, contextRegion);
    if (relation === 'surrounds') return;
    const what =
      relation === 'equal'
        ? "'contextRegion' is the same as 'region'"
        : "'contextRegion' does not hold all of 'region'";
    report({
      message: `${what}. Write a region around it, or leave 'contextRegion' out.`,
      at: ['contextRegion'],
      fix: {
        description: "'contextRegion' is removed.",
        apply(target) {
          delete (target as PhysicalLocation).contextRegion;
        },
      },
    });
  },
});

type Relation = 'surrounds' | 'equal' | 'misses';

/** What cannot be decided counts as well. */
function relationOf(region: Region, context: Region): Relation {
  if (isDisordered(region) || isDisordered(context)) return 'surrounds';
  const relations = [
    relationOfLines(region, context),
    relationOfOffsets(charSpanOf(region), charSpanOf(context)),
    relationOfOffsets(byteSpanOf(region), byteSpanOf(context)),
  ].filter((relation) => relation !== undefined);
  if (relations.includes('misses')) return 'misses';
  return relations.length > 0 && relations.every((relation) => relation === 'equal') ? 'equal' : 'surrounds';
}

function relationOfLines(region: Region, context: Region): Relation | undefined {
  const inner = lineSpanOf(region);
  const outer = lineSpanOf(context);
  if (inner === undefined || outer === undefined) return undefined;
  const start = comparePositions(outer.startLine, outer.startColumn, inner.startLine, inner.startColumn);
  if (start > 0) return 'misses';
  if (endsByLength(context) || endsByLength(region)) return undefined;
  // Where a line ends, only the artifact tells. It may be the last column of a context, but not of one that starts with its region.
  const isOpen = outer.endLine === inner.endLine && outer.endColumn !== null && inner.endColumn === null;
  if (isOpen) return start < 0 ? 'surrounds' : 'misses';
  const end = comparePositions(outer.endLine, outer.endColumn, inner.endLine, inner.endColumn);
  if (end < 0) return 'misses';
  return start === 0 && end === 0 ? 'equal' : 'surrounds';
}

function relationOfOffsets(inner: OffsetSpan | undefined, outer: OffsetSpan | undefined): Relation | undefined {
  if (inner === undefined || outer === undefined) return undefined;
  if (outer.start > inner.start || outer.end < inner.end) return 'misses';
  return outer.start === inner.start && outer.end === inner.end ? 'equal' : 'surrounds';
}
