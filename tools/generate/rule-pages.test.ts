import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ruleDocuments } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { ruleIndex, rulePage } from './rule-page.ts';

const folder = new URL('../../docs/rules/', import.meta.url);

/** What `node tools/generate/rule-pages.ts` has written, run after the build. */
const written = (name: string) => readFileSync(new URL(name, folder), 'utf8');

describe('docs/rules is what the rules say', () => {
  test('there is a page for each rule, and no other', () => {
    expect(ruleDocuments.length).toBeGreaterThan(40);
    expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(
      ['README.md', ...ruleDocuments.map(({ id }) => `${id}.md`)].sort(),
    );
  });

  test('the list is up to date', () => expect(written('README.md')).toBe(ruleIndex(ruleDocuments)));

  test.each(ruleDocuments.map((rule) => [rule.id, rule] as const))('the page of %s is up to date', (id, rule) => {
    expect(written(`${id}.md`)).toBe(rulePage(rule));
  });
});

const rule = {
  id: 'SF-G999',
  name: 'sample-rule',
  level: 'note',
  specSection: '3.1',
  like: ['GitHub', 'SARIF1001'],
  summary: "A `member` is [there] and 'level' is <b>.",
  explanation: {
    cause: 'One_two.',
    reason: 'Because.',
    repair: 'None.',
    before: '{ "a": "```" }',
    after: '{ "a": 1 }',
  },
} as const;

test('what looks like Markdown is shown as it is', () => {
  const page = rulePage(rule);
  expect(page).toContain("A \\`member\\` is \\[there\\] and 'level' is \\<b\\>.");
  expect(page).toContain('````json\n{ "a": "```" }\n````');
  expect(page).toContain(
    'Level: note. Family: GitHub code scanning. SARIF 2.1.0, section 3.1. Checked with `--profile github`. Elsewhere: GitHub, SARIF1001.',
  );
  expect(ruleIndex([rule])).toContain('| [SF-G999](SF-G999.md) | note | A \\`member\\` is');
});
