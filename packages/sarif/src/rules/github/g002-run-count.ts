import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** One file carries few runs. */
export const runCount = defineRule({
  id: 'SF-G002',
  name: 'run-count',
  level: 'error',
  specSection: '3.13.4',
  like: ['GitHub'],
  set: 'github',
  summary: 'The log has at most 20 runs.',
  explanation: {
    cause: 'The logs of many tools, projects or modules were put together into one file.',
    reason: 'GitHub code scanning rejects a file with more than 20 runs.',
    repair: 'None: merge the runs of one tool and category (sariflow merge), or upload several files.',
    before: '{ "version": "2.1.0", "runs": [ … 21 runs … ] }',
    after: '{ "version": "2.1.0", "runs": [ … 20 runs … ] }',
  },
  watches: 'log',
  watch() {
    let runs = 0;
    return {
      run() {
        runs += 1;
      },
      end(report) {
        if (runs <= githubLimits.runs) return;
        report({
          message: `The log has ${runs} runs, but GitHub takes at most ${githubLimits.runs}. Merge runs of one tool, or upload several files.`,
          at: ['runs', githubLimits.runs],
        });
      },
    };
  },
});
