import { sha256Hex } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { type Advisory, advisoryMembers, readAdvisory } from './advisory.ts';
import { readApplicability } from './applicability.ts';
import type { Component } from './component-id.ts';
import { idsOf } from './cves.ts';
import { readExposure } from './exposure.ts';
import { readArtifacts } from './impacted-artifacts.ts';
import { type Packages, packageMembers, readPackages } from './packages.ts';
import { severityOf } from './severity.ts';
import type { SourceSpan } from './source-span.ts';
import { contextMembers, ignoreMembers, readContext, type ViolationContext } from './violation-context.ts';

/** What kind of thing an entry reports. */
export type Category = 'vulnerability' | 'license' | 'operational-risk' | 'exposure';

/** One finding of Xray about a package, checked: from any of its reports. */
export interface XrayFinding extends ViolationContext, Advisory, Packages {
  readonly raw: JsonObject;
  readonly category: Category;
  readonly ruleId: string;
  readonly issueId: string | undefined;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  readonly applicability: string | undefined;
  /** The file that the finding is in, as the report names it. */
  readonly file: string | undefined;
  readonly span: SourceSpan | undefined;
  /** What stays of the place when an image is built again. */
  readonly identityPath: string;
  /** What the package is part of. */
  readonly artifacts: readonly string[];
  /** Weakness classes, of the vulnerabilities or of an exposure. */
  readonly taxa: readonly Taxon[];
  /** How many entries say exactly this; 0 when one before has said it. */
  readonly occurrences: number;
  readonly kept: readonly KeptValue[];
}

/** An entry, or the part of it that is about one component: a finding of its own. */
export class EntryPart {
  readonly entry: JsonObject;
  /** The member of `components`, where that is an object. */
  readonly key: string | undefined;
  readonly place: EntryPlace;
  /** How many entries of the list are written like this one; 0 when it is not the first of them. */
  readonly occurrences: number;

  constructor(entry: JsonObject, key: string | undefined, place: EntryPlace, occurrences = 1) {
    this.entry = entry;
    this.key = key;
    this.place = place;
    this.occurrences = occurrences;
  }
}

/** What is known of entries from the list they stand in. */
export interface EntryPlace {
  readonly isViolation: boolean;
  /** The list is one of ignored violations. */
  readonly isIgnored?: boolean | undefined;
  /** What all of them are. */
  readonly category?: Category | undefined;
  /** The list may have an entry several times, once for each target that it was found in. */
  readonly mayRepeat?: boolean | undefined;
  /** What was scanned: the path of an artifact, or the id of a component. */
  readonly root?: string | undefined;
}

const nowhere: EntryPlace = { isViolation: false };

/** What the ids start with that are made of a text, because the report has no id. */
export const madeUpIds = 'xray/';

const quietlyKept: readonly string[] = [
  'provider',
  'issue_type',
  'created',
  'edited',
  'published',
  'updated',
  'artifact_scan_time',
  'project_keys',
  'external_advisory_source',
  'external_advisory_severity',
  'component_physical_path',
  'component_physical_paths',
  'infected_versions',
  'impacted_git_repository',
  'is_high_profile',
  'cvss2_max_score',
  'cvss3_max_score',
  'cvssV2MaxScore',
  'cvssV3MaxScore',
  'is_eol',
  'eol_message',
  'latest_version',
  'newer_versions',
  'cadence',
  'commits',
  'committers',
  'released',
  'version',
  'isEndOfLife',
  'endOfLifeMessage',
  'latestVersion',
  'newerVersions',
  'risk_score',
  'project_key',
  'licenseName',
  'license_name',
  'severity_source',
  'technology',
  'violation_status',
];

const members = new Set([
  ...packageMembers,
  ...advisoryMembers,
  ...contextMembers,
  ...ignoreMembers,
  ...quietlyKept,
  'id',
  'issue_id',
  'issueId',
  'violation_id',
  'severity',
  'type',
  'applicable',
  'applicability',
  'applicability_result',
  'applicability_details',
  'path',
  'infected_file_path',
  'impacted_artifact',
  'impacted_artifacts',
  'artifact',
  'impact_artifacts',
  'licenseKey',
  'license_key',
  'license',
  'risk',
  'risk_reason',
  'riskReason',
  'operational_risk',
  'details',
  'sast_details',
  'category',
  'jfrog_severity',
  'exposure_id',
  'file_path',
  'location',
  'repository',
  'cwe',
  'evidence',
  'origin',
  'token_validation',
  'jfrog_research_severity',
]);

/** Unknown in, checked out. An entry that nothing identifies, neither id, vulnerability nor summary, cannot become a result. */
export function parseEntry(value: unknown, doubt: Doubt): XrayFinding | Refusal {
  const part = value instanceof EntryPart ? value : undefined;
  const raw = part === undefined ? value : part.entry;
  const place = part?.place ?? nowhere;
  if (!isObject(raw)) return new Refusal(`This finding is ${kindOf(raw)} instead of an object.`);
  const entry = new Fields(raw, doubt);
  const category = place.category ?? categoryOf(entry);
  const advisory = readAdvisory(entry);
  const issueId = (
    entry.label('issue_id') ||
    entry.label('issueId') ||
    entry.label('exposure_id') ||
    entry.label('id')
  )?.trim();
  const packages = readPackages(entry, part?.key);
  const exposure = category === 'exposure' ? readExposure(entry) : undefined;
  const ruleId = ruleIdOf(entry, category, issueId || exposure?.id, advisory, packages.components);
  if (ruleId === undefined) {
    return new Refusal(
      'This finding has no id, names no vulnerability and has no summary: what was found is not known.',
    );
  }
  entry.keepUnknown(members);
  for (const name of quietlyKept) entry.keep(name);
  const violation = readContext(entry, place.isViolation, place.isIgnored === true);
  const artifacts = readArtifacts(entry);
  const names = [...(place.root === undefined ? [] : [place.root]), ...artifacts.names, ...artifacts.paths];
  return {
    ...advisory,
    ...packages,
    ...violation,
    raw,
    category,
    ruleId,
    issueId: issueId || undefined,
    ...readSeverity(entry),
    applicability: readApplicability(entry, advisory.cves),
    summary: advisory.summary ?? exposure?.text ?? risk(entry, category),
    ...placeOf(entry, packages, artifacts, place, exposure?.file),
    span: packages.manifests[0]?.span ?? exposure?.span,
    artifacts: [...new Set(names)],
    taxa: distinct([...advisory.cves.flatMap(({ taxa }) => taxa), ...(exposure?.taxa ?? [])]),
    occurrences: part?.occurrences ?? 1,
    kept: entry.kept,
  };
}

const categories: ReadonlyMap<string, Category> = new Map([
  ['security', 'vulnerability'],
  ['cve', 'vulnerability'],
  ['vulnerability', 'vulnerability'],
  ['license', 'license'],
  ['operational_risk', 'operational-risk'],
  ['operational risk', 'operational-risk'],
  ['malicious', 'vulnerability'],
]);

function categoryOf(entry: Fields): Category {
  if (isObject(entry.object['details']) || isObject(entry.object['sast_details']) || 'exposure_id' in entry.object)
    return 'exposure';
  for (const name of ['type', 'issue_type']) {
    const word = entry.text(name);
    if (word === undefined || word === '') continue;
    const category = categories.get(word.toLowerCase());
    if (category !== undefined) return category;
    entry.doubt('SF-K105', name, `The type ${JSON.stringify(word)} is none of security, license, operational_risk.`);
    entry.keep(name);
  }
  if ('licenseKey' in entry.object || 'license_key' in entry.object) return 'license';
  const isRisk = ['riskReason', 'risk_reason', 'operational_risk'].some((name) => name in entry.object);
  return isRisk ? 'operational-risk' : 'vulnerability';
}

function ruleIdOf(
  entry: Fields,
  category: Category,
  issueId: string | undefined,
  { cves, summary, description }: Advisory,
  components: readonly Component[],
): string | undefined {
  if (category === 'license') {
    const key = entry.text('licenseKey') || entry.text('license_key') || entry.text('license') || issueId || summary;
    return key === undefined ? undefined : `license/${key.trim()}`;
  }
  if (category === 'operational-risk') {
    const reason = reasonOf(entry);
    if (reason !== undefined) return `operational-risk/${slug(reason)}`;
    return components.length > 0 || issueId !== undefined ? 'operational-risk' : undefined;
  }
  const ids = idsOf(cves);
  if (ids.length === 1) return ids[0];
  if (issueId !== undefined && issueId !== '') return issueId;
  if (ids.length > 0) return ids[0];
  const text = summary ?? description;
  if (text === undefined) return undefined;
  return `${madeUpIds}${sha256Hex([entry.text('provider') ?? '', text].join('\u001f')).slice(0, 16)}`;
}

/** What to say of a risk that has no summary. */
function risk(entry: Fields, category: Category): string | undefined {
  const reason = category === 'operational-risk' ? reasonIn(entry) : undefined;
  return reason === undefined ? undefined : `Operational risk: ${reason}`;
}

function reasonOf(entry: Fields): string | undefined {
  const nested = entry.nested('operational_risk');
  for (const name of Object.keys(nested?.object ?? {})) if (name !== 'risk_reason') nested?.keep(name);
  return reasonIn(entry);
}

function reasonIn(entry: Fields): string | undefined {
  const nested = entry.object['operational_risk'];
  const inside = isObject(nested) ? nested['risk_reason'] : undefined;
  const words = [entry.text('riskReason'), entry.text('risk_reason'), typeof inside === 'string' ? inside : undefined];
  return words.map((word) => word?.trim()).find((word) => word !== undefined && word !== '');
}

/** Lower case words with hyphens, at most sixty characters. */
function slug(text: string): string {
  const words =
    text
      .toLowerCase()
      .slice(0, 200)
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '') || 'other';
}

function readSeverity(entry: Fields): Pick<XrayFinding, 'severity' | 'severityText'> {
  const severityText = entry.text('severity') ?? entry.text('jfrog_severity') ?? entry.text('risk') ?? inDetails(entry);
  const severity = severityText === undefined ? undefined : severityOf(severityText);
  if (severity !== undefined) return { severity, severityText };
  if (severityText !== undefined) {
    entry.doubt('SF-K104', 'severity', `The severity ${JSON.stringify(severityText)} is none of Xray's.`);
  } else if (entry.object['severity'] === undefined || entry.object['severity'] === null) {
    entry.doubt('SF-K104', undefined, 'The finding has no "severity".');
  }
  return { severity: 'unknown', severityText };
}

function inDetails(entry: Fields): string | undefined {
  const details = entry.object['details'] ?? entry.object['sast_details'];
  const severity = isObject(details) ? details['jfrog_severity'] : undefined;
  return typeof severity === 'string' ? severity : undefined;
}

/** The file of the finding: a manifest, else where the package lies, else what was scanned. */
function placeOf(
  entry: Fields,
  { manifests, impact }: Packages,
  { paths, names }: ReturnType<typeof readArtifacts>,
  { root }: EntryPlace,
  exposed: string | undefined,
): Pick<XrayFinding, 'file' | 'identityPath'> {
  const infected = entry.texts('infected_file_path').find((path) => path !== '');
  const path = entry.text('path') || undefined;
  const manifest = manifests[0]?.file ?? exposed;
  const identityPath = manifest ?? path ?? paths[0] ?? root ?? impact.root ?? names[0] ?? '';
  const scanned = [root, ...names].map((id) => (id === undefined ? undefined : scannedPath(id)));
  const file = [manifest, impact.files[0], path, infected, paths[0], ...scanned].find((name) => name !== undefined);
  return { file, identityPath };
}

/** A path, or an image: other ids, such as that of a build, are the names of no file. */
function scannedPath(id: string): string | undefined {
  if (id.startsWith('docker://')) return id.slice('docker://'.length) || undefined;
  return id.includes('://') || !id.includes('/') ? undefined : id;
}

function distinct(taxa: readonly Taxon[]): readonly Taxon[] {
  if (taxa.length < 2) return taxa;
  return [...new Map(taxa.map((taxon) => [taxon.id, taxon])).values()];
}
