import type { Result } from '../../model/model.ts';
import type { FindingReport, Fix, RunWatch } from '../rule.ts';

/**
 * Watches for a list that some results of a run have, and others do not: absent or null, it is unknown. Reports the first result that has
 * it after others that have not, and every result that lacks it after one that has it.
 */
export function allOrNone(member: 'suppressions' | 'workItemUris', lacking: { readonly fix?: Fix }): RunWatch {
  let lacksSome = false;
  let hasSome = false;
  return {
    result(result: Result, _resultIndex: number, report: FindingReport) {
      const value = result[member];
      if (value != null) {
        if (!hasSome && lacksSome) {
          report({
            message: `The result has ${member}, but results before it have not, so nobody knows theirs. Write an empty array where there are none.`,
            at: [member],
          });
        }
        hasSome = true;
        return;
      }
      lacksSome = true;
      if (!hasSome) return;
      report({
        message: `Nobody knows the ${member} of this result, although others of the run have them. Write an empty array if there are none.`,
        at: value === null ? [member] : [],
        ...lacking,
      });
    },
  };
}
