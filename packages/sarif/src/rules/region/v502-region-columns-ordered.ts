import type { Region } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

/** Equal columns are legal: that is a point between two characters. */
export const regionColumnsOrdered = defineRule({
  id: 'SF-V502',
  name: 'region-columns-ordered',
  level: 'error',
  specSection: '3.30.8',
  like: ['SARIF1007'],
  summary: 'A region on one line does not end at a column before the one that it starts at.',
  explanation: {
    cause: 'endColumn holds a length, counts from 0, or belongs to a later line whose endLine is missing.',
    reason: 'Nobody can tell which part of the line is meant.',
    repair: 'endColumn is removed: the region then goes to the end of its line.',
    before: '{ "startLine": 12, "startColumn": 9, "endColumn": 4 }',
    after: '{ "startLine": 12, "startColumn": 9 }',
  },
  visits: 'region',
  check({ startLine, startColumn = 1, endLine = startLine, endColumn }, _visit, report) {
    if (startLine === undefined || endLine !== startLine || endColumn === undefined || endColumn >= startColumn) return;
    report({
      message: `The region ends at column ${endColumn}, before it starts at column ${startColumn} of the same line. Write the column after its last character, or leave 'endColumn' out.`,
      at: ['endColumn'],
      value: endColumn,
      fix: {
        description: "'endColumn' is removed.",
        apply(target) {
          delete (target as Region).endColumn;
        },
      },
    });
  },
});
