import type { PropertyBag } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { DescriptorDraft } from '../shell/drafts.ts';
import type { LossTally } from '../shell/losses.ts';
import { firstSentence } from '../texts/first-sentence.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { advisoryAddress, taxaOf } from './advisory.ts';
import { advisoryMarkdown, markdownToText, summaryOf } from './markdown-text.ts';
import { propertyName } from './property-name.ts';
import { readReferences, referenceList } from './references.ts';
import type { TestFinding } from './test-result-finding.ts';

const placed = new Set(['id', 'references', 'help', 'name', 'short_description', 'precision', 'tags']);
const precisions = new Set(['very-high', 'high', 'medium', 'low']);

/** What the first finding says about its rule: the problem, its other names, and the texts that stand in the finding. */
export function aboutRule({ problem, identifiers, title, description }: TestFinding): JsonObject {
  const about: Record<string, unknown> = { problem };
  if (identifiers.length > 0) about['problems'] = identifiers.map(([source, id]) => ({ source, id }));
  if (title !== undefined) about['title'] = title;
  if (description !== undefined) about['description'] = description;
  return about;
}

/** The ids of the weaknesses that a finding names. */
export function weaknessIds({ identifiers }: TestFinding): string[] {
  return idsOf(identifiers, 'cwe');
}

/** The rule of a finding of a unified test result. */
export function ruleOfTest(finding: TestFinding, doubt: Doubt, losses: LossTally): DescriptorDraft {
  const { ruleId, problem, identifiers, title, description = '', isLicense, type, packageName } = finding;
  const fields = new Fields(problem, doubt, ['attributes', 'problems']);
  const references = readReferences(problem['references']);
  if (references === undefined) fields.doubtValue(['references'], problem['references'], 'an array of links');
  const list = referenceList(references ?? [], description);
  const help = fields.text('help') ?? '';
  const body = help === '' || help === description ? description : `${description}\n\n${help}`.trim();
  const markdown = [advisoryMarkdown(body), list.markdown].filter((part) => part !== '').join('\n\n');
  const text = [markdownToText(body), list.text].filter((part) => part !== '').join('\n\n');
  const full = summaryOf(description) || fields.text('short_description');
  const precision = fields.text('precision');
  if (precision !== undefined && !precisions.has(precision)) fields.keep('precision');
  const name = title ?? fields.text('name');
  const short = type === 'sca' && name !== undefined && packageName !== undefined ? `${name} in ${packageName}` : name;
  for (const member of Object.keys(problem)) {
    const value = problem[member];
    if (!placed.has(member) && !isEmpty(value)) fields.keep(member, value);
  }
  const cve = idsOf(identifiers, 'cve');
  const properties: PropertyBag = {
    ...(precision !== undefined && precisions.has(precision) && { precision }),
    ...(cve.length > 0 && { cve }),
  };
  const others = identifiers.filter(([source]) => !['cve', 'cwe', 'ghsa'].includes(source));
  if (others.length > 0) properties['snyk/problems'] = others.map(([source, id]) => ({ source, id }));
  keepInProperties(properties, fields.kept, { nameOf: ruleProperty, losses });
  const ecosystem = problem['ecosystem'];
  const manager = isObject(ecosystem) ? ecosystem['package_manager'] : undefined;
  const helpUri = advisoryAddress(ruleId, isLicense);
  return {
    texts: {
      ...(short !== undefined && { shortDescription: { text: firstSentence(short) } }),
      ...(full !== undefined && full !== '' && { fullDescription: { text: full } }),
      ...(text !== '' && { help: { text, markdown } }),
      ...(helpUri !== undefined && { helpUri }),
    },
    taxa: taxaOf(weaknessIds(finding)),
    tags: [
      ...(isLicense ? ['license'] : []),
      ...(type === 'secrets' ? ['secret'] : []),
      ...cve,
      ...idsOf(identifiers, 'ghsa'),
      ...(typeof manager === 'string' && manager !== '' ? [manager] : []),
      ...fields.texts('tags'),
    ],
    properties,
  };
}

/** `attributes.problems.cvss_sources` → `snyk/cvss_sources`. */
function ruleProperty(field: string): string {
  return propertyName(field.replace(/^attributes\.problems\./, ''));
}

function idsOf(identifiers: TestFinding['identifiers'], wanted: string): string[] {
  return identifiers.filter(([source]) => source === wanted).map(([, id]) => id);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
