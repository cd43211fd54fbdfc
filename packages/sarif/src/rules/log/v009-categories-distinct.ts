import { categoryKeyOf } from '../../run/run-identity.ts';
import { defineRule } from '../rule.ts';

/** Consumers that keep one state for each tool and category keep the last of several runs. */
export const categoriesDistinct = defineRule({
  id: 'SF-V009',
  name: 'categories-distinct',
  level: 'warning',
  specSection: '3.17',
  like: ['GitHub'],
  summary: 'No two runs of a log have the same tool and the same category.',
  explanation: {
    cause: 'A tool writes one run for each project or each of its scanners, without telling them apart.',
    reason:
      'The category, the part of automationDetails.id up to its last slash, says what a run is a new state of. Of several runs with one category GitHub refuses all, and others keep the last.',
    repair: 'None: what tells the runs apart, only their producer knows. Write automationDetails.id, such as "web/".',
    before: '[{ "tool": { "driver": { "name": "Snyk" } }, … }, { "tool": { "driver": { "name": "Snyk" } }, … }]',
    after:
      '[{ "automationDetails": { "id": "web/" }, "tool": { "driver": { "name": "Snyk" } }, … }, { "automationDetails": { "id": "api/" }, "tool": { "driver": { "name": "Snyk" } }, … }]',
  },
  watches: 'log',
  watch() {
    const known = new Map<string, number>();
    return {
      run(run, runIndex, _context, report) {
        // Tools without a name are not the same tool; that they have none is said elsewhere.
        if ((run.tool?.driver?.name ?? '').trim() === '') return;
        const key = categoryKeyOf(run);
        const first = known.get(key);
        if (first === undefined) {
          known.set(key, runIndex);
          return;
        }
        const id = run.automationDetails?.id;
        report({
          message: `The run has the tool and the category of run ${first}. Write automationDetails.id so that the parts before the last slash differ, such as 'web/' and 'api/'.`,
          at: ['runs', runIndex, ...(id === undefined ? [] : ['automationDetails', 'id'])],
          value: id,
        });
      },
    };
  },
});
