import type { ReportingDescriptor } from '@sariflow/sarif';
import { webUri } from '../texts/absolute-uri.ts';
import type { DescriptionLink } from './description.ts';

/** The help of a rule: how to repair what it finds, and where to read more. Empty where there is neither. */
export function ruleHelp(
  remediation: string,
  links: readonly DescriptionLink[],
): Pick<ReportingDescriptor, 'help' | 'helpUri'> {
  const resolved = links.map(({ text, href }) => ({ text, href, uri: webUri(href) }));
  const helpUri = resolved.find(({ uri }) => uri !== undefined)?.uri;
  const parts = remediation === '' ? [] : [{ text: remediation, markdown: escaped(remediation) }];
  if (resolved.length > 0) {
    parts.push({
      text: `References:\n${resolved.map(({ text, href }) => `- ${text === href ? href : `${text}: ${href}`}`).join('\n')}`,
      markdown: `References:\n\n${resolved.map(inMarkdown).join('\n')}`,
    });
  }
  if (parts.length === 0) return {};
  return {
    ...(helpUri !== undefined && { helpUri }),
    help: {
      text: parts.map(({ text }) => text).join('\n\n'),
      markdown: parts.map(({ markdown }) => markdown).join('\n\n'),
    },
  };
}

function inMarkdown({ text, href, uri }: DescriptionLink & { readonly uri: string | undefined }): string {
  const written = escaped(text).replace(/\s+/g, ' ');
  if (uri === undefined) return `- ${text === href ? written : `${written}: ${escaped(href)}`}`;
  return text === href ? `- <${uri}>` : `- [${written}](<${uri}>)`;
}

/** Texts of a report are data: mark-up in them must not become mark-up of the help. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|~&-]/g, '\\$&');
}
