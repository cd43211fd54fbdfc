import { defineRule } from '../rule.ts';

/** The same finding twice is legal, and rarely meant. */
export const resultsDistinct = defineRule({
  id: 'SF-V701',
  name: 'results-distinct',
  level: 'note',
  specSection: '3.14.23',
  summary: 'No two results of a run have the same rule, locations and message.',
  explanation: {
    cause: 'A file was scanned twice, two logs were merged, or a finding was reached on several ways.',
    reason: 'The standard allows it. Most platforms show or count the finding once, so that numbers differ.',
    repair: 'None: n findings stay n findings.',
    before: '{ "results": [{ "ruleId": "R1", … }, { "ruleId": "R1", … }] }',
    after: '{ "results": [{ "ruleId": "R1", "occurrenceCount": 2, … }] }',
  },
  watches: 'results',
  watch({ rules, seen }) {
    const { contents } = seen;
    let isFullSaid = false;
    return {
      result(result, resultIndex, report) {
        const digest = seen.contentDigest(result, seen.ruleDigest(rules.find(result).ruleId));
        const at = contents.find(digest);
        if (at === -1) {
          if (contents.set(digest, resultIndex, 1) || isFullSaid) return;
          isFullSaid = true;
          report({
            message:
              'The run has more different results than are remembered. From here on only those are compared with.',
          });
          return;
        }
        const first = contents.valueAt(at);
        const count = contents.noteAt(at) + 1;
        contents.set(digest, first, count);
        report({
          message: `The result has the same rule, locations and message as results[${first}]: it is number ${count} of its kind. Write one result with an 'occurrenceCount' if it is one finding.`,
        });
      },
    };
  },
});
