import type { PropertyBag } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { DescriptorDraft } from '../shell/drafts.ts';
import type { LossTally } from '../shell/losses.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { advisoryAddress, taxaOf } from './advisory.ts';
import type { PlatformIssue } from './platform-issue.ts';
import { propertyName } from './property-name.ts';
import { type Reference, referenceList } from './references.ts';

const others: ReadonlySet<string> = new Set(['title', 'classes', 'problems']);

/** The texts of the weakness classes that an issue names. */
export function classTexts(about: JsonObject): string[] {
  return idsOf(about['classes']).filter((id) => /^CWE/i.test(id));
}

/** The rule of an issue of the platform. */
export function ruleOfIssue(issue: PlatformIssue, doubt: Doubt, losses: LossTally): DescriptorDraft {
  const { ruleId, type, title, description, about } = issue;
  const fields = new Fields(about, doubt, ['attributes']);
  const problems = idsOf(about['problems']);
  const cve = problems.filter((id) => id.startsWith('CVE-'));
  fields.keep('problems');
  if (!isPlain(about['classes'])) fields.keep('classes');
  for (const name of Object.keys(about)) if (!others.has(name)) fields.keep(name);
  const properties: PropertyBag = cve.length > 0 ? { cve } : {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  const list = referenceList(linksOf(about['problems']));
  const helpUri = advisoryAddress(ruleId, type === 'license');
  return {
    texts: {
      ...(title !== undefined && { shortDescription: { text: title } }),
      ...(description !== undefined && description !== title && { fullDescription: { text: description } }),
      ...(list.text !== '' && { help: { text: list.text, markdown: list.markdown } }),
      ...(helpUri !== undefined && { helpUri }),
    },
    taxa: taxaOf(classTexts(about)),
    tags: [...(type === 'license' ? ['license'] : []), ...cve, ...problems.filter((id) => id.startsWith('GHSA-'))],
    properties,
  };
}

function idsOf(list: unknown): string[] {
  return entriesOf(list)
    .map(({ id }) => id)
    .filter((id) => typeof id === 'string');
}

/** Whether there is nothing but weaknesses, which are taxa. */
function isPlain(classes: unknown): boolean {
  if (classes === undefined) return true;
  return (
    Array.isArray(classes) &&
    (classes as unknown[]).every((entry) => {
      const { id, source, type, ...others } = isObject(entry) ? entry : {};
      const isWeakness = typeof id === 'string' && /^CWE-\d+$/.test(id) && source === 'CWE' && type === 'weakness';
      return isWeakness && Object.keys(others).length === 0;
    })
  );
}

function linksOf(problems: unknown): Reference[] {
  return entriesOf(problems).flatMap(({ id, url }) =>
    typeof url === 'string' && webUri(url) !== undefined ? [{ title: typeof id === 'string' ? id : url, url }] : [],
  );
}

function entriesOf(list: unknown): JsonObject[] {
  return Array.isArray(list) ? (list as unknown[]).filter(isObject) : [];
}
