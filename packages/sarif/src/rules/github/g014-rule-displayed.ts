import type { ReportingDescriptor } from '../../model/model.ts';
import { isToolRule } from '../../run/is-tool-rule.ts';
import { isBlank } from '../../run/result-file.ts';
import type { Finding } from '../rule.ts';
import { defineRule } from '../rule.ts';
import { githubLimits } from './github-limits.ts';

/** An alert is shown with the words of its rule. */
export const ruleDisplayed = defineRule({
  id: 'SF-G014',
  name: 'rule-displayed',
  level: 'warning',
  specSection: '3.49',
  like: ['GitHub'],
  set: 'github',
  summary:
    'A rule has a short description, a full description and a help text, and they are as long as GitHub shows them.',
  explanation: {
    cause: 'The tool describes its rules elsewhere, or by a name alone.',
    reason:
      'GitHub code scanning shows shortDescription.text, fullDescription.text and help.text with each alert, and cuts names after 255 and descriptions after 1,024 characters.',
    repair: 'None: only the author of the rule knows what it is about.',
    before: '{ "id": "R1", "shortDescription": { "text": "No eval." } }',
    after:
      '{ "id": "R1", "shortDescription": { "text": "No eval." }, "fullDescription": { "text": "Text is run as code." }, "help": { "text": "Use JSON.parse." } }',
  },
  visits: 'reportingDescriptor',
  check(rule, { path }, report) {
    if (!isToolRule(path)) return;
    const missing = (['shortDescription', 'fullDescription', 'help'] as const).filter((member) =>
      isBlank(rule[member]?.text),
    );
    if (missing.length > 0) {
      report({
        message: `GitHub shows ${listOf(missing.map((member) => `${member}.text`))} with each alert, and the rule '${rule.id}' has none. Write what the rule is about.`,
      });
    }
    for (const finding of tooLong(rule)) report(finding);
  },
});

function* tooLong(rule: ReportingDescriptor): Generator<Finding> {
  const { nameCharacters, descriptionCharacters } = githubLimits;
  const texts = [
    { text: rule.name, at: ['name'], most: nameCharacters },
    { text: rule.shortDescription?.text, at: ['shortDescription', 'text'], most: descriptionCharacters },
    { text: rule.fullDescription?.text, at: ['fullDescription', 'text'], most: descriptionCharacters },
  ];
  for (const { text, at, most } of texts) {
    if (text === undefined || text.length <= most) continue;
    const message = `'${at[0]}' of the rule '${rule.id}' has ${text.length} characters, of which GitHub shows ${most}. Shorten it, and put the details into 'help'.`;
    yield { message, at };
  }
}

function listOf(members: readonly string[]): string {
  const last = members.at(-1) ?? '';
  return members.length < 2 ? last : `${members.slice(0, -1).join(', ')} and ${last}`;
}
