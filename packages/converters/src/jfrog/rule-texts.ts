import type { PropertyBag } from '@sariflow/sarif';
import type { DescriptorDraft } from '../shell/drafts.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import { escapeMarkdown } from '../texts/markdown.ts';
import { idsOf } from './cves.ts';
import type { Category, XrayFinding } from './entry.ts';

const categoryTags = {
  vulnerability: ['supply-chain'],
  license: ['license'],
  'operational-risk': ['maintenance'],
  exposure: ['exposure'],
} as const satisfies Record<Category, readonly string[]>;

/** The rule that a finding is of. What the advisory says beyond its texts goes to the properties. */
export function ruleOf(finding: XrayFinding): DescriptorDraft {
  const { category, ruleId, summary, description, cves, issueId } = finding;
  const ids = idsOf(cves);
  const first = summary ?? description;
  const long = description ?? summary;
  const ratings = finding.about['cves'] ?? finding.about['properties'];
  const properties: PropertyBag = {
    ...(ids.length > 0 && { cve: ids }),
    ...(issueId !== undefined && !ruleId.endsWith(issueId) && { 'xray/issueId': issueId }),
    ...(hasRatings(finding) && { 'xray/cves': ratings }),
  };
  return {
    texts: {
      ...(first !== undefined && { shortDescription: { text: firstSentence(first) || first.trim() } }),
      ...(long !== undefined && { fullDescription: { text: long } }),
      ...helpOf(finding),
    },
    taxa: finding.taxa,
    tags: [...categoryTags[category], ...ids],
    properties,
  };
}

/** Whether the vulnerabilities say more than their ids and classes. */
export function hasRatings({ cves }: XrayFinding): boolean {
  return cves.some(({ v2, v3, v4 }) => v2 !== undefined || v3 !== undefined || v4 !== undefined);
}

/** Consumers show the help and little else: what is wrong, what to do, where to read on. */
function helpOf({ remediation, references, summary, description = summary }: XrayFinding): DescriptorDraft['texts'] {
  const links = [...new Set(references)];
  if (description === undefined && remediation === undefined && links.length === 0) return {};
  const uris = links.map(webUri);
  const helpUri = uris.find((uri) => uri !== undefined);
  const text = [
    description,
    remediation === undefined ? undefined : `Remediation:\n${remediation}`,
    links.length === 0 ? undefined : `References:\n${links.map((link) => `- ${link}`).join('\n')}`,
  ];
  const markdown = [
    description === undefined ? undefined : escapeMarkdown(description),
    remediation === undefined ? undefined : `## Remediation\n\n${escapeMarkdown(remediation)}`,
    links.length === 0
      ? undefined
      : `## References\n\n${links.map((link, index) => `- ${linked(link, uris[index])}`).join('\n')}`,
  ];
  return {
    ...(helpUri !== undefined && { helpUri }),
    help: { text: joined(text), markdown: joined(markdown) },
  };
}

function linked(link: string, uri: string | undefined): string {
  return uri === undefined ? escapeMarkdown(link.replace(/\s+/g, ' ')) : `<${uri}>`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n\n');
}
