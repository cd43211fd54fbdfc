import type { ResultProvenance } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';

/** An index that leads past the end is no index. */
export const invocationInRange = defineRule({
  id: 'SF-V206',
  name: 'invocation-in-range',
  level: 'error',
  specSection: '3.48.6',
  like: ['SARIF1009'],
  summary: 'The invocation that a result names is one of the run.',
  explanation: {
    cause: 'The invocations were left out, or runs were merged, after the results had been written.',
    reason: 'Which configuration was in force for the result cannot be found out, and some readers refuse the log.',
    repair: 'invocationIndex is removed.',
    before: '{ "invocations": [{ … }] }, and "provenance": { "invocationIndex": 3 }',
    after: '{ "invocations": [{ … }] }, and "provenance": {}',
  },
  visits: 'resultProvenance',
  check({ invocationIndex }, { context: { run } }, report) {
    const count = run.invocations?.length ?? 0;
    if (invocationIndex === undefined || invocationIndex < count) return;
    if (run.externalPropertyFileReferences?.invocations !== undefined) return;
    report({
      message: `The result is said to be of the invocation ${invocationIndex}, but the run has ${count === 0 ? 'none' : `${count}, counted from 0`}. Correct the index, or leave it out.`,
      at: ['invocationIndex'],
      value: invocationIndex,
      fix: {
        description: "'invocationIndex' is removed.",
        apply(target) {
          delete (target as Mutable<ResultProvenance>).invocationIndex;
        },
      },
    });
  },
});
