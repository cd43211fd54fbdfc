import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { utcTime } from '../texts/utc-time.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import { type ComponentFinding, vulnerabilityId } from './component-finding.ts';
import { type FindingState, suppression } from './finding-state.ts';
import { packageNameOf } from './library.ts';
import { readScore, readSeverity, readText } from './veracode-fields.ts';

const placed = [
  'issue_id',
  'issue_type',
  'ignored',
  'status',
  'library',
  'version_in_use',
  'package_manager',
  'coordinate_1',
  'coordinate_2',
  'issue_opened_scan_date',
  'vulnerability_id',
  'title',
  'cvss_score',
  'severity',
  'cve',
  'updated_version',
  'license',
] as const;
/** Columns that every list has, and that have no place in SARIF. */
const kept = [
  'project_id',
  'project',
  'branch',
  'tag',
  'library_release_date',
  'latest_version',
  'latest_release_date',
  'issue_opened_scan_id',
  'issue_fixed_scan_id',
  'issue_fixed_scan_date',
  'dependency_transitive_or_direct',
  'scan',
  'scan_date',
  'public_or_veracode_customer_access',
  'disclosure_date',
  'has_vulnerable_methods',
  'number_of_vulnerable_methods',
  'updated_release_date',
  'release_date',
  'license_risk',
] as const;
const members: ReadonlySet<string> = new Set([...placed, ...kept]);
const gone = new Set(['fixed', 'resolved', 'closed']);
const issueTypes = new Set(['vulnerability', 'license', 'library']);

/** One row of a list of SCA issues in CSV: texts, by the names of their columns. */
export function parseScaRow(value: unknown, doubt: Doubt): ComponentFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This row is ${kindOf(value)} instead of an object.`);
  const row = new Fields(value, doubt);
  const rule = readRule(row);
  if (rule === undefined) {
    return new Refusal('This row names no vulnerability, no licence and no library, so it says nothing.');
  }
  row.keepUnknown(members);
  for (const name of kept) row.keep(name);
  const id = readText(row, 'issue_id');
  const update = readText(row, 'updated_version');
  const isRated = rule.kind === 'vulnerability' || row.object['severity'] !== undefined;
  return {
    ...rule,
    summary: undefined,
    weaknesses: [],
    links: [],
    ...(isRated ? readSeverity(row) : ({ severity: 'info', severityText: undefined } as const)),
    // The number is that of CVSS 2.
    cvss: { v2: readScore(row, 'cvss_score') },
    library: readLibrary(row),
    files: [],
    dependencyPaths: [],
    flows: [],
    fix: update === undefined ? undefined : { upgradeTo: update },
    state: readState(row),
    violatesPolicy: false,
    firstSeen: readOpened(row),
    lastSeen: undefined,
    fingerprints: id === undefined ? {} : { 'veracode/scaIssue/v1': id },
    viewer: undefined,
    kept: row.kept,
  };
}

type RowRule = Pick<ComponentFinding, 'ruleId' | 'kind' | 'title' | 'tags'>;

function readRule(row: Fields): RowRule | undefined {
  const type = readText(row, 'issue_type')?.toLowerCase();
  if (type !== undefined && !issueTypes.has(type)) {
    const known = [...issueTypes].join(', ');
    row.doubt('SF-K105', 'issue_type', `The issue type ${JSON.stringify(type)} is none of ${known}.`);
    row.keep('issue_type');
  }
  const license = readText(row, 'license');
  const library = readText(row, 'library') ?? readText(row, 'coordinate_1');
  if (type === 'license' && license !== undefined) {
    return { ruleId: `license/${license}`, kind: 'license', title: license, tags: ['license'] };
  }
  if (license !== undefined) row.keep('license');
  if (type === 'library' && library !== undefined) {
    return { ruleId: 'outdated-library', kind: 'library', title: 'Outdated library.', tags: ['maintenance'] };
  }
  const cve = readText(row, 'cve');
  const number = readText(row, 'vulnerability_id');
  const title = readText(row, 'title');
  const ruleId = cve !== undefined ? vulnerabilityId(cve) : number === undefined ? title : `SRCCLR-SID-${number}`;
  if (cve !== undefined && number !== undefined) row.keep('vulnerability_id');
  if (ruleId !== undefined) return { ruleId, kind: 'vulnerability', title, tags: [] };
  if (library === undefined) return undefined;
  return { ruleId: 'vulnerable-component', kind: 'vulnerability', title: 'Vulnerable component.', tags: [] };
}

function readLibrary(row: Fields): ComponentFinding['library'] {
  const first = readText(row, 'coordinate_1');
  return {
    name: readText(row, 'library'),
    version: readText(row, 'version_in_use'),
    ecosystem: readText(row, 'package_manager'),
    packageName: first === undefined ? undefined : packageNameOf(first, readText(row, 'coordinate_2') ?? ''),
  };
}

function readState(row: Fields): FindingState {
  const status = readText(row, 'status')?.toLowerCase();
  if (status !== undefined && status !== 'open' && !gone.has(status)) {
    row.doubt('SF-K105', 'status', `The status ${JSON.stringify(status)} is none of open, fixed, resolved.`);
  }
  if (status !== undefined && status !== 'open') row.keep('status');
  const ignored = readText(row, 'ignored')?.toLowerCase();
  if (ignored !== undefined && ignored !== 'true' && ignored !== 'false') {
    row.doubt('SF-K105', 'ignored', `${JSON.stringify(ignored)} is neither true nor false.`);
    row.keep('ignored');
  }
  return {
    suppressions: ignored === 'true' ? [suppression('accepted', [])] : ignored === 'false' ? [] : undefined,
    isGone: status !== undefined && gone.has(status),
    isNew: undefined,
  };
}

function readOpened(row: Fields): string | undefined {
  const text = readText(row, 'issue_opened_scan_date');
  if (text === undefined) return undefined;
  const time = utcTime(text) ?? writtenTime(text);
  if (time !== undefined) return time;
  row.doubt(
    'SF-K106',
    'issue_opened_scan_date',
    `${JSON.stringify(text)} is no time with a time zone. It is kept in the properties.`,
  );
  row.keep('issue_opened_scan_date');
  return undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const written = /^(\d{1,2}) ([A-Za-z]{3})[a-z]{0,6} (\d{4}) (\d{1,2}):(\d{2})\s?(?:AM|PM)? (?:GMT|UTC)$/i;

/** `2 Jul 2022 23:19PM GMT`: the hours count to 23, whatever follows them. */
function writtenTime(text: string): string | undefined {
  const [, day = '', name = '', year = '', hour = '', minute = ''] = written.exec(text) ?? [];
  const month = months.indexOf(name.toLowerCase()) + 1;
  if (month === 0) return undefined;
  const two = (number: string) => number.padStart(2, '0');
  return utcTime(`${year}-${two(String(month))}-${two(day)}T${two(hour)}:${minute}:00Z`);
}
