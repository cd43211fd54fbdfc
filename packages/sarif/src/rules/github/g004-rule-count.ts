import type { PathSegment } from '../../json/pointer.ts';
import type { RunHeader } from '../../model/model.ts';
import { eachToolComponent } from '../../run/each-tool-component.ts';
import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** One run describes a limited number of rules, in a limited number of extensions. */
export const ruleCount = defineRule({
  id: 'SF-G004',
  name: 'rule-count',
  level: 'error',
  specSection: '3.19.23',
  like: ['GitHub'],
  set: 'github',
  summary: 'A run has at most 25,000 rules, and its tool at most 100 extensions.',
  explanation: {
    cause: 'The tool lists its whole catalogue of rules, or one extension for each package that it loaded.',
    reason: 'GitHub code scanning rejects a run with more than 25,000 rules or more than 100 tool extensions.',
    repair: 'None: list only the rules and extensions that results refer to.',
    before: '{ "tool": { "driver": { "name": "X", "rules": [ … 25,001 rules … ] } } }',
    after: '{ "tool": { "driver": { "name": "X", "rules": [ … 120 rules … ] } } }',
  },
  visits: 'run',
  check(run, _visit, report) {
    const { rules: mostRules, extensions: mostExtensions } = githubLimits;
    const extensions = run.tool?.extensions?.length ?? 0;
    if (extensions > mostExtensions) {
      report({
        message: `The tool has ${extensions} extensions, but GitHub takes at most ${mostExtensions}. List only those that results refer to.`,
        at: ['tool', 'extensions', mostExtensions],
      });
    }
    const { total, firstBeyond } = countRules(run, mostRules);
    if (firstBeyond !== undefined) {
      report({
        message: `The run has ${total} rules, but GitHub takes at most ${mostRules}. List only those that results refer to.`,
        at: firstBeyond,
      });
    }
  },
});

function countRules(run: RunHeader, most: number): { total: number; firstBeyond: readonly PathSegment[] | undefined } {
  let total = 0;
  let firstBeyond: readonly PathSegment[] | undefined;
  for (const { component, path } of eachToolComponent(run)) {
    const count = component.rules?.length ?? 0;
    if (firstBeyond === undefined && total + count > most) firstBeyond = [...path, 'rules', most - total];
    total += count;
  }
  return { total, firstBeyond };
}
