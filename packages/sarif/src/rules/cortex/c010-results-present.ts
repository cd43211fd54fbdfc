import { defineRule } from '../rule.ts';

/** Missing results mean that nobody knows, not that nothing was found. */
export const resultsPresent = defineRule({
  id: 'SF-C010',
  name: 'results-present',
  level: 'error',
  specSection: '3.14.23',
  set: 'cortex',
  summary: 'The run has results, if only an empty array.',
  explanation: {
    cause: 'The scan did not start or did not finish: a run without results, or with null, has no result set.',
    reason: 'The Cortex Collector requires runs[].results. An empty array would say that the scan found nothing.',
    repair: 'None: run the scan again.',
    before: '{ "tool": { "driver": { "name": "X" } } }',
    after: '{ "tool": { "driver": { "name": "X" } }, "results": [] }',
  },
  visits: 'run',
  check(_run, { context: { results } }, report) {
    if (results === 'absent' || results === 'null') {
      report({
        message:
          'The run has no results: the scan produced none, which is not the same as finding nothing. Run the scan again.',
      });
    }
  },
});
