import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import { commonMembers, keepScanType, readCwe, readIdentity } from './api-finding.ts';
import { type ComponentFile, type ComponentFinding, vulnerabilityId } from './component-finding.ts';
import { readAnnotations, readFindingStatus } from './finding-state.ts';
import { readScore, readSeverity, readText, readTime } from './veracode-fields.ts';

const detailMembers = new Set([
  'severity',
  'cwe',
  'component_id',
  'licenses',
  'metadata',
  'cve',
  'product_id',
  'component_filename',
  'language',
  'component_path',
  'version',
]);
const cveMembers = new Set(['name', 'cvss', 'href', 'severity', 'vector', 'cvss3']);
const cvss3Members = new Set(['score', 'severity', 'vector']);
const keptDetails = ['component_id', 'product_id', 'licenses', 'metadata', 'language'];

/** One finding of a software composition analysis in the findings API. */
export function parseApiComponent(value: unknown, doubt: Doubt): ComponentFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const details = fields.nested('finding_details');
  if (details === undefined) {
    return new Refusal(
      'This finding has no "finding_details", so neither its component nor its vulnerability is known.',
    );
  }
  fields.keepUnknown(commonMembers);
  details.keepUnknown(detailMembers);
  keepScanType(fields);
  for (const name of ['issue_id', 'context_type', 'build_id', 'grace_period_expires_date']) fields.keep(name);
  for (const name of keptDetails) details.keep(name);
  const cve = details.nested('cve');
  cve?.keepUnknown(cveMembers);
  cve?.keep('severity');
  const cvss3 = cve?.nested('cvss3');
  cvss3?.keepUnknown(cvss3Members);
  cvss3?.keep('severity');
  const name = readText(details, 'component_filename');
  if (name === undefined) {
    details.doubt('SF-K103', undefined, 'The finding has no "component_filename", so its component is not known.');
  }
  const rule = readRule(details, cve);
  const weakness = readCwe(details);
  const comments = readAnnotations(fields);
  const status = fields.nested('finding_status');
  const link = readText(cve, 'href');
  return {
    ...rule,
    summary: fields.text('description'),
    weaknesses: weakness === undefined ? [] : [weakness],
    links: link === undefined ? [] : [link],
    ...readSeverity(details),
    cvss: {
      v2: readScore(cve, 'cvss'),
      v2Vector: readText(cve, 'vector'),
      v3: readScore(cvss3, 'score'),
      v3Vector: readText(cvss3, 'vector'),
    },
    library: { name, version: readText(details, 'version'), ecosystem: undefined, packageName: undefined },
    files: readFiles(details, name),
    dependencyPaths: [],
    flows: [],
    fix: undefined,
    state: readFindingStatus(status, comments),
    violatesPolicy: fields.flag('violates_policy') === true,
    firstSeen: status && readTime(status, 'first_found_date'),
    lastSeen: status && readTime(status, 'last_seen_date'),
    fingerprints: readIdentity(fields),
    viewer: undefined,
    kept: fields.kept,
  };
}

/** Violations of a licence policy have no vulnerability; the licence is the rule then. */
function readRule(
  details: Fields,
  cve: Fields | undefined,
): Pick<ComponentFinding, 'ruleId' | 'kind' | 'title' | 'tags'> {
  const name = readText(cve, 'name');
  if (name !== undefined) return { ruleId: vulnerabilityId(name), kind: 'vulnerability', title: undefined, tags: [] };
  const license = readLicense(details);
  if (license !== undefined) {
    return { ruleId: `license/${license}`, kind: 'license', title: license, tags: ['license'] };
  }
  details.doubt('SF-K103', undefined, 'The finding names neither a vulnerability ("cve.name") nor a licence.');
  return { ruleId: 'vulnerable-component', kind: 'vulnerability', title: 'Vulnerable component.', tags: [] };
}

/** The licence with the highest risk, from 0 to 5. */
function readLicense(details: Fields): string | undefined {
  let worst: { readonly id: string; readonly risk: number } | undefined;
  for (const [index, entry] of (details.list('licenses') ?? []).entries()) {
    if (!isObject(entry)) continue;
    const license = details.at(entry, ['licenses', index]);
    const id = readText(license, 'license_id');
    const risk = Number(readText(license, 'risk_rating') ?? 0);
    if (id !== undefined && (worst === undefined || risk > worst.risk)) worst = { id, risk };
  }
  return worst?.id;
}

function readFiles(details: Fields, name: string | undefined): ComponentFile[] {
  const files: ComponentFile[] = [];
  for (const [index, entry] of (details.list('component_path') ?? []).entries()) {
    const path = typeof entry === 'string' ? entry : undefined;
    if (path === undefined && !isObject(entry)) {
      details.doubtValue(['component_path', index], entry, 'an object with a path');
      continue;
    }
    const fields = isObject(entry) ? details.at(entry, ['component_path', index]) : undefined;
    fields?.keepUnknown(new Set(['path']));
    const written = path ?? readText(fields, 'path');
    if (written !== undefined) files.push({ path: written });
  }
  return files.length > 0 || name === undefined ? files : [{ path: name }];
}
