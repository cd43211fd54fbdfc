import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { noteInProperties } from '../../run/note-in-properties.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A run was compared with its baseline, or it was not. */
export const baselineComplete = defineRule({
  id: 'SF-V207',
  name: 'baseline-complete',
  level: 'error',
  specSection: '3.27.24',
  summary: 'All results of a run have a baselineState, or none has.',
  explanation: {
    cause: 'Results of a run that was compared with a baseline were mixed with results that were not.',
    reason: 'Whether a result without a state is new, nobody can tell: it may be filtered away, or fail a build.',
    repair:
      'The first result decides. Where it has a state, a result without one becomes \'new\', which properties["sariflow/synthetic"] says; where it has none, the states of others move to properties["original/baselineState"].',
    before: '[{ "baselineState": "unchanged", … }, { … }]',
    after: '[{ "baselineState": "unchanged", … }, { "baselineState": "new", … }]',
  },
  watches: 'results',
  watch() {
    let first: boolean | undefined;
    return {
      result({ baselineState }, _resultIndex, report) {
        const hasState = baselineState !== undefined;
        first ??= hasState;
        if (hasState === first) return;
        report({
          message: `The result has ${hasState ? 'a' : 'no'} baselineState, but the first result of the run has ${first ? 'one' : 'none'}. Compare all results with the baseline, or none.`,
          at: hasState ? ['baselineState'] : [],
          value: baselineState,
          fix: hasState ? stateTakenAway : stateWritten,
        });
      },
    };
  },
});

const stateWritten: Fix = {
  description: "The baselineState 'new' is written.",
  apply(target) {
    const result = target as Mutable<Result>;
    result.baselineState = 'new';
    noteInProperties(result, 'sariflow/synthetic', 'baselineState');
  },
};

const stateTakenAway: Fix = {
  description: 'The baselineState is moved to the properties.',
  apply(target) {
    const result = target as Mutable<Result>;
    result.properties = { ...result.properties, 'original/baselineState': result.baselineState };
    delete result.baselineState;
  },
};
