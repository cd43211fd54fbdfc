import type { PropertyBag, ReportingDescriptor } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { DescriptorDraft } from '../shell/drafts.ts';
import type { LossTally } from '../shell/losses.ts';
import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import { owaspOf } from '../taxonomies/owasp.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { advisoryIdsOf } from './advisory-ids.ts';
import { propertyName } from './property-name.ts';

/** Members of a rule's metadata that have a place in SARIF; all others are kept in the properties of the rule. */
const mapped = new Set([
  'cwe',
  'owasp',
  'references',
  'source',
  'source-rule-url',
  'shortlink',
  'shortDescription',
  'confidence',
  'security-severity',
]);

/** Members that become tags, and are kept as well, because tags do not say what they are tags of. */
const tagMembers = ['category', 'technology', 'vulnerability_class'];
const tagFields: ReadonlySet<string> = new Set(tagMembers.map((name) => `extra.metadata.${name}`));

const precisions: ReadonlyMap<string, string> = new Map([
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
]);

/** The descriptor of a rule, from the metadata that every finding of it carries, and the message of the first. */
export function ruleFromMetadata(
  metadata: JsonObject,
  message: string | undefined,
  doubt: Doubt,
  losses: LossTally,
): DescriptorDraft {
  const fields = new Fields(metadata, doubt, ['extra', 'metadata']);
  const description = fields.text('shortDescription') ?? (message === undefined ? undefined : firstSentence(message));
  const precision = readPrecision(fields);
  const taxa = [...readTaxa(fields, 'cwe', cweOf), ...readTaxa(fields, 'owasp', owaspOf)];
  const help = readHelp(fields);
  checkScore(fields);
  const { cves, ghsas } = advisoryIdsOf(metadata);
  const tags = [...tagMembers.flatMap((name) => textsOf(metadata[name])), ...cves, ...ghsas];
  for (const name of Object.keys(metadata)) if (!mapped.has(name)) fields.keep(name);
  const properties: PropertyBag = {
    ...(precision !== undefined && { precision }),
    ...(cves.length > 0 && { cve: cves }),
  };
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses, placed: tagFields });
  return {
    texts: {
      ...(description !== undefined && description !== '' && { shortDescription: { text: description } }),
      ...help,
    },
    taxa,
    tags,
    properties,
  };
}

/** The weakness classes of a rule's metadata, without doubts. */
export function taxaOf(metadata: JsonObject): Taxon[] {
  const parsed = (name: string, parse: (text: string) => Taxon | undefined) =>
    textsOf(metadata[name])
      .flatMap(cweTexts)
      .map(parse)
      .filter((taxon) => taxon !== undefined);
  return distinct([...parsed('cwe', cweOf), ...parsed('owasp', owaspOf)]);
}

/** `security-severity` of the metadata, a number or a numeric text from 0 to 10. */
export function scoreOf(metadata: JsonObject): number | undefined {
  const value = metadata['security-severity'];
  if (value === undefined) return undefined;
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 10 ? score : undefined;
}

function checkScore(fields: Fields): void {
  const value = fields.object['security-severity'];
  if (value === undefined || value === null || scoreOf(fields.object) !== undefined) return;
  fields.doubt(
    'SF-K106',
    'security-severity',
    '"extra.metadata.security-severity" is no number from 0 to 10. It is kept in the properties.',
  );
  fields.keep('security-severity');
}

function readPrecision(fields: Fields): string | undefined {
  const confidence = fields.text('confidence');
  if (confidence === undefined) return undefined;
  const precision = precisions.get(confidence.toUpperCase());
  if (precision !== undefined) return precision;
  fields.doubt('SF-K105', 'confidence', `The confidence ${JSON.stringify(confidence)} is none of HIGH, MEDIUM, LOW.`);
  fields.keep('confidence');
  return undefined;
}

function readTaxa(fields: Fields, name: string, parse: (text: string) => Taxon | undefined): Taxon[] {
  const taxa: Taxon[] = [];
  for (const text of fields.texts(name).flatMap(cweTexts)) {
    const taxon = parse(text);
    if (taxon !== undefined) {
      taxa.push(taxon);
      continue;
    }
    fields.doubt('SF-K108', name, `${JSON.stringify(text)} names no class of ${name.toUpperCase()} by number.`);
    fields.keep(name, text);
  }
  return distinct(taxa);
}

/** §3.19.23 and GitHub want relationships and tags without repetition. */
function distinct(taxa: readonly Taxon[]): Taxon[] {
  return [...new Map(taxa.map((taxon) => [`${taxon.taxonomy} ${taxon.id}`, taxon])).values()];
}

function readHelp(fields: Fields): Pick<ReportingDescriptor, 'help' | 'helpUri'> {
  const source = ['source', 'source-rule-url', 'shortlink'].flatMap((name) => fields.texts(name));
  const links = [...new Set([...source, ...fields.texts('references')])].filter((link) => link.trim() !== '');
  if (links.length === 0) return {};
  const uris = links.map(webUri);
  const helpUri = uris.find((uri) => uri !== undefined);
  const markdown = links.map(
    (link, index) => `- ${uris[index] === undefined ? escapeMarkdown(link) : `<${uris[index]}>`}`,
  );
  return {
    ...(helpUri !== undefined && { helpUri }),
    help: {
      text: `References:\n${links.map((link) => `- ${link}`).join('\n')}`,
      markdown: `References:\n\n${markdown.join('\n')}`,
    },
  };
}

/** References are data: mark-up in them must not become mark-up of the help. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|~&-]/g, '\\$&').replace(/\s+/g, ' ');
}

function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.filter((text) => typeof text === 'string' && text !== '') as string[];
}
