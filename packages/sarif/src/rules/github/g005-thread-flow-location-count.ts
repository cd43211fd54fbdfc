import type { CodeFlow, Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { noteInProperties } from '../../run/note-in-properties.ts';
import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** One result carries a limited number of steps, and fewer are shown. */
export const threadFlowLocationCount = defineRule({
  id: 'SF-G005',
  name: 'thread-flow-location-count',
  level: 'error',
  specSection: '3.38',
  like: ['GitHub'],
  set: 'github',
  summary: 'A result has at most 10,000 thread flow locations; 1,000 are shown.',
  explanation: {
    cause: 'A data-flow analysis reports every path to one sink.',
    reason:
      'GitHub code scanning rejects a result with more than 10,000 thread flow locations in all its code flows. Of those that it takes, it shows 1,000.',
    repair:
      'Code flows are kept in their order as long as they fit into the limit; the others are removed, which is noted in properties["sariflow/shortened"].',
    before: '{ "codeFlows": [{ "threadFlows": [ … 6,000 locations … ] }, { "threadFlows": [ … 6,000 locations … ] }] }',
    after:
      '{ "codeFlows": [{ "threadFlows": [ … 6,000 locations … ] }], "properties": { "sariflow/shortened": ["codeFlows"] } }',
  },
  visits: 'result',
  check({ codeFlows = [] }, _visit, report) {
    const { threadFlowLocations: most, threadFlowLocationsShown: mostShown } = githubLimits;
    let count = 0;
    let firstNotShown = -1;
    let firstRejected = -1;
    for (const [index, codeFlow] of codeFlows.entries()) {
      count += locationCount(codeFlow);
      if (firstNotShown === -1 && count > mostShown) firstNotShown = index;
      if (firstRejected === -1 && count > most) firstRejected = index;
    }
    if (firstRejected !== -1) {
      report({
        message: `The result has ${count} thread flow locations, but GitHub takes at most ${most}. Keep the code flows that explain it best.`,
        at: ['codeFlows', firstRejected],
        fix: {
          description: 'The code flows that go beyond the limit are removed.',
          apply: (target) => keepWithin(target as Mutable<Result>, most),
        },
      });
    } else if (firstNotShown !== -1) {
      report({
        message: `The result has ${count} thread flow locations, of which GitHub shows ${mostShown}. Put the code flow that explains it best first.`,
        at: ['codeFlows', firstNotShown],
        level: 'note',
      });
    }
  },
});

function locationCount({ threadFlows = [] }: CodeFlow): number {
  let count = 0;
  for (const { locations } of threadFlows) count += locations?.length ?? 0;
  return count;
}

function keepWithin(result: Mutable<Result>, most: number): void {
  const kept: CodeFlow[] = [];
  let count = 0;
  for (const codeFlow of result.codeFlows ?? []) {
    const more = locationCount(codeFlow);
    if (count + more > most) continue;
    count += more;
    kept.push(codeFlow);
  }
  if (kept.length === 0) delete result.codeFlows;
  else result.codeFlows = kept;
  noteInProperties(result, 'sariflow/shortened', 'codeFlows');
}
