import type { Doubt } from '../diagnostics/doubt.ts';
import type { Refusal } from '../shell/drafts.ts';
import { type ComponentFile, type ComponentFinding, vulnerabilityId } from './component-finding.ts';
import { childrenIn, type VulnerabilityEntry, type XmlNode } from './detailed-entries.ts';
import { fieldsOf, plainValue, readComments } from './detailed-flaw.ts';
import { type FindingState, suppression } from './finding-state.ts';
import { type Library, libraryOfId } from './library.ts';
import { readWeaknesses } from './pipeline-finding.ts';
import { readScore, readSeverity, readText, readTime } from './veracode-fields.ts';

const members = new Set([
  'cve_id',
  'cvss_score',
  'severity',
  'cwe_id',
  'first_found_date',
  'cve_summary',
  'severity_desc',
  'mitigation',
  'mitigation_type',
  'mitigated_date',
  'vulnerability_affects_policy_compliance',
]);
const keptOfComponent = ['component_id', 'sha1', 'vendor', 'description', 'added_date', 'new', 'max_cvss_score'];

/** One `vulnerability` of a component of a detailed report. */
export function parseDetailedComponent(value: unknown, doubt: Doubt): ComponentFinding | Refusal {
  const { node, component } = value as VulnerabilityEntry;
  const fields = fieldsOf(node, doubt);
  const written = readText(fields, 'cve_id');
  if (written === undefined) {
    fields.doubt('SF-K103', undefined, 'The vulnerability has no "cve_id", so it is not known by a number.');
  }
  fields.keepUnknown(members);
  for (const name of ['mitigation_type', 'mitigated_date']) fields.keep(name);
  keepComponent(fields.kept, component);
  const library = libraryOf(component);
  return {
    ruleId: written === undefined ? 'vulnerable-component' : vulnerabilityId(written),
    kind: 'vulnerability',
    title: undefined,
    summary: readText(fields, 'cve_summary'),
    weaknesses: readWeaknesses(fields, 'cwe_id'),
    tags: [],
    links: [],
    ...readSeverity(fields),
    // The report does not say of which version of CVSS the number is.
    cvss: { v2: readScore(fields, 'cvss_score') },
    library,
    files: filesOf(component, library),
    dependencyPaths: [],
    flows: [],
    fix: undefined,
    state: readState(fields.text('mitigation'), node),
    violatesPolicy: readText(fields, 'vulnerability_affects_policy_compliance')?.toLowerCase() === 'true',
    firstSeen: readTime(fields, 'first_found_date'),
    lastSeen: undefined,
    fingerprints: {},
    viewer: undefined,
    kept: fields.kept,
  };
}

function keepComponent(kept: { field: string; value: unknown }[], component: XmlNode): void {
  for (const name of keptOfComponent) {
    const value = component.attributes[name];
    if (value !== undefined && value !== '') kept.push({ field: `component.${name}`, value });
  }
  const licenses = childrenIn(component, 'licenses').map(plainValue);
  if (licenses.length > 0) kept.push({ field: 'component.licenses', value: licenses });
  const rules = childrenIn(component, 'violated_policy_rules').map(plainValue);
  if (rules.length > 0) kept.push({ field: 'component.violated_policy_rules', value: rules });
}

function libraryOf({ attributes }: XmlNode): Library {
  const said = (name: string) => attributes[name]?.trim() || undefined;
  const known = libraryOfId(said('library_id') ?? '');
  return {
    name: said('file_name') ?? said('library'),
    version: said('version') ?? known?.version,
    ecosystem: known?.ecosystem,
    packageName: known?.packageName ?? said('library'),
  };
}

function filesOf(component: XmlNode, { name }: Library): ComponentFile[] {
  const paths = childrenIn(component, 'file_paths').flatMap(({ attributes }) => attributes['value']?.trim() || []);
  if (paths.length > 0) return paths.map((path) => ({ path }));
  return name === undefined ? [] : [{ path: name }];
}

/** `mitigation` says whether the vulnerability was accepted; what was said about it stands below. */
function readState(mitigation: string | undefined, node: XmlNode): FindingState {
  const comments = readComments(node, 'mitigations', 'mitigation');
  const isMitigated = mitigation?.trim().toLowerCase() === 'true';
  return {
    suppressions: isMitigated ? [suppression('accepted', comments)] : mitigation === undefined ? undefined : [],
    isGone: false,
    isNew: undefined,
  };
}
