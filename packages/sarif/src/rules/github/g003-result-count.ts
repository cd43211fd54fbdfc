import type { Place } from '../../diagnostics/diagnostic.ts';
import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** One run carries a limited number of results, and fewer are shown. */
export const resultCount = defineRule({
  id: 'SF-G003',
  name: 'result-count',
  level: 'error',
  specSection: '3.14.23',
  like: ['GitHub'],
  set: 'github',
  summary: 'A run has at most 25,000 results; beyond 5,000 the less severe ones are not shown.',
  explanation: {
    cause: 'The scan covers generated or third-party code, or reports matters of style.',
    reason:
      'GitHub code scanning rejects a run with more than 25,000 results. Of those that it takes, it shows the 5,000 with the highest severity.',
    repair: 'None: split the log into several with a category each (sariflow split), or let the tool report less.',
    before: '{ "results": [ … 25,001 results … ] }',
    after: '{ "results": [ … 5,000 results … ] }',
  },
  watches: 'results',
  watch() {
    const { results: most, resultsShown: mostShown } = githubLimits;
    let count = 0;
    let firstNotShown: Place | undefined;
    let firstRejected: Place | undefined;
    return {
      result(_result, _resultIndex, _report, placeOf) {
        if (count === mostShown) firstNotShown = placeOf([]);
        if (count === most) firstRejected = placeOf([]);
        count += 1;
      },
      end(report) {
        if (count > most) {
          report({
            message: `The run has ${count} results, but GitHub takes at most ${most}. Split the log into several with a category each, or report less.`,
            at: ['results', most],
            place: firstRejected,
          });
        } else if (count > mostShown) {
          report({
            message: `The run has ${count} results, of which GitHub shows the ${mostShown} with the highest severity. Report less, or split the log into several with a category each.`,
            at: ['results', mostShown],
            place: firstNotShown,
            level: 'note',
          });
        }
      },
    };
  },
});
