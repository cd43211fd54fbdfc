import type { LogicalLocation } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import type { CodeFinding } from './code-finding.ts';
import { readAnnotations, readFindingStatus } from './finding-state.ts';
import { type ScanType, scanTypeOf } from './scan-type.ts';
import { functionLocations } from './stack-dumps.ts';
import { readLine, readSeverity, readText, readTime } from './veracode-fields.ts';
import { publicUrl } from './veracode-paths.ts';
import { weaknessOf } from './weakness.ts';

/** Members of every finding of the findings API. */
export const commonMembers: ReadonlySet<string> = new Set([
  'issue_id',
  'scan_type',
  'description',
  'count',
  'context_type',
  'context_guid',
  'violates_policy',
  'finding_status',
  'finding_details',
  'annotations',
  'build_id',
  'grace_period_expires_date',
]);
const detailMembers = new Set([
  'severity',
  'cwe',
  'finding_category',
  'file_path',
  'file_name',
  'file_line_number',
  'procedure',
  'relative_location',
  'module',
  'attack_vector',
  'exploitability',
  'url',
  'hostname',
  'port',
  'path',
  'URL',
  'vulnerable_parameter',
  'plugin',
  'discovered_by_vsa',
  'method',
]);
const keptDetails = [
  'relative_location',
  'module',
  'exploitability',
  'hostname',
  'port',
  'plugin',
  'discovered_by_vsa',
];

/** Which scan a finding is of. Where it does not say, its details tell. */
export function typeOfApiFinding(value: unknown): ScanType {
  if (!isObject(value)) return 'OTHER';
  const { scan_type: type, finding_details: details } = value;
  const said = typeof type === 'string' ? scanTypeOf(type) : undefined;
  if (said !== undefined) return said;
  if (!isObject(details)) return 'OTHER';
  if (details['component_filename'] !== undefined || details['component_id'] !== undefined) return 'SCA';
  if (details['url'] !== undefined || details['vulnerable_parameter'] !== undefined) return 'DYNAMIC';
  return details['file_path'] !== undefined || details['procedure'] !== undefined ? 'STATIC' : 'OTHER';
}

/** One finding of a static, dynamic or manual scan. Without a weakness and without a category there is no rule to name. */
export function parseApiFinding(value: unknown, doubt: Doubt): CodeFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const details = fields.nested('finding_details') ?? new Fields({}, doubt, ['finding_details'], fields.kept);
  const weakness = readCwe(details);
  const category = readText(details.nested('finding_category'), 'name');
  const ruleId = weakness === undefined ? category : `CWE-${weakness.id}`;
  if (ruleId === undefined) {
    return new Refusal(
      'This finding has no "finding_details.cwe.id" and no "finding_details.finding_category.name", so the rule that found it is not known.',
      ['finding_details'],
    );
  }
  fields.keepUnknown(commonMembers);
  details.keepUnknown(detailMembers);
  keepScanType(fields);
  for (const name of ['issue_id', 'context_type', 'build_id', 'grace_period_expires_date']) fields.keep(name);
  for (const name of keptDetails) details.keep(name);
  const comments = readAnnotations(fields);
  const status = fields.nested('finding_status');
  const place = readPlace(details);
  return {
    ruleId,
    weakness,
    rule: { name: weakness?.name ?? category, tags: category === undefined ? [] : [category] },
    ...readSeverity(details),
    description: fields.text('description'),
    ...place,
    method: readText(details, 'method'),
    logicalLocations: readLogicalLocations(details, place),
    state: readFindingStatus(status, comments),
    violatesPolicy: fields.flag('violates_policy') === true,
    firstSeen: status && readTime(status, 'first_found_date'),
    lastSeen: status && readTime(status, 'last_seen_date'),
    fingerprints: readIdentity(fields),
    flows: [],
    viewer: undefined,
    occurrences: fields.integer('count'),
    kept: fields.kept,
  };
}

/** A scan type that is none of Veracode's is said and kept. */
export function keepScanType(fields: Fields): void {
  const type = fields.text('scan_type');
  if (type !== undefined && scanTypeOf(type) !== undefined) return;
  if (type === undefined) {
    fields.doubt('SF-K103', undefined, 'The finding has no "scan_type"; its details tell which scan it is of.');
    return;
  }
  fields.doubt(
    'SF-K105',
    'scan_type',
    `The scan type ${JSON.stringify(type)} is none of STATIC, DYNAMIC, MANUAL, SCA.`,
  );
  fields.keep('scan_type');
}

/** What stays the same from scan to scan of one application. */
export function readIdentity(fields: Fields): Record<string, string> {
  const issue = readText(fields, 'issue_id');
  const context = readText(fields, 'context_guid');
  if (issue === undefined || issue === '0') return {};
  return { 'veracode/issue/v1': context === undefined ? issue : `${context}/${issue}` };
}

/** `cwe` as an object with a number and a name; old answers have the number alone. */
export function readCwe(details: Fields): CodeFinding['weakness'] {
  const written = details.object['cwe'];
  if (typeof written === 'number' || typeof written === 'string') return checkedCwe(details, 'cwe', written, undefined);
  const cwe = details.nested('cwe');
  if (cwe === undefined) return undefined;
  cwe.keepUnknown(new Set(['id', 'name', 'href']));
  return checkedCwe(cwe, 'id', cwe.label('id'), readText(cwe, 'name'));
}

function checkedCwe(
  fields: Fields,
  member: string,
  written: string | number | undefined,
  name: string | undefined,
): CodeFinding['weakness'] {
  if (written === undefined || written === '') return undefined;
  const weakness = weaknessOf(written, name);
  if (weakness !== undefined) return weakness;
  if (String(written) !== '0') fields.doubt('SF-K108', member, `${JSON.stringify(written)} names no CWE by number.`);
  fields.keep(member);
  return undefined;
}

function readPlace(details: Fields): Pick<CodeFinding, 'path' | 'line' | 'url'> {
  const path = readText(details, 'file_path');
  const file = readText(details, 'file_name');
  if (path !== undefined && file !== undefined && !path.endsWith(file)) details.keep('file_name');
  const url = readText(details, 'url') ?? readText(details, 'URL');
  if (url !== undefined && publicUrl(url) === undefined) {
    details.doubt('SF-K106', 'url', `${JSON.stringify(url)} is no web address. It is kept in the properties.`);
    details.keep('url');
  }
  const urlPath = readText(details, 'path');
  // The address holds the path; without one it is all there is.
  if (urlPath !== undefined && url === undefined) details.keep('path');
  return { path: path ?? file, line: readLine(details, 'file_line_number'), url };
}

function readLogicalLocations(details: Fields, { path }: Pick<CodeFinding, 'path'>): LogicalLocation[] {
  const procedure = readText(details, 'procedure');
  const vector = readText(details, 'attack_vector');
  const parameter = readText(details, 'vulnerable_parameter');
  // A dynamic scan means the payload by it, a static one the function that the data goes into.
  if (parameter !== undefined) details.keep('attack_vector');
  const module = path === undefined && parameter === undefined ? readText(details, 'module') : undefined;
  return [
    ...functionLocations({ functionName: undefined, qualifiedName: procedure, prototype: undefined, scope: undefined }),
    ...(vector === undefined || parameter !== undefined ? [] : [{ name: vector, kind: 'member' }]),
    ...(parameter === undefined ? [] : [{ name: parameter, kind: 'parameter' }]),
    ...(module === undefined ? [] : [{ name: module, kind: 'module' }]),
  ];
}
