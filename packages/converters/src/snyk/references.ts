import { webUri } from '../texts/absolute-uri.ts';
import { escapeMarkdown } from '../texts/markdown.ts';
import { isObject } from '../values/json-object.ts';

/** A link of an advisory. */
export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** Reads `references`: addresses, or objects with title and address. Undefined when something else is among them. */
export function readReferences(value: unknown): Reference[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const references: Reference[] = [];
  for (const entry of value as unknown[]) {
    if (typeof entry === 'string') {
      if (entry.trim() !== '') references.push({ title: entry, url: entry });
      continue;
    }
    if (!isObject(entry)) return undefined;
    const { title, url, ...others } = entry;
    if (typeof url !== 'string' || Object.keys(others).length > 0) return undefined;
    if (title !== undefined && title !== null && typeof title !== 'string') return undefined;
    references.push({ title: typeof title === 'string' && title !== '' ? title : url, url });
  }
  return references;
}

/** The links as Markdown and as text. Empty without links, and where the description ends with its own list of them. */
export function referenceList(references: readonly Reference[], description = ''): { markdown: string; text: string } {
  if (references.length === 0 || /^ {0,3}#+ +References\b/m.test(description)) return { markdown: '', text: '' };
  const markdown = references.map(({ title, url }) => {
    const uri = webUri(url);
    if (uri === undefined) return `- ${inLine(title === url ? url : `${title}: ${url}`)}`;
    return title === url ? `- <${uri}>` : `- [${inLine(title)}](<${uri}>)`;
  });
  const text = references.map(({ title, url }) => (title === url ? `- ${url}` : `- ${title}: ${url}`));
  return { markdown: `## References\n\n${markdown.join('\n')}`, text: `References:\n${text.join('\n')}` };
}

/** A title of several lines would end the item of the list. */
function inLine(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' ').trim());
}
