import type { PropertyBag } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { DescriptorDraft } from '../shell/drafts.ts';
import type { LossTally } from '../shell/losses.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { advisoryAddress } from './advisory.ts';
import { advisoryMarkdown, markdownToText } from './markdown-text.ts';
import { propertyName } from './property-name.ts';
import { readReferences, referenceList } from './references.ts';

interface Section {
  readonly title: string;
  readonly text: string;
}

/** The rule of a misconfiguration, from the first finding of it. */
export function ruleOfIac(ruleId: string, about: JsonObject, doubt: Doubt, losses: LossTally): DescriptorDraft {
  const fields = new Fields(about, doubt);
  const title = fields.text('title');
  const description = fields.text('description');
  const sections = readSections(fields);
  const references = readReferences(about['references']);
  if (references === undefined) fields.doubtValue(['references'], about['references'], 'an array of addresses');
  const list = referenceList(references ?? []);
  const markdown = [
    ...sections.map(({ title: head, text }) => `## ${head}\n\n${advisoryMarkdown(text)}`),
    list.markdown,
  ];
  const text = [...sections.map(({ title: head, text: body }) => `${head}:\n${markdownToText(body)}`), list.text];
  const full = description ?? sections[0]?.text;
  const helpUri = readAddress(fields, ruleId);
  for (const name of ['compliance', 'policyEngineType', 'isGeneratedByCustomRule']) fields.keep(name);
  const properties: PropertyBag = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  const helpText = text.filter((part) => part !== '').join('\n\n');
  return {
    texts: {
      ...(title !== undefined && { shortDescription: { text: title } }),
      ...(full !== undefined && full.trim() !== '' && { fullDescription: { text: markdownToText(full) || full } }),
      ...(helpText !== '' && {
        help: { text: helpText, markdown: markdown.filter((part) => part !== '').join('\n\n') },
      }),
      ...(helpUri !== undefined && { helpUri }),
    },
    taxa: [],
    tags: ['misconfiguration'],
    properties,
    provisional: Object.keys(about).length === 0,
  };
}

/** Issue, impact and resolution, and how to resolve it in each language, where that says more. */
function readSections(fields: Fields): Section[] {
  const description = fields.nested('iacDescription');
  const sections: Section[] = [];
  const said = new Set<string>();
  const add = (title: string, text: string | undefined) => {
    if (text === undefined || text.trim() === '' || said.has(text.trim())) return;
    said.add(text.trim());
    sections.push({ title, text });
  };
  for (const [name, title] of [
    ['issue', 'Issue'],
    ['impact', 'Impact'],
    ['resolve', 'Resolve'],
  ] as const) {
    add(title, description?.text(name));
    add(title, fields.text(name));
  }
  description?.keepUnknown(descriptionMembers);
  // Older versions write an empty string for no remediation.
  const remediation = fields.object['remediation'];
  if (typeof remediation === 'string') add('Resolve', remediation);
  else {
    const languages = fields.nested('remediation');
    for (const language of Object.keys(languages?.object ?? {})) {
      add(`Resolve in ${languageNames.get(language) ?? language}`, languages?.text(language));
    }
  }
  return sections;
}

const descriptionMembers = new Set(['issue', 'impact', 'resolve']);
const languageNames: ReadonlyMap<string, string> = new Map([
  ['terraform', 'Terraform'],
  ['cloudformation', 'CloudFormation'],
  ['arm', 'ARM templates'],
  ['kubernetes', 'Kubernetes'],
]);

function readAddress(fields: Fields, ruleId: string): string | undefined {
  const documentation = fields.text('documentation');
  const uri = documentation === undefined ? undefined : webUri(documentation);
  if (documentation !== undefined && uri === undefined) fields.keep('documentation');
  return uri ?? advisoryAddress(ruleId, false);
}
