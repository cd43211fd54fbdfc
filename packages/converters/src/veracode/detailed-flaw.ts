import type { LogicalLocation, SuppressionStatus } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { Fields } from '../values/fields.ts';
import type { CodeFinding } from './code-finding.ts';
import { childrenIn, type FlawEntry, type XmlNode } from './detailed-entries.ts';
import { type Comment, type FindingState, suppression } from './finding-state.ts';
import { readWeakness } from './pipeline-finding.ts';
import { functionLocations } from './stack-dumps.ts';
import { readLine, readSeverity, readText, readTime } from './veracode-fields.ts';
import { publicUrl } from './veracode-paths.ts';

const members = new Set([
  'severity',
  'categoryname',
  'count',
  'issueid',
  'module',
  'type',
  'description',
  'note',
  'cweid',
  'remediationeffort',
  'exploitLevel',
  'categoryid',
  'pcirelated',
  'date_first_occurrence',
  'remediation_status',
  'cia_impact',
  'grace_period_expires',
  'affects_policy_compliance',
  'mitigation_status',
  'mitigation_status_desc',
  'sourcefile',
  'line',
  'sourcefilepath',
  'scope',
  'functionprototype',
  'functionrelativelocation',
  'url',
  'vuln_parameter',
  'location',
  'cvss',
  'capecid',
  'exploitdifficulty',
  'inputvector',
  'exploit_desc',
  'severity_desc',
  'remediation_desc',
]);
const keptMembers = [
  'module',
  'note',
  'remediationeffort',
  'exploitLevel',
  'categoryid',
  'pcirelated',
  'cia_impact',
  'grace_period_expires',
  'functionrelativelocation',
  'location',
  'cvss',
  'capecid',
  'exploitdifficulty',
  'inputvector',
  'exploit_desc',
  'severity_desc',
];
const remediationStates = new Set([
  'new',
  'open',
  'fixed',
  'cannot reproduce',
  'mitigated',
  'potential false positive',
  'reopened',
  're-open',
]);
const accepted = new Set(['mitigated', 'potential false positive']);

/** One `flaw` of a detailed report. Without a weakness and without a category there is no rule to name. */
export function parseDetailedFlaw(
  value: unknown,
  doubt: Doubt,
  application: string | undefined,
): CodeFinding | Refusal {
  const { node, weakness: around, category } = value as FlawEntry;
  const fields = fieldsOf(node, doubt);
  const cweId = readText(fields, 'cweid');
  const isAround = cweId === undefined || cweId === around?.attributes['cweid'];
  const categoryName = readText(fields, 'categoryname') ?? category?.attributes['categoryname'];
  const ruleName = isAround ? around?.attributes['cwename'] : undefined;
  const aroundFields = around === undefined ? undefined : fieldsOf({ ...node, attributes: around.attributes }, doubt);
  const weakness =
    readWeakness(fields, 'cweid', ruleName) ??
    (cweId === undefined && aroundFields !== undefined ? readWeakness(aroundFields, 'cweid', ruleName) : undefined);
  const ruleId = weakness === undefined ? categoryName : `CWE-${weakness.id}`;
  if (ruleId === undefined || ruleId === '') {
    return new Refusal('This flaw has no "cweid" and no "categoryname", so the rule that found it is not known.');
  }
  fields.keepUnknown(members);
  for (const name of keptMembers) if (fields.object[name] !== '') fields.keep(name);
  keepChildren(fields, node);
  const comments = readComments(node, 'mitigations', 'mitigation');
  return {
    ruleId,
    weakness,
    rule: {
      name: ruleName?.trim() || categoryName,
      tags: categoryName === undefined || categoryName === '' ? [] : [categoryName],
      description: isAround ? joined(around?.description) : undefined,
      recommendations: isAround ? joined(category?.recommendations) : undefined,
      kept: isAround ? standardsOf(around?.attributes) : undefined,
    },
    ...readSeverity(fields),
    description: descriptionOf(fields, node),
    ...readPlace(fields),
    method: undefined,
    logicalLocations: readLogicalLocations(fields),
    state: readState(fields, node, comments),
    violatesPolicy: readText(fields, 'affects_policy_compliance')?.toLowerCase() === 'true',
    firstSeen: readTime(fields, 'date_first_occurrence'),
    lastSeen: undefined,
    fingerprints: readIdentity(fields, application),
    flows: [],
    viewer: undefined,
    occurrences: readCount(fields),
    kept: fields.kept,
  };
}

/** The attributes of an element, as members. */
export function fieldsOf(node: Pick<XmlNode, 'attributes'>, doubt: Doubt): Fields {
  return new Fields(node.attributes, doubt);
}

/** What was said about a finding: the entries of `mitigations` or `annotations`. */
export function readComments(node: XmlNode, list: string, entry: string): Comment[] {
  return childrenIn(node, list)
    .filter(({ name }) => name === entry)
    .map(({ attributes }) => ({
      action: attributes['action'],
      text: attributes['description'],
      user: attributes['user'],
      date: attributes['date'],
    }));
}

/** Elements that have no place of their own stay as they are. */
function keepChildren(fields: Fields, node: XmlNode): void {
  for (const child of node.children) {
    if (['mitigations', 'annotations', 'remediation_desc'].includes(child.name)) continue;
    fields.keep(child.name, plainValue(child));
  }
}

/** An element as an object: attributes, and lists of the elements in it by their names; or as a text where that is all. */
export function plainValue(node: XmlNode): unknown {
  const value = new Map<string, unknown>(Object.entries(node.attributes));
  if (node.text !== undefined && value.size === 0 && node.children.length === 0) return node.text;
  if (node.text !== undefined) value.set('text', node.text);
  for (const child of node.children) {
    const same = value.get(child.name);
    if (Array.isArray(same)) same.push(plainValue(child));
    else value.set(child.name, [plainValue(child)]);
  }
  return Object.fromEntries(value);
}

function joined(texts: readonly string[] | undefined): string | undefined {
  return texts === undefined || texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Numbers of the weakness in other lists, such as `owasp` and `certjava`. */
function standardsOf(attributes: Readonly<Record<string, string>> | undefined): { field: string; value: unknown }[] {
  return Object.entries(attributes ?? {})
    .filter(([name, value]) => name !== 'cweid' && name !== 'cwename' && value !== '')
    .map(([name, value]) => ({ field: `cwe.${name}`, value }));
}

/** A manual test says how to repair a flaw in an element of its own, or in an attribute. */
function descriptionOf(fields: Fields, node: XmlNode): string | undefined {
  const description = readText(fields, 'description');
  const said = node.children.find(({ name, text }) => name === 'remediation_desc' && text !== undefined);
  const remediation = readText(fields, 'remediation_desc') ?? said?.text;
  return remediation === undefined ? description : `${description ?? ''}\n\n${remediation}`;
}

function readPlace(fields: Fields): Pick<CodeFinding, 'path' | 'line' | 'url'> {
  const url = readText(fields, 'url');
  if (url !== undefined && publicUrl(url) === undefined) {
    fields.doubt('SF-K106', 'url', `${JSON.stringify(url)} is no web address. It is kept in the properties.`);
    fields.keep('url');
  }
  return { path: pathOf(fields), line: readLine(fields, 'line'), url };
}

/** `sourcefilepath` is the folder, with or without a `/` at its end. */
function pathOf(fields: Fields): string | undefined {
  const folder = readText(fields, 'sourcefilepath')?.replaceAll('\\', '/');
  const file = readText(fields, 'sourcefile');
  if (folder === undefined || file === undefined) return file ?? undefined;
  if (folder === file || folder.endsWith(`/${file}`)) return folder;
  return folder.endsWith('/') ? `${folder}${file}` : `${folder}/${file}`;
}

function readLogicalLocations(fields: Fields): LogicalLocation[] {
  const prototype = readText(fields, 'functionprototype');
  const scope = readText(fields, 'scope');
  const name = prototype === undefined ? undefined : functionName(prototype);
  const sink = readText(fields, 'type');
  const parameter = readText(fields, 'vuln_parameter');
  return [
    ...functionLocations({
      functionName: name,
      qualifiedName: name === undefined || scope === undefined || scope === 'UNKNOWN' ? undefined : `${scope}.${name}`,
      prototype,
      scope: scope === 'UNKNOWN' ? undefined : scope,
    }),
    ...(sink === undefined ? [] : [{ name: sink, kind: 'member' }]),
    ...(parameter === undefined ? [] : [{ name: parameter, kind: 'parameter' }]),
  ];
}

/** `run` of `void run(java.lang.String, int)`. */
function functionName(prototype: string): string | undefined {
  const head = prototype.split('(', 1)[0]?.trim() ?? '';
  const name = head.slice(head.lastIndexOf(' ') + 1);
  return name === '' || name === prototype ? undefined : name;
}

const mitigationStates: ReadonlyMap<string, SuppressionStatus | 'none'> = new Map([
  ['accepted', 'accepted'],
  ['proposed', 'underReview'],
  ['rejected', 'rejected'],
  ['none', 'none'],
  ['', 'none'],
]);

function readState(fields: Fields, node: XmlNode, mitigations: readonly Comment[]): FindingState {
  const comments = [...mitigations, ...readComments(node, 'annotations', 'annotation')];
  const remediation = readText(fields, 'remediation_status')?.toLowerCase();
  if (remediation !== undefined && remediation !== 'open' && remediation !== 'new') fields.keep('remediation_status');
  if (remediation !== undefined && !remediationStates.has(remediation)) {
    const known = [...remediationStates].join(', ');
    fields.doubt('SF-K105', 'remediation_status', `The status ${JSON.stringify(remediation)} is none of ${known}.`);
  }
  const suppressions = readMitigation(fields, comments, accepted.has(remediation ?? ''));
  if (comments.length > 0 && (suppressions === undefined || suppressions.length === 0)) {
    fields.keep('mitigations', comments);
  }
  return {
    suppressions,
    isGone: remediation === 'fixed',
    isNew: remediation === undefined ? undefined : remediation === 'new',
  };
}

/** `mitigation_status` of flaws. Old reports say only in `remediation_status` that a flaw was accepted. */
function readMitigation(
  fields: Fields,
  comments: readonly Comment[],
  isAccepted: boolean,
): FindingState['suppressions'] {
  const written = fields.text('mitigation_status')?.trim().toLowerCase();
  const state = written === undefined ? undefined : mitigationStates.get(written);
  if (written !== undefined && state === undefined) {
    const message = `The mitigation status ${JSON.stringify(written)} is none of accepted, proposed, rejected, none.`;
    fields.doubt('SF-K105', 'mitigation_status', message);
    fields.keep('mitigation_status');
  }
  if (state !== undefined && state !== 'none') return [suppression(state, comments)];
  if (isAccepted) return [suppression('accepted', comments)];
  return state === 'none' ? [] : undefined;
}

function readIdentity(fields: Fields, application: string | undefined): Record<string, string> {
  const issue = readText(fields, 'issueid');
  if (issue === undefined || issue === '0') return {};
  return { 'veracode/flawId/v1': application === undefined ? issue : `${application}/${issue}` };
}

function readCount(fields: Fields): number | undefined {
  const count = readText(fields, 'count');
  return count !== undefined && /^\d{1,9}$/.test(count) ? Number(count) : undefined;
}
