import { defineRule } from '../rule.ts';

/** A log without runs says that nothing was scanned. */
export const runsPresent = defineRule({
  id: 'SF-V004',
  name: 'runs-present',
  level: 'warning',
  specSection: '3.13.4',
  like: ['GitHub'],
  summary: 'A log has at least one run.',
  explanation: {
    cause: 'The producer failed before the first scan, in which case runs is null, or had nothing to scan.',
    reason: 'No run is not the same as a run without results: nothing in the log says that anything was looked at.',
    repair: 'None: run the scan again, or write a run with an empty results array for a scan that found nothing.',
    before: '{ "version": "2.1.0", "runs": [] }',
    after: '{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "ESLint" } }, "results": [] }] }',
  },
  watches: 'log',
  watch: () => ({
    log({ runs }, report) {
      // Where they are missing or wrong the log breaks the schema, which is said elsewhere.
      if (runs === null) report({ message: failed, at: ['runs'] });
      else if (Array.isArray(runs) && runs.length === 0) report({ message: empty, at: ['runs'] });
    },
  }),
});

const failed = "'runs' is null, which says that the producer failed. Run the scan again.";
const empty = 'The log has no runs, so nothing says that anything was scanned. Run the scan again.';
