import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import type { AgentRecord } from './agent-record.ts';
import { type ComponentFinding, vulnerabilityId } from './component-finding.ts';
import { severityOfCvss } from './severity.ts';
import { readScore, readText } from './veracode-fields.ts';

/** One vulnerability of a record, for one of the libraries that have it. */
export interface VulnerableLibrary {
  readonly vulnerability: unknown;
  /** Position in `libraries`; undefined where the vulnerability names none. */
  readonly library: number | undefined;
}

const members = new Set([
  'disclosureDate',
  'cve',
  'title',
  'overview',
  'language',
  'vulnerabilityTypes',
  'cvssScore',
  'cvss3Score',
  'cvssVector',
  'cvss3Vector',
  'cwe',
  'cweId',
  'libraries',
  'hasExploits',
  '_links',
]);
const libraryMembers = new Set(['details', '_links']);
const detailMembers = new Set(['updateToVersion', 'versionRange', 'fixText', 'patch']);

/** One finding of the SCA agent. */
export function parseAgentFinding(value: unknown, doubt: Doubt, record: AgentRecord): ComponentFinding | Refusal {
  const { vulnerability, library } = value as VulnerableLibrary;
  if (!isObject(vulnerability)) {
    return new Refusal(`This vulnerability is ${kindOf(vulnerability)} instead of an object.`);
  }
  const fields = new Fields(vulnerability, doubt);
  const links = fields.nested('_links');
  const viewer = readText(links, 'html');
  const cve = readText(fields, 'cve');
  const title = readText(fields, 'title');
  const ruleId = cve === undefined ? (numberOf(viewer) ?? title) : vulnerabilityId(cve);
  if (ruleId === undefined) {
    return new Refusal(
      'This vulnerability has no "cve", no number in its link and no "title", so the rule is not known.',
    );
  }
  fields.keepUnknown(members);
  for (const name of ['disclosureDate', 'hasExploits', 'language']) fields.keep(name);
  const v2 = readScore(fields, 'cvssScore');
  const v3 = readScore(fields, 'cvss3Score');
  const entry = library === undefined ? undefined : entryAt(fields, library);
  const ref = readText(entry?.nested('_links'), 'ref');
  const known = ref === undefined ? undefined : record.libraryAt(ref);
  if (known === undefined) {
    const what =
      ref === undefined ? 'names no library' : `names the library ${JSON.stringify(ref)}, which is not there`;
    fields.doubt('SF-K103', 'libraries', `The vulnerability ${what}.`);
    if (ref !== undefined) entry?.keep('_links');
  }
  if (known?.sha1 !== undefined) fields.kept.push({ field: 'library.sha1', value: known.sha1 });
  if (known?.licenses !== undefined) fields.kept.push({ field: 'library.licenses', value: known.licenses });
  return {
    ruleId,
    kind: 'vulnerability',
    title,
    summary: readText(fields, 'overview'),
    weaknesses: [],
    tags: fields.texts('vulnerabilityTypes'),
    links: viewer === undefined ? [] : [viewer],
    ...readScores(fields, v3, v2),
    cvss: { v2, v2Vector: readText(fields, 'cvssVector'), v3, v3Vector: readText(fields, 'cvss3Vector') },
    library: known ?? { name: undefined, version: undefined, ecosystem: undefined, packageName: undefined },
    files: known?.files ?? [],
    dependencyPaths: known?.dependencyPaths ?? [],
    flows: ref === undefined ? [] : record.flowsOf(ref),
    fix: entry && readFix(entry),
    state: { suppressions: undefined, isGone: false, isNew: undefined },
    violatesPolicy: false,
    firstSeen: undefined,
    lastSeen: undefined,
    fingerprints: {},
    viewer,
    kept: fields.kept,
  };
}

/** Veracode's own number, from a link that ends in `…/vulnerabilities/1316`. */
function numberOf(link: string | undefined): string | undefined {
  const number = /\/(\d{1,12})(?:[/?#]|$)/.exec(link ?? '')?.[1];
  return number === undefined ? undefined : `SRCCLR-SID-${number}`;
}

function readScores(
  fields: Fields,
  v3: number | undefined,
  v2: number | undefined,
): Pick<ComponentFinding, 'severity' | 'severityText'> {
  // An old entry has no third version of the score, and writes 0 for it.
  const score = v3 === undefined || v3 === 0 ? (v2 ?? v3) : v3;
  const severity = score === undefined ? undefined : severityOfCvss(score);
  if (severity === undefined) {
    fields.doubt('SF-K104', undefined, 'The vulnerability has no "cvss3Score" and no "cvssScore" from 0 to 10.');
    return { severity: 'unknown', severityText: undefined };
  }
  return { severity, severityText: score };
}

function entryAt(fields: Fields, index: number): Fields | undefined {
  const entry = (fields.object['libraries'] as readonly unknown[])[index];
  if (!isObject(entry)) {
    fields.doubtValue(['libraries', index], entry, 'an object');
    return undefined;
  }
  const library = fields.at(entry, ['libraries', index]);
  library.keepUnknown(libraryMembers);
  return library;
}

function readFix(library: Fields): ComponentFinding['fix'] {
  const texts: string[] = [];
  let upgradeTo: string | undefined;
  for (const [index, entry] of (library.list('details') ?? []).entries()) {
    if (!isObject(entry)) {
      library.doubtValue(['details', index], entry, 'an object');
      continue;
    }
    const detail = library.at(entry, ['details', index]);
    detail.keepUnknown(detailMembers);
    detail.keep('versionRange');
    detail.keep('patch');
    upgradeTo ??= readText(detail, 'updateToVersion');
    const text = readText(detail, 'fixText');
    if (text !== undefined) texts.push(text);
  }
  if (upgradeTo === undefined && texts.length === 0) return undefined;
  return { ...(upgradeTo !== undefined && { upgradeTo }), ...(texts.length > 0 && { texts }) };
}

/** The libraries of a vulnerability, each for a finding of its own. */
export function librariesOf(vulnerability: unknown): (number | undefined)[] {
  const libraries = isObject(vulnerability) ? (vulnerability as JsonObject)['libraries'] : undefined;
  return Array.isArray(libraries) && libraries.length > 0 ? [...libraries.keys()] : [undefined];
}
