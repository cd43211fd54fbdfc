import type { Region } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

const lineMembers = ['startColumn', 'endLine', 'endColumn'] as const;

/** Lines, characters and bytes are three ways to say where a region is, and each needs its own start. */
export const regionGroupStarted = defineRule({
  id: 'SF-V503',
  name: 'region-group-started',
  level: 'error',
  specSection: '3.30.1',
  summary: 'A region that has columns or an end has a startLine; one that has a length has its offset.',
  explanation: {
    cause: 'The start was left out because it was 0, or columns were written beside an offset.',
    reason: 'No value of one group follows from another: without its start, the rest of a group means nothing.',
    repair: 'The members that lack their start are removed.',
    before: '{ "charOffset": 120, "charLength": 6, "endColumn": 14 }',
    after: '{ "charOffset": 120, "charLength": 6 }',
  },
  visits: 'region',
  check(region, _visit, report) {
    const { startLine, charOffset, byteOffset } = region;
    // A region without any start is another defect, and does not stay.
    if (startLine === undefined && charOffset === undefined && byteOffset === undefined) return;
    if (startLine === undefined) {
      for (const member of lineMembers) if (region[member] !== undefined) tell(member, 'startLine');
    }
    if (lacksOffset(charOffset, region.charLength)) tell('charLength', 'charOffset');
    if (lacksOffset(byteOffset, region.byteLength)) tell('byteLength', 'byteOffset');

    function tell(member: keyof Region, start: string): void {
      report({
        message: `The region has '${member}' but no '${start}', without which it means nothing. Write both, or neither.`,
        at: [member],
        value: region[member],
        fix: {
          description: `'${member}' is removed.`,
          apply(target) {
            delete (target as Region)[member];
          },
        },
      });
    }
  },
});

/** Some writers spell out every default: an offset of -1 and a length of 0 say that there is neither. */
function lacksOffset(offset: number | undefined, length: number | undefined): boolean {
  if (length === undefined || (offset !== undefined && offset >= 0)) return false;
  return offset === undefined || length > 0;
}
