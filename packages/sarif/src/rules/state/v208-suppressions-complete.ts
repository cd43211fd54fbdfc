import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';
import { allOrNone } from './all-or-none.ts';

/** Who looked for suppressions looked at every result. */
export const suppressionsComplete = defineRule({
  id: 'SF-V208',
  name: 'suppressions-complete',
  level: 'warning',
  specSection: '3.27.23',
  summary: 'All results of a run have an array of suppressions, or none has.',
  explanation: {
    cause: 'The tool writes suppressions only into results that have some.',
    reason: 'Without the array it is unknown whether a result is suppressed; an empty one says that it is not.',
    repair: 'After the first result that has suppressions, an empty array is written where it is missing.',
    before: '[{ "suppressions": [{ "kind": "inSource" }], … }, { … }]',
    after: '[{ "suppressions": [{ "kind": "inSource" }], … }, { "suppressions": [], … }]',
  },
  watches: 'results',
  watch: () =>
    allOrNone('suppressions', {
      fix: {
        description: 'An empty array is written.',
        apply(target) {
          (target as Mutable<Result>).suppressions = [];
        },
      },
    }),
});
