import { walkTo } from '../../run/walk.ts';
import { defineRule } from '../rule.ts';

/** Columns count UTF-16 code units or code points, and only the run says which. */
export const columnKindStated = defineRule({
  id: 'SF-V015',
  name: 'column-kind-stated',
  level: 'note',
  specSection: '3.14.27',
  summary: 'A run whose results have columns says by columnKind what they count.',
  explanation: {
    cause: 'The producer does not know the member, or its author saw no text outside the basic plane.',
    reason:
      'Behind an emoji or a rare character the two ways of counting differ, and the wrong one marks the wrong text. The standard names no default.',
    repair: 'None: the columns are taken for UTF-16 code units, which is not written into the log.',
    before: '{ "results": [{ … "region": { "startLine": 7, "startColumn": 3 } … }] }',
    after: '{ "columnKind": "utf16CodeUnits", "results": [{ … "region": { "startLine": 7, "startColumn": 3 } … }] }',
  },
  watches: 'results',
  watch({ run: { columnKind } }) {
    if (columnKind !== undefined) return {};
    let first: number | undefined;
    return {
      result(result, resultIndex) {
        if (first !== undefined) return;
        toRegions('result', result, (_kind, { startColumn, endColumn }) => {
          if (startColumn !== undefined || endColumn !== undefined) first ??= resultIndex;
        });
      },
      end(report) {
        if (first === undefined) return;
        report({
          message: `Results have columns, result ${first} for one, but the run has no 'columnKind'. Write 'utf16CodeUnits' or 'unicodeCodePoints', as the tool counts.`,
        });
      },
    };
  },
});

const toRegions = walkTo(['region']);
