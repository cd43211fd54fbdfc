import type { ReportingDescriptor } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { tagsOf } from '../../run/cwe.ts';
import { isToolRule } from '../../run/is-tool-rule.ts';
import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** One rule has a limited number of tags, and fewer are kept. */
export const tagCount = defineRule({
  id: 'SF-G007',
  name: 'tag-count',
  level: 'error',
  specSection: '3.8.2',
  like: ['GitHub'],
  set: 'github',
  summary: 'A rule has at most 20 tags; 10 are kept.',
  explanation: {
    cause: 'The tool writes categories, standards, languages and frameworks into the tags of each rule.',
    reason: 'GitHub code scanning rejects a rule with more than 20 tags. Of those that it takes, it keeps 10.',
    repair:
      'The tags "security" and those that name a weakness come first, then the others until there are 10, which is what GitHub would keep; all of them stay in properties["original/tags"].',
    before: '{ "id": "R1", "properties": { "tags": [ … 24 tags … ] } }',
    after: '{ "id": "R1", "properties": { "tags": [ … 10 tags … ], "original/tags": [ … 24 tags … ] } }',
  },
  visits: 'reportingDescriptor',
  check(rule, { path }, report) {
    if (!isToolRule(path)) return;
    const { tags: most, tagsShown: mostShown } = githubLimits;
    const { length: count } = tagsOf(rule.properties);
    if (count > most) {
      report({
        message: `The rule '${rule.id}' has ${count} tags, but GitHub takes at most ${most}. Keep those that people filter by.`,
        at: ['properties', 'tags', most],
        fix: {
          description: `${mostShown} tags are kept; all of them stay in properties["original/tags"].`,
          apply: (target) => cut(target as Mutable<ReportingDescriptor>, mostShown),
        },
      });
    } else if (count > mostShown) {
      report({
        message: `The rule '${rule.id}' has ${count} tags, of which GitHub keeps ${mostShown}. Put those first that people filter by.`,
        at: ['properties', 'tags', mostShown],
        level: 'note',
      });
    }
  },
});

function cut(rule: Mutable<ReportingDescriptor>, most: number): void {
  const tags = tagsOf(rule.properties);
  const first = tags.filter(isImportant);
  const others = tags.filter((tag) => !isImportant(tag));
  rule.properties = { 'original/tags': tags, ...rule.properties, tags: [...first, ...others].slice(0, most) };
}

/** GitHub tells security alerts from others by the tag `security`, and shows weaknesses. */
function isImportant(tag: string): boolean {
  return tag === 'security' || /\bcwe\b/i.test(tag);
}
