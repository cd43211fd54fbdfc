import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** Runs of one file are told apart by their tool and category. */
export const distinctRuns = defineRule({
  id: 'SF-G012',
  name: 'distinct-runs',
  level: 'error',
  specSection: '3.17.2',
  like: ['GitHub'],
  set: 'github',
  summary: 'No two runs have the same tool and the same automationDetails.id.',
  explanation: {
    cause: 'One tool ran on several projects or modules, and the logs were put into one file.',
    reason:
      'GitHub code scanning rejects a file with two runs of equal tool name, full name, version, semantic version, guid and automationDetails.id.',
    repair:
      'None: merge the runs (sariflow merge), or give each an automationDetails.id that says what it is about, such as "frontend/" and "backend/".',
    before:
      '{ "runs": [{ "tool": { "driver": { "name": "X" } }, "results": [] }, { "tool": { "driver": { "name": "X" } }, "results": [] }] }',
    after:
      '{ "runs": [{ "tool": { "driver": { "name": "X" } }, "automationDetails": { "id": "frontend/" }, "results": [] }, { "tool": { "driver": { "name": "X" } }, "automationDetails": { "id": "backend/" }, "results": [] }] }',
  },
  watches: 'log',
  watch() {
    const first = new Map<string, number>();
    return {
      run(run, runIndex, _context, report) {
        const { name, fullName, version, semanticVersion, guid } = run.tool?.driver ?? {};
        const id = run.automationDetails?.id;
        const key = JSON.stringify([name, fullName, version, semanticVersion, guid?.toLowerCase(), id]);
        const before = first.get(key);
        if (before === undefined) {
          // More runs than this are an error of their own; far more would only fill the memory.
          if (first.size < githubLimits.runs * 1000) first.set(key, runIndex);
          return;
        }
        report({
          message: `The run has the same tool and the same automationDetails.id${id === undefined ? ' (none)' : ` '${id}'`} as run ${before}. Merge the two, or give each an automationDetails.id of its own.`,
          at: ['runs', runIndex, ...(id === undefined ? [] : ['automationDetails', 'id'])],
        });
      },
    };
  },
});
