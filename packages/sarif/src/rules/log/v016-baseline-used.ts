import { defineRule } from '../rule.ts';

/** A run that was compared with its baseline says of its results what came of it. */
export const baselineUsed = defineRule({
  id: 'SF-V016',
  name: 'baseline-used',
  level: 'warning',
  specSection: '3.14.5',
  summary: 'A run with a baselineGuid has results with a baselineState.',
  explanation: {
    cause: 'The states were filtered away, or the baseline was named without comparing with it.',
    reason: 'The run claims to say what is new, and says it of no result: consumers show all of them as new, or none.',
    repair: 'None: only a comparison with the baseline tells the states.',
    before: '{ "baselineGuid": "11111111-1111-4111-8111-111111111111", "results": [{ "ruleId": "R1", … }] }',
    after:
      '{ "baselineGuid": "11111111-1111-4111-8111-111111111111", "results": [{ "ruleId": "R1", "baselineState": "new", … }] }',
  },
  watches: 'results',
  watch({ run: { baselineGuid } }) {
    if (baselineGuid === undefined) return {};
    let results = 0;
    let states = 0;
    return {
      result({ baselineState }) {
        results += 1;
        if (baselineState !== undefined) states += 1;
      },
      end(report) {
        if (results === 0 || states > 0) return;
        report({
          message:
            "The run names its baseline, but no result has a 'baselineState'. Compare the run with the baseline, or leave 'baselineGuid' out.",
          at: ['baselineGuid'],
          value: baselineGuid,
        });
      },
    };
  },
});
