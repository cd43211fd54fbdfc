import type { PropertyBag, ReportingDescriptor } from '@sariflow/sarif';
import type { DescriptorDraft } from '../shell/drafts.ts';
import type { LossTally } from '../shell/losses.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { propertyName } from './property-name.ts';
import { descriptionMembers, readDescription } from './rule-description.ts';
import type { RuleDetail } from './rule-details.ts';
import { distinctTaxa, isPlainTag, taxaOfLinks, taxonOfStandard, taxonOfTag } from './standards.ts';

/** What is said of a rule, read. */
export interface RuleTexts {
  readonly texts: Pick<ReportingDescriptor, 'shortDescription' | 'help'>;
  readonly name: string | undefined;
  readonly taxa: readonly Taxon[];
  readonly tags: readonly string[];
  readonly properties: PropertyBag;
}

/** Members that have a place in the descriptor, or are the key once more. */
const mapped = new Set([
  'key',
  'id',
  'rule',
  'repo',
  'repository',
  'engineId',
  'name',
  'tags',
  'sysTags',
  'lang',
  'langName',
  'securityStandards',
  'securityCategory',
  ...descriptionMembers,
]);

/** Reads all that a report says of one rule; the first place that has a member counts. */
export function readRule(details: readonly RuleDetail[], losses: LossTally): RuleTexts {
  const kept: KeptValue[] = [];
  const taxa: Taxon[] = [];
  const tags: string[] = [];
  const read = new Set<string>();
  let name: string | undefined;
  let help: ReportingDescriptor['help'];
  let links: readonly Taxon[] = [];
  for (const { object, doubt } of details) {
    const fields = new Fields(object, doubt, ['rule'], kept);
    name ??= fields.text('name') || undefined;
    if (help === undefined) {
      const description = readDescription(fields);
      if (description !== undefined) {
        help = { text: description.text, markdown: description.markdown };
        links = taxaOfLinks(description.source);
      }
    }
    for (const standard of fields.texts('securityStandards')) {
      const taxon = taxonOfStandard(standard);
      if (taxon === undefined) fields.keep('securityStandards', standard);
      else taxa.push(taxon);
    }
    const own = [...fields.texts('sysTags'), ...fields.texts('tags')].filter((tag) => tag !== '');
    for (const tag of own) {
      const taxon = taxonOfTag(tag);
      if (taxon !== undefined) taxa.push(taxon);
    }
    for (const tag of own) if (!isPlainTag(tag)) fields.keep('tags', tag);
    for (const tag of own) if (isPlainTag(tag)) tags.push(tag);
    tags.push(...['lang', 'securityCategory'].flatMap((member) => fields.text(member) || []));
    if (fields.text('langName')) fields.keep('langName');
    for (const member of Object.keys(object)) {
      if (mapped.has(member) || read.has(member) || isEmpty(object[member])) continue;
      read.add(member);
      fields.keep(member);
    }
  }
  const properties: PropertyBag = {};
  keepInProperties(properties, distinctKept(kept), { nameOf: propertyName, losses });
  return {
    texts: { ...(name !== undefined && { shortDescription: { text: name } }), ...(help !== undefined && { help }) },
    name,
    // Standards say it by the server's own list; links are all that older versions have.
    taxa: distinctTaxa(taxa.some(({ taxonomy }) => taxonomy === 'CWE') ? taxa : [...taxa, ...links]),
    tags: [...new Set(tags)],
    properties,
  };
}

/** Tags for what a finding's type or the qualities it touches mean to consumers that do not know Sonar's words. */
export function qualityTags(type: string | undefined, qualities: readonly string[]): string[] {
  const tags: string[] = [];
  if (type === 'BUG' || qualities.includes('RELIABILITY')) tags.push('correctness');
  if (type === 'CODE_SMELL' || qualities.includes('MAINTAINABILITY')) tags.push('maintainability');
  return tags;
}

/** A descriptor of what is said of the rule and of what its first finding adds. */
export function descriptorOf(
  rule: RuleTexts,
  added: { readonly tags: readonly string[]; readonly taxa: readonly Taxon[]; readonly properties: PropertyBag },
): Omit<DescriptorDraft, 'provisional'> {
  return {
    texts: rule.texts,
    taxa: rule.taxa.length > 0 ? rule.taxa : added.taxa,
    tags: [...rule.tags, ...added.tags],
    properties: { ...added.properties, ...rule.properties },
  };
}

function distinctKept(kept: readonly KeptValue[]): KeptValue[] {
  return [...new Map(kept.map((value) => [`${value.field} ${JSON.stringify(value.value)}`, value])).values()];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
