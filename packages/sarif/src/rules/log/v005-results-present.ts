import { lacksResults } from '../../run/completeness.ts';
import { defineRule } from '../rule.ts';

/** Results that are not there are unknown, not none. */
export const resultsPresent = defineRule({
  id: 'SF-V005',
  name: 'results-present',
  level: 'warning',
  specSection: '3.14.23',
  like: ['GitHub'],
  summary: 'A run has results, if only an empty array.',
  explanation: {
    cause:
      'The scan did not start, or stopped before it could report. Some tools leave results out where they found nothing.',
    reason:
      'Missing results are unknown: whoever takes them for none closes findings that are still there. GitHub refuses such a run.',
    repair: 'None: the run is kept as it is and counts as incomplete. Write an empty array where nothing was found.',
    before: '{ "tool": { "driver": { "name": "ESLint" } } }',
    after: '{ "tool": { "driver": { "name": "ESLint" } }, "results": [] }',
  },
  visits: 'run',
  check(run, { context: { results } }, report) {
    // What is no array breaks the schema, which is said elsewhere.
    if (results === 'invalid' || !lacksResults(run, results)) return;
    const what = results === 'null' ? "'results' is null" : "The run has no 'results'";
    report({
      message: `${what}, so the scan did not start: what it would have found is unknown. Run the scan again, or write an empty array if it found nothing.`,
      at: results === 'null' ? ['results'] : [],
    });
  },
});
