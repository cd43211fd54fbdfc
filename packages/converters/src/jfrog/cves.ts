import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import { type Cvss, readCvss } from './cvss.ts';
import { type Evidence, readEvidence } from './evidence.ts';

/** One vulnerability that an issue of Xray is about. */
export interface Cve {
  /** Issues that have no CVE have an entry without an id here, for the rating. */
  readonly id: string | undefined;
  readonly v2: Cvss | undefined;
  readonly v3: Cvss | undefined;
  readonly v4: Cvss | undefined;
  readonly taxa: readonly Taxon[];
  /** What contextual analysis says: `Applicable`, `Not Covered` and so on, as written. */
  readonly applicability: string | undefined;
  readonly evidence: readonly Evidence[];
}

const members = new Set([
  'cve',
  'id',
  'cwe',
  'cwe_details',
  'cvss_v2',
  'cvss_v2_score',
  'cvss_v2_vector',
  'cvssV2',
  'cvssV2Vector',
  'cvss_v3',
  'cvss_v3_score',
  'cvss_v3_vector',
  'cvssV3',
  'cvssV3Vector',
  'cvss_v4',
  'cvss_v4_score',
  'cvss_v4_vector',
  'cvssV4',
  'cvssV4Vector',
  'applicability',
]);
const applicabilityMembers = new Set(['status', 'scannerDescription', 'undeterminedReason', 'evidence']);
/** How the databases write that a vulnerability has no class. */
const classless = /^(?:NVD-CWE-(?:noinfo|Other)|NONE)?$/i;

/** The vulnerabilities in the field `name`: entries of all of Xray's dialects, or bare ids. */
export function readCves(fields: Fields, name: string): Cve[] {
  const cves: Cve[] = [];
  for (const [index, entry] of (fields.list(name) ?? []).entries()) {
    if (typeof entry === 'string' && entry.trim() !== '') cves.push(namedCve(entry.trim()));
    else if (isObject(entry)) cves.push(readCve(fields.at(entry, [name, index])));
    else fields.doubtValue([name, index], entry, 'an object');
  }
  return cves;
}

/** A vulnerability of which only the id is known. */
export function namedCve(id: string): Cve {
  return { id, v2: undefined, v3: undefined, v4: undefined, taxa: [], applicability: undefined, evidence: [] };
}

function readCve(fields: Fields): Cve {
  fields.keepUnknown(members);
  const applicability = isObject(fields.object['applicability']) ? fields.nested('applicability') : undefined;
  applicability?.keepUnknown(applicabilityMembers);
  for (const name of ['scannerDescription', 'undeterminedReason'])
    applicability?.keep(name, applicability.text(name) || undefined);
  return {
    id: (fields.text('cve') || fields.text('id'))?.trim() || undefined,
    v2: readCvss(fields, ['cvss_v2_score', 'cvss_v2', 'cvssV2'], ['cvss_v2_vector', 'cvssV2Vector']),
    v3: readCvss(fields, ['cvss_v3_score', 'cvss_v3', 'cvssV3'], ['cvss_v3_vector', 'cvssV3Vector']),
    v4: readCvss(fields, ['cvss_v4_score', 'cvss_v4', 'cvssV4'], ['cvss_v4_vector', 'cvssV4Vector']),
    taxa: readTaxa(fields),
    applicability: applicability === undefined ? fields.text('applicability') : applicability.text('status'),
    evidence: applicability === undefined ? [] : readEvidence(applicability, 'evidence'),
  };
}

function readTaxa(fields: Fields): readonly Taxon[] {
  if (fields.object['cwe'] === undefined) return none;
  const details = fields.nested('cwe_details')?.object;
  const taxa = new Map<string, Taxon>();
  for (const text of fields.texts('cwe').flatMap(cweTexts)) {
    const taxon = cweOf(text);
    if (taxon === undefined) {
      if (classless.test(text.trim())) continue;
      fields.doubt('SF-K108', 'cwe', `${JSON.stringify(text)} names no CWE by number.`);
      fields.keep('cwe', text);
      continue;
    }
    taxa.set(taxon.id, { ...taxon, name: taxon.name ?? nameIn(details, text) });
  }
  return [...taxa.values()];
}

const none: readonly Taxon[] = [];

function nameIn(details: Readonly<Record<string, unknown>> | undefined, id: string): string | undefined {
  if (details === undefined || !Object.hasOwn(details, id)) return undefined;
  const entry = details[id];
  return isObject(entry) && typeof entry['name'] === 'string' ? entry['name'] : undefined;
}

/** The highest number of the newest CVSS version that any of them is rated in. */
export function highestScore(cves: readonly Cve[]): number | undefined {
  for (const version of versions) {
    let highest = 0;
    for (const cve of cves) highest = Math.max(highest, cve[version]?.score ?? 0);
    if (highest > 0) return highest;
  }
  return undefined;
}

const versions = ['v4', 'v3', 'v2'] as const;

/** The distinct ids, in the order of the report. */
export function idsOf(cves: readonly Cve[]): string[] {
  const [first] = cves;
  if (cves.length === 1) return first?.id === undefined ? [] : [first.id];
  return [...new Set(cves.map(({ id }) => id).filter((id) => id !== undefined))];
}
