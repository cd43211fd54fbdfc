import { defineRule } from '../rule.ts';
import { allOrNone } from './all-or-none.ts';

/** Who looked for work items looked at every result. */
export const workItemsComplete = defineRule({
  id: 'SF-V209',
  name: 'work-items-complete',
  level: 'warning',
  specSection: '3.27.27',
  summary: 'All results of a run have an array of work items, or none has.',
  explanation: {
    cause: 'The tool writes workItemUris only into results that have some.',
    reason: 'Without the array it is unknown whether there is a work item; an empty one says that there is none.',
    repair: 'None: whether somebody works on a result is not invented.',
    before: '[{ "workItemUris": ["https://tracker.example/7"], … }, { … }]',
    after: '[{ "workItemUris": ["https://tracker.example/7"], … }, { "workItemUris": [], … }]',
  },
  watches: 'results',
  watch: () => allOrNone('workItemUris', {}),
});
