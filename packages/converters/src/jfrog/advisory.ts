import type { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { type Cve, namedCve, readCves } from './cves.ts';

/** What an entry says about the weakness itself, as opposed to where it is: that describes the rule. */
export interface Advisory {
  readonly cves: readonly Cve[];
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly remediation: string | undefined;
  readonly references: readonly string[];
  /** How severe JFrog's own research finds it. */
  readonly researchSeverity: string | undefined;
  /** The members as written, to tell whether two entries of one rule agree. */
  readonly about: JsonObject;
}

/** The members of an entry that are read here. */
export const advisoryMembers: readonly string[] = [
  'summary',
  'description',
  'references',
  'extended_information',
  'jfrogResearchInformation',
  'cves',
  'cve',
  'properties',
  'license_name',
  'licenseName',
  'scannerShortDescription',
  'scannerDescription',
];

const researchMembers = new Set([
  'short_description',
  'full_description',
  'jfrog_research_severity',
  'jfrog_research_severity_reasons',
  'remediation',
  'severity',
  'summary',
  'details',
  'severityReasons',
]);

/** Reads the advisory of an entry. Texts from JFrog's research are Markdown. */
export function readAdvisory(entry: Fields): Advisory {
  const details = moreDetails(entry);
  const research = entry.nested('extended_information') ?? entry.nested('jfrogResearchInformation');
  research?.keepUnknown(researchMembers);
  const text = (...names: readonly string[]) => {
    for (const name of names) {
      const found = research?.text(name);
      if (found !== undefined && found.trim() !== '') return found;
    }
    return undefined;
  };
  const cves = [...readCves(entry, 'cves'), ...readCves(entry, 'properties'), ...single(entry)];
  const inside = cves.length === 0 && details !== undefined ? readCves(details, 'cves') : [];
  const summary = blankless(entry.text('summary')) ?? text('short_description', 'summary');
  const description =
    text('full_description', 'details') ??
    blankless(entry.text('description')) ??
    blankless(details?.text('description'));
  return {
    cves: cves.length > 0 ? cves : inside,
    summary: summary ?? blankless(entry.text('licenseName')) ?? blankless(entry.text('license_name')),
    description,
    remediation: text('remediation'),
    references: entry.texts('references').filter((link) => link.trim() !== ''),
    // Rows of reports have it beside everything else.
    researchSeverity: text('jfrog_research_severity', 'severity') ?? blankless(entry.text('jfrog_research_severity')),
    about: aboutOf(entry, details),
  };
}

/** Old scans of builds name one vulnerability. */
function single(entry: Fields): Cve[] {
  const id = entry.text('cve')?.trim();
  return id === undefined || id === '' ? [] : [namedCve(id)];
}

function blankless(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** Where old exports have vulnerabilities and description. */
function moreDetails(entry: Fields): Fields | undefined {
  const versions = entry.object['component_versions'];
  if (!isObject(versions)) return undefined;
  const details = entry.at(versions, ['component_versions']).nested('more_details');
  details?.keepUnknown(new Set(['cves', 'description', 'provider']));
  if (details !== undefined && details.object['provider'] !== entry.object['provider']) details.keep('provider');
  return details;
}

function aboutOf(entry: Fields, details: Fields | undefined): JsonObject {
  const about: [string, unknown][] = [];
  for (const name of advisoryMembers) {
    const value = entry.object[name];
    if (value === undefined || value === null) continue;
    about.push([name, name === 'cves' || name === 'properties' ? ratings(value) : value]);
  }
  for (const name of ['cves', 'description']) {
    const value = details?.object[name];
    if (value === undefined || value === null || Object.hasOwn(entry.object, name)) continue;
    about.push([name, ratings(value)]);
  }
  // Not literals or assignments: a name may be `__proto__`.
  return Object.fromEntries(about);
}

/** The list of vulnerabilities without what belongs to the finding. */
function ratings(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return (value as unknown[]).map((entry) => {
    if (!isObject(entry) || !('applicability' in entry)) return entry;
    const { applicability: _, ...rating } = entry;
    return rating;
  });
}
