import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { noteInProperties } from '../../run/note-in-properties.ts';
import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** One result has a limited number of locations, and fewer are kept. */
export const locationCount = defineRule({
  id: 'SF-G006',
  name: 'location-count',
  level: 'error',
  specSection: '3.27.12',
  like: ['GitHub'],
  set: 'github',
  summary: 'A result has at most 1,000 locations; 100 are kept.',
  explanation: {
    cause: 'All places where a rule is broken were written into one result.',
    reason:
      'GitHub code scanning rejects a result with more than 1,000 locations. Of those that it takes, it keeps 100, and shows the alert at the first.',
    repair: 'The locations beyond the limit are removed, which is noted in properties["sariflow/shortened"].',
    before: '{ "ruleId": "R1", "locations": [ … 1,001 locations … ] }',
    after:
      '{ "ruleId": "R1", "locations": [ … 1,000 locations … ], "properties": { "sariflow/shortened": ["locations"] } }',
  },
  visits: 'result',
  check({ locations = [] }, _visit, report) {
    const { locations: most, locationsShown: mostShown } = githubLimits;
    const count = locations.length;
    if (count > most) {
      report({
        message: `The result has ${count} locations, but GitHub takes at most ${most}. Write one result for each place.`,
        at: ['locations', most],
        fix: {
          description: 'The locations that go beyond the limit are removed.',
          apply: (target) => cut(target as Mutable<Result>, most),
        },
      });
    } else if (count > mostShown) {
      report({
        message: `The result has ${count} locations, of which GitHub keeps ${mostShown} and shows the alert at the first. Write one result for each place.`,
        at: ['locations', mostShown],
        level: 'note',
      });
    }
  },
});

function cut(result: Mutable<Result>, most: number): void {
  result.locations = (result.locations ?? []).slice(0, most);
  noteInProperties(result, 'sariflow/shortened', 'locations');
}
