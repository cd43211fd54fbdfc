import { safeMarkdown } from '@sariflow/sarif';
import { type Texts, textsOfHtml } from '../texts/html-texts.ts';
import { plainText } from '../texts/plain-text.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/** A rule's description: the texts for `help`, and the HTML that they were made of, for the links in it. */
export interface RuleDescription extends Texts {
  readonly source: string;
}

/** Headings of the sections that rules are described in since version 9.5, as Sonar's user interface has them. */
const headings: ReadonlyMap<string, string> = new Map([
  ['introduction', ''],
  ['default', ''],
  ['root_cause', 'Why is this an issue?'],
  ['assess_the_problem', 'What is the risk?'],
  ['how_to_fix', 'How can I fix it?'],
  ['resources', 'Resources'],
]);

/** Members that older versions describe a hotspot's rule in. */
const hotspotParts: readonly (readonly [name: string, heading: string])[] = [
  ['riskDescription', 'What is the risk?'],
  ['vulnerabilityDescription', 'Are you at risk?'],
  ['fixRecommendations', 'How can you fix it?'],
];

/** Members of a rule that its description is read from. */
export const descriptionMembers: readonly string[] = [
  'htmlDesc',
  'mdDesc',
  'descriptionSections',
  'mdNote',
  'htmlNote',
  'description',
  ...hotspotParts.map(([name]) => name),
];

/** Reads the description in the form that says most; undefined when there is none. */
export function readDescription(rule: Fields): RuleDescription | undefined {
  const parts = sectionsOf(rule) ?? hotspotSections(rule) ?? whole(rule);
  const note = markupOf(rule.text('htmlNote') || rule.text('mdNote'));
  if (note !== undefined) parts.push({ heading: parts.length > 0 ? 'Note' : '', ...note });
  if (parts.length === 0) return undefined;
  return {
    text: joined(parts.map((part) => [headingOf(part), part.text])),
    markdown: joined(parts.map((part) => [headingOf(part) === '' ? '' : `## ${headingOf(part)}`, part.markdown])),
    source: parts.map(({ source }) => source).join('\n'),
  };
}

interface Part extends RuleDescription {
  readonly heading: string;
}

/** A text that starts with a heading of its own needs no other. */
function headingOf({ heading, markdown }: Part): string {
  return markdown.startsWith('#') ? '' : heading;
}

function sectionsOf(rule: Fields): Part[] | undefined {
  const list = rule.list('descriptionSections');
  if (list === undefined) return undefined;
  const parts: Part[] = [];
  for (const [index, value] of list.entries()) {
    if (!isObject(value)) {
      rule.doubtValue(['descriptionSections', index], value, 'an object');
      continue;
    }
    const section = rule.at(value, ['descriptionSections', index]);
    const content = markupOf(section.text('content'));
    const key = section.text('key') ?? '';
    const context = section.nested('context')?.text('displayName');
    const heading = headings.get(key) ?? key;
    if (content !== undefined) parts.push({ heading: context ? `${heading} (${context})` : heading, ...content });
  }
  return parts.length === 0 ? undefined : parts;
}

function hotspotSections(rule: Fields): Part[] | undefined {
  const parts: Part[] = [];
  for (const [name, heading] of hotspotParts) {
    const content = markupOf(rule.text(name));
    if (content !== undefined) parts.push({ heading, ...content });
  }
  return parts.length === 0 ? undefined : parts;
}

function whole(rule: Fields): Part[] {
  const content = markupOf(rule.text('htmlDesc') || rule.text('mdDesc') || rule.text('description'));
  return content === undefined ? [] : [{ heading: '', ...content }];
}

const htmlBlock = /<\/?(?:p|h[1-6]|ul|ol|li|pre|code|br|a|div|b|i|em|strong|table|blockquote)\b[^<>]{0,500}>/i;

/** What is called Markdown is HTML in most versions. */
function markupOf(source: string | undefined): RuleDescription | undefined {
  if (source === undefined || source.trim() === '') return undefined;
  const texts = htmlBlock.test(source) ? textsOfHtml(source) : textsOfMarkdown(source);
  return texts.text === '' ? undefined : { ...texts, source };
}

/** Markdown of a rule: images would tell another host who reads it, so only their texts stay. */
function textsOfMarkdown(source: string): Texts {
  const text = plainText(source).trim();
  return { text, markdown: safeMarkdown(text.replace(/!\[/g, '[')) };
}

function joined(parts: readonly (readonly [heading: string, text: string])[]): string {
  return parts.map(([heading, text]) => (heading === '' ? text : `${heading}\n\n${text}`)).join('\n\n');
}
