import type { Region } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

/** A region that ends before it starts cannot be shown by any viewer. */
export const regionLinesOrdered = defineRule({
  id: 'SF-V501',
  name: 'region-lines-ordered',
  level: 'error',
  specSection: '3.30.7',
  like: ['SARIF1007'],
  summary: 'A region does not end on a line before the one that it starts on.',
  explanation: {
    cause: 'Start and end were mixed up, or the end counts from 0 or inside a snippet.',
    reason: 'Nobody can tell which part of the file is meant.',
    repair: 'endLine and endColumn are removed: the region is then the line that it starts on.',
    before: '{ "startLine": 12, "endLine": 7 }',
    after: '{ "startLine": 12 }',
  },
  visits: 'region',
  check({ startLine, endLine }, _visit, report) {
    if (startLine === undefined || endLine === undefined || endLine >= startLine) return;
    report({
      message: `The region ends on line ${endLine}, before it starts on line ${startLine}. Write the line of its last character, or leave 'endLine' out.`,
      at: ['endLine'],
      value: endLine,
      fix: {
        description: "'endLine' and 'endColumn' are removed.",
        apply(target) {
          const region = target as Region;
          delete region.endLine;
          delete region.endColumn;
        },
      },
    });
  },
});
