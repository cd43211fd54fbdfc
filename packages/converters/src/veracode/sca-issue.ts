import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import { type ComponentFinding, type Cvss, vulnerabilityId } from './component-finding.ts';
import { type FindingState, suppression } from './finding-state.ts';
import { type Library, libraryOfId } from './library.ts';
import { readWeaknesses } from './pipeline-finding.ts';
import { readCvssSeverity, readScore, readText, readTime } from './veracode-fields.ts';

const members = new Set([
  'id',
  'site_id',
  'created_date',
  'fixed_date',
  'issue_status',
  'issue_type',
  'ignored',
  'ignored_date',
  'ignored_comment',
  'severity',
  'workspace_id',
  'project_id',
  'project_name',
  'project_branch',
  'project_tag',
  'library',
  'library_updated_version',
  'library_updated_release_date',
  'vulnerability',
  'vulnerable_method',
  'license',
  '_links',
]);
const libraryMembers = new Set([
  'id',
  'name',
  'version',
  'release_date',
  'latest_version',
  'latest_version_release_date',
  'direct',
  'transitive',
  '_links',
]);
const vulnerabilityMembers = new Set([
  'id',
  'title',
  'overview',
  'cve',
  'cvss2_vector',
  'cvss3_vector',
  'cvss2_score',
  'cvss3_score',
  'cwe_id',
  'disclosure_date',
  'has_exploits',
  '_links',
]);
const keptMembers = [
  'site_id',
  'workspace_id',
  'project_id',
  'project_name',
  'project_branch',
  'project_tag',
  'vulnerable_method',
  'fixed_date',
];
const gone = new Set(['fixed', 'resolved', 'closed']);

/** One entry of `_embedded.issues` of the SCA REST API. */
export function parseScaIssue(value: unknown, doubt: Doubt): ComponentFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This issue is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const libraryFields = fields.nested('library');
  const vulnerability = fields.nested('vulnerability');
  const license = fields.nested('license');
  const type = readText(fields, 'issue_type');
  const rule = readRule(type, vulnerability, license, libraryFields);
  if (rule === undefined) {
    return new Refusal('This issue has no "vulnerability", no "license" and no "library", so it says nothing.');
  }
  fields.keepUnknown(members);
  libraryFields?.keepUnknown(libraryMembers);
  vulnerability?.keepUnknown(vulnerabilityMembers);
  for (const name of keptMembers) fields.keep(name);
  for (const name of ['release_date', 'latest_version', 'latest_version_release_date', 'direct', 'transitive']) {
    libraryFields?.keep(name);
  }
  if (type !== undefined && !issueTypes.has(type.toLowerCase())) {
    const known = [...issueTypes].join(', ');
    fields.doubt('SF-K105', 'issue_type', `The issue type ${JSON.stringify(type)} is none of ${known}.`);
    fields.keep('issue_type');
  }
  for (const name of ['disclosure_date', 'has_exploits']) vulnerability?.keep(name);
  license?.keep('risk');
  const id = readText(fields, 'id');
  const update = readText(fields, 'library_updated_version');
  const written = rule.kind === 'vulnerability' || fields.object['severity'] !== undefined;
  return {
    ...rule,
    summary: readText(vulnerability, 'overview'),
    weaknesses: vulnerability === undefined ? [] : readWeaknesses(vulnerability, 'cwe_id'),
    links: [],
    ...(written ? readCvssSeverity(fields) : ({ severity: 'info', severityText: undefined } as const)),
    cvss: readCvss(vulnerability),
    library: readLibrary(libraryFields),
    files: [],
    dependencyPaths: [],
    flows: [],
    fix: update === undefined ? undefined : { upgradeTo: update },
    state: readState(fields),
    violatesPolicy: false,
    firstSeen: readTime(fields, 'created_date'),
    lastSeen: undefined,
    fingerprints: id === undefined ? {} : { 'veracode/scaIssue/v1': id },
    viewer: readViewer(fields),
    kept: fields.kept,
  };
}

const issueTypes = new Set(['vulnerability', 'license', 'library']);

function readRule(
  type: string | undefined,
  vulnerability: Fields | undefined,
  license: Fields | undefined,
  library: Fields | undefined,
): Pick<ComponentFinding, 'ruleId' | 'kind' | 'title' | 'tags'> | undefined {
  if (vulnerability !== undefined) {
    const cve = readText(vulnerability, 'cve');
    const number = readText(vulnerability, 'id');
    const title = readText(vulnerability, 'title');
    const ruleId = cve !== undefined ? vulnerabilityId(cve) : number === undefined ? title : `SRCCLR-SID-${number}`;
    if (cve !== undefined && number !== undefined) vulnerability.keep('id');
    if (ruleId !== undefined) return { ruleId, kind: 'vulnerability', title, tags: [] };
  }
  const name = readText(license, 'name') ?? readText(license, 'id');
  if (name !== undefined) return { ruleId: `license/${name}`, kind: 'license', title: name, tags: ['license'] };
  if (library === undefined) return undefined;
  if (type?.toLowerCase() === 'library') {
    return { ruleId: 'outdated-library', kind: 'library', title: 'Outdated library.', tags: ['maintenance'] };
  }
  return { ruleId: 'vulnerable-component', kind: 'vulnerability', title: 'Vulnerable component.', tags: [] };
}

function readLibrary(fields: Fields | undefined): Library {
  const id = readText(fields, 'id');
  const known = id === undefined ? undefined : libraryOfId(id);
  if (id !== undefined && known === undefined) fields?.keep('id');
  return {
    name: readText(fields, 'name'),
    version: readText(fields, 'version') ?? known?.version,
    ecosystem: known?.ecosystem,
    packageName: known?.packageName,
  };
}

function readCvss(vulnerability: Fields | undefined): Cvss {
  return {
    v2: readScore(vulnerability, 'cvss2_score'),
    v2Vector: readText(vulnerability, 'cvss2_vector'),
    v3: readScore(vulnerability, 'cvss3_score'),
    v3Vector: readText(vulnerability, 'cvss3_vector'),
  };
}

function readState(fields: Fields): FindingState {
  const status = readText(fields, 'issue_status')?.toLowerCase();
  if (status !== undefined && status !== 'open' && !gone.has(status)) {
    fields.doubt('SF-K105', 'issue_status', `The status ${JSON.stringify(status)} is none of open, fixed, resolved.`);
  }
  if (status !== undefined && status !== 'open') fields.keep('issue_status');
  const ignored = fields.flag('ignored');
  const comment = {
    action: undefined,
    text: readText(fields, 'ignored_comment'),
    user: undefined,
    date: readText(fields, 'ignored_date'),
  };
  return {
    suppressions: ignored === undefined ? undefined : ignored ? [suppression('accepted', [comment])] : [],
    isGone: status !== undefined && gone.has(status),
    isNew: undefined,
  };
}

function readViewer(fields: Fields): string | undefined {
  const links = fields.nested('_links');
  const html = links?.object['html'];
  return links !== undefined && isObject(html) ? readText(links.at(html, ['html']), 'href') : undefined;
}
