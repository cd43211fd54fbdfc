import { familyOf, type RuleDocument, type RuleFamily, ruleFamilies } from '@sariflow/sarif';

const askedWith = {
  cortex: 'Checked with `--profile cortex`.',
  github: 'Checked with `--profile github`.',
  authoring: 'Checked with `--authoring`.',
} as const satisfies Readonly<Record<NonNullable<RuleFamily['set']>, string>>;

/** The page of a rule, in Markdown. */
export function rulePage(rule: RuleDocument): string {
  const { id, name, level, specSection, like = [], summary, explanation } = rule;
  const { set, title } = familyOf(rule);
  const facts = [
    `Level: ${level}.`,
    `Family: ${title}.`,
    ...(specSection === undefined ? [] : [`SARIF 2.1.0, section ${specSection}.`]),
    ...(set === undefined ? [] : [askedWith[set]]),
    ...(like.length === 0 ? [] : [`Elsewhere: ${like.join(', ')}.`]),
  ];
  const { cause, reason, repair, before, after } = explanation;
  const sections = [
    `# ${id}: ${name}`,
    prose(summary),
    facts.join(' '),
    `## Cause\n\n${prose(cause)}`,
    `## Why it matters\n\n${prose(reason)}`,
    `## Repair\n\n${prose(repair)}`,
    `## Before\n\n${codeBlock(before)}`,
    `## After\n\n${codeBlock(after)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The list of all rules by family, in Markdown. */
export function ruleIndex(rules: readonly RuleDocument[]): string {
  const parts = [
    '# Rules',
    'What `sariflow validate` looks for. Written from the rules themselves; `sariflow explain <code>` says the same on a terminal.',
  ];
  for (const family of ruleFamilies) {
    const members = rules
      .filter((rule) => familyOf(rule) === family)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    if (members.length === 0) continue;
    parts.push(`## ${family.title}`);
    if (family.set !== undefined) parts.push(askedWith[family.set]);
    const rows = members.map(({ id, level, summary }) => `| [${id}](${id}.md) | ${level} | ${cell(summary)} |`);
    parts.push(['| Rule | Level | |', '| --- | --- | --- |', ...rows].join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Names, indices and paths in brackets, angle brackets, stars and the like are meant as they are written. */
function prose(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&');
}

function cell(text: string): string {
  return prose(text).replaceAll('\n', ' ');
}

/** Fenced with more back-ticks than the code has in a row. */
function codeBlock(code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${code}\n${fence}`;
}
