import type { PropertyBag } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { DescriptorDraft } from '../shell/drafts.ts';
import type { LossTally } from '../shell/losses.ts';
import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { escapeMarkdown } from '../texts/markdown.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { advisoryMarkdown, markdownToText, summaryOf } from './markdown-text.ts';
import { propertyName } from './property-name.ts';
import { readReferences, referenceList } from './references.ts';

/** Members of a finding that are about the advisory, and are repeated in each finding of it. */
export const advisoryMembers: readonly string[] = [
  'CVSSv3',
  'alternativeIds',
  'cpes',
  'creationTime',
  'credit',
  'cvssDetails',
  'cvssScore',
  'cvssSources',
  'description',
  'disclosureTime',
  'epssDetails',
  'exploit',
  'exploitDetails',
  'exploitMaturity',
  'fixedIn',
  'functions',
  'functions_new',
  'identifiers',
  'insights',
  'isDisputed',
  'isMaliciousPackage',
  'language',
  'legalInstructions',
  'legalInstructionsArray',
  'license',
  'licenseTemplateUrl',
  'malicious',
  'mavenModuleName',
  'methods',
  'modificationTime',
  'moduleName',
  'nvdSeverity',
  'packageManager',
  'packageName',
  'packageRepositoryURL',
  'patches',
  'proprietary',
  'publicationTime',
  'references',
  'relativeImportance',
  'semver',
  'socialTrendAlert',
  'title',
  'type',
  'url',
];

/** Members that the rule says in SARIF's own words; all others go to its properties. */
const placed = new Set(['title', 'description', 'references', 'legalInstructions', 'legalInstructionsArray', 'url']);
const identifierLists = new Set(['CVE', 'CWE', 'GHSA']);

/** What a finding says about its advisory. Arrays and objects without content are left out: they say nothing. */
export function advisoryOf(value: JsonObject): JsonObject {
  const advisory: Record<string, unknown> = {};
  for (const name of advisoryMembers) {
    const member = value[name];
    if (member === undefined || member === null || (Array.isArray(member) && member.length === 0)) continue;
    if (Object.hasOwn(value, name)) advisory[name] = member;
  }
  return advisory;
}

/** The texts of the weakness classes that an advisory names. */
export function weaknessTexts(advisory: JsonObject): string[] {
  return identifierTexts(advisory, 'CWE');
}

/** Weakness classes by their texts, each once. */
export function taxaOf(texts: readonly string[]): Taxon[] {
  const taxa = new Map<string, Taxon>();
  for (const text of texts.flatMap(cweTexts)) {
    const taxon = cweOf(text);
    if (taxon !== undefined && !taxa.has(taxon.id)) taxa.set(taxon.id, taxon);
  }
  return [...taxa.values()];
}

/** The CVSS number of an advisory, as a number or a text. */
export function cvssOf({ cvssScore }: JsonObject): number | undefined {
  if (typeof cvssScore === 'string' && /^\d{1,2}(?:\.\d{1,3})?$/.test(cvssScore)) return Number(cvssScore);
  return typeof cvssScore === 'number' ? cvssScore : undefined;
}

/** The rule of an advisory or a licence, from the first finding of it. */
export function ruleOfAdvisory(
  ruleId: string,
  advisory: JsonObject,
  packageName: string | undefined,
  isLicense: boolean,
  doubt: Doubt,
  losses: LossTally,
): DescriptorDraft {
  const fields = new Fields(advisory, doubt);
  const title = fields.text('title');
  const named = fields.text('packageName') || packageName;
  const { texts: identifiers, others } = readIdentifiers(fields);
  const properties: PropertyBag = identifiers.CVE.length > 0 ? { cve: identifiers.CVE } : {};
  const texts = {
    ...(title !== undefined && title !== '' && { shortDescription: { text: shortText(title, named) } }),
    ...readDescription(fields, isLicense, ruleId),
  };
  if (others) fields.keep('identifiers');
  for (const name of Object.keys(advisory)) {
    if (name !== 'identifiers' && !placed.has(name)) fields.keep(name);
  }
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  const manager = advisory['packageManager'];
  const tags = [
    ...(isLicense ? ['license'] : []),
    ...identifiers.CVE,
    ...identifiers.GHSA,
    ...(typeof manager === 'string' && manager !== '' ? [manager] : []),
  ];
  return { texts, taxa: taxaOf(identifiers.CWE), tags, properties, provisional: Object.keys(advisory).length === 0 };
}

/** `Prototype Pollution in lodash`; titles of images' advisories are the CVE alone. */
function shortText(title: string, packageName: string | undefined): string {
  return packageName === undefined || packageName === '' ? title : `${title} in ${packageName}`;
}

function readDescription(fields: Fields, isLicense: boolean, ruleId: string): DescriptorDraft['texts'] {
  const description = fields.text('description') ?? '';
  const references = readReferences(fields.object['references']);
  if (references === undefined) {
    fields.doubtValue(['references'], fields.object['references'], 'an array of links');
  }
  const list = referenceList(references ?? [], description);
  const legal = readLegal(fields);
  const markdown = [advisoryMarkdown(description), legal.markdown, list.markdown]
    .filter((part) => part !== '')
    .join('\n\n');
  const text = [markdownToText(description), legal.text, list.text].filter((part) => part !== '').join('\n\n');
  const full = summaryOf(description);
  const url = fields.text('url');
  const address = (url === undefined ? undefined : webUri(url)) ?? advisoryAddress(ruleId, isLicense);
  if (url !== undefined && address !== url) fields.keep('url');
  return {
    ...(full !== '' && { fullDescription: { text: full } }),
    ...(text !== '' && { help: { text, markdown } }),
    ...(address !== undefined && { helpUri: address }),
  };
}

/** What the organisation's lawyers have to say about a licence. */
function readLegal(fields: Fields): { markdown: string; text: string } {
  const parts: { title: string; content: string }[] = [];
  const single = fields.text('legalInstructions');
  if (single !== undefined && single !== '') parts.push({ title: 'Legal instructions', content: single });
  for (const [index, entry] of (fields.list('legalInstructionsArray') ?? []).entries()) {
    const { legalContent: content, licenseName: name, ...others } = isObject(entry) ? entry : {};
    if (
      typeof content === 'string' &&
      Object.keys(others).length === 0 &&
      (name === undefined || typeof name === 'string')
    ) {
      parts.push({ title: `Legal instructions${name === undefined ? '' : ` for ${name}`}`, content });
    } else
      fields.doubtValue(['legalInstructionsArray', index], entry, 'an object with "licenseName" and "legalContent"');
  }
  return {
    markdown: parts
      .map(({ title, content }) => `## ${escapeMarkdown(title)}\n\n${advisoryMarkdown(content)}`)
      .join('\n\n'),
    text: parts.map(({ title, content }) => `${title}:\n${markdownToText(content)}`).join('\n\n'),
  };
}

/** The advisory in Snyk's database; licences are not in it. */
export function advisoryAddress(id: string, isLicense: boolean): string | undefined {
  if (isLicense || !/^(?:SNYK-[\w.%:-]{1,200}|npm:[\w.:-]{1,200})$/.test(id)) return undefined;
  return id.startsWith('SNYK-CC-')
    ? `https://security.snyk.io/rules/cloud/${id}`
    : `https://security.snyk.io/vuln/${encodeURIComponent(id)}`;
}

function readIdentifiers(fields: Fields): {
  texts: { CVE: string[]; CWE: string[]; GHSA: string[] };
  others: boolean;
} {
  const texts = { CVE: [] as string[], CWE: [] as string[], GHSA: [] as string[] };
  const identifiers = fields.nested('identifiers');
  if (identifiers === undefined) return { texts, others: false };
  let others = false;
  for (const [name, value] of Object.entries(identifiers.object)) {
    const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
    if (!identifierLists.has(name) || !isTexts(value)) others ||= !isEmpty;
  }
  for (const name of ['CVE', 'CWE', 'GHSA'] as const)
    for (const text of identifierTexts(fields.object, name)) texts[name].push(text);
  others ||= texts.CWE.some((text) => cweOf(text) === undefined);
  return { texts, others };
}

function identifierTexts(advisory: JsonObject, name: string): string[] {
  const { identifiers } = advisory;
  const list = isObject(identifiers) && Object.hasOwn(identifiers, name) ? identifiers[name] : undefined;
  const entries = Array.isArray(list) ? (list as unknown[]) : [list];
  return entries.filter((entry) => typeof entry === 'string' && entry !== '') as string[];
}

function isTexts(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));
}
