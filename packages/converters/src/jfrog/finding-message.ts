import type { Result } from '@sariflow/sarif';
import { firstSentence } from '../texts/first-sentence.ts';
import { codeSpan, escapeMarkdown } from '../texts/markdown.ts';
import { plainText } from '../texts/plain-text.ts';
import { readable } from './component-id.ts';
import { madeUpIds, type XrayFinding } from './entry.ts';

/** More paths than anybody reads are counted. */
const mostPaths = 20;
const mostNames = 20;

/** What was found and where, and as Markdown also what to do and how the package came in. */
export function messageOf(finding: XrayFinding): Result['message'] {
  const { ruleId, summary, description, components, remediation } = finding;
  // The whole text is the rule's description.
  const what = firstSentence(plainText(summary ?? description ?? '')).trim() || ruleId;
  const where = namesOf(components.map(readable));
  const about = what === ruleId || ruleId.startsWith(madeUpIds) ? [] : [ruleId];
  const marks = [...about, ...(where === '' ? [] : [where])].join(' in ');
  const text = marks === '' ? what : `${what} (${about.length === 0 ? `in ${marks}` : marks})`;
  const advice = [...fixLines(finding), ...pathLines(finding)];
  if (remediation !== undefined) advice.unshift(`Remediation: ${escapeMarkdown(firstSentence(remediation))}`);
  if (advice.length === 0) return { text };
  return { text, markdown: `${escapeMarkdown(text)}\n\n${advice.map((line) => `- ${line}`).join('\n')}` };
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

function fixLines({ fixedVersions }: XrayFinding): string[] {
  return fixedVersions.length === 0 ? [] : [`Fixed in: ${fixedVersions.slice(0, mostNames).map(codeSpan).join(', ')}`];
}

function pathLines({ impact }: XrayFinding): string[] {
  const lines = impact.paths
    .slice(0, mostPaths)
    .filter((path) => path.length > 1)
    .map((path) => `Through: ${path.map(codeSpan).join(' → ')}`);
  const more = impact.paths.length - mostPaths;
  return more > 0 ? [...lines, `Through ${more} more paths`] : lines;
}
