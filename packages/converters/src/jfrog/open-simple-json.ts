import type { OpenedRun } from '../converter.ts';
import { Notifications } from '../shell/notifications.ts';
import type { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import type { Category } from './entry.ts';
import type { ListPlan, RunOpener } from './run-opener.ts';
import type { Family } from './tool.ts';

interface FamilyPlan {
  readonly family: Family;
  readonly findings: readonly string[];
  readonly violations: readonly string[];
  /** Members of `scansStatus` that say whether it was looked for this: 0 is success. */
  readonly statuses: readonly string[];
  readonly category?: Category;
}

/** The sections of the command line tool's JSON, by what they are about. */
const families: readonly FamilyPlan[] = [
  {
    family: 'sca',
    findings: ['vulnerabilities'],
    violations: ['securityViolations'],
    statuses: ['scaScanStatusCode', 'ContextualAnalysisScanStatusCode'],
    category: 'vulnerability',
  },
  { family: 'licenses', findings: [], violations: ['licensesViolations'], statuses: [], category: 'license' },
  {
    family: 'risks',
    findings: [],
    violations: ['operationalRiskViolations'],
    statuses: [],
    category: 'operational-risk',
  },
  {
    family: 'secrets',
    findings: ['secrets'],
    violations: ['secretsViolations'],
    statuses: ['secretsScanStatusCode'],
  },
  { family: 'iac', findings: ['iac'], violations: ['iacViolations'], statuses: ['iacScanStatusCode'] },
  { family: 'sast', findings: ['sast'], violations: ['sastViolations'], statuses: ['sastScanStatusCode'] },
  {
    family: 'malicious',
    findings: ['maliciousCode'],
    violations: ['maliciousViolations'],
    statuses: ['MaliciousStatusCode'],
  },
];

/** The sections that hold findings. */
export const simpleSections: readonly string[] = families.flatMap(({ findings, violations }) => [
  ...findings,
  ...violations,
]);

const otherMembers = ['licenses', 'errors', 'scansStatus', 'multiScanId'];
const members = new Set([...simpleSections, ...otherMembers]);
/** Members that only this format has; `vulnerabilities` and `licenses` are those of scans, too. */
const ownMembers = [...members].filter((name) => !['vulnerabilities', 'licenses', 'errors'].includes(name));

/** Whether a document is the command line tool's `simple-json`. */
export function isSimpleJson(root: JsonObject): boolean {
  return ownMembers.some((name) => Object.hasOwn(root, name));
}

/** One run for each kind of scan that took place or found something. */
export async function openSimpleJson(opener: RunOpener, root: JsonObject): Promise<OpenedRun<unknown>[]> {
  const fields = opener.fieldsAt(root, []);
  fields.keepUnknown(members);
  fields.keep('multiScanId');
  opener.leaveOut(opener.arraysIn(fields, ['licenses']), 'licenses');
  const notifications = new Notifications();
  const hadNoErrors = await opener.readErrors(fields, notifications);
  const codes = readStatuses(fields);
  // Versions before these sections wrote their findings under the names that are those of violations now.
  const isOld = !['iac', 'sast', 'secretsViolations', 'scansStatus'].some((name) => Object.hasOwn(root, name));
  const runs: OpenedRun<unknown>[] = [];
  for (const plan of families) {
    const { family } = plan;
    const lists = listsOf(opener, fields, plan, isOld && family !== 'sca');
    const code = plan.statuses.map((name) => codes.get(name)).find((status) => status !== undefined && status !== 0);
    const wasRun = plan.statuses.some((name) => codes.get(name) !== undefined);
    const isEmpty = opener.count(lists.map(({ path }) => path ?? [])) === 0;
    if (family !== 'sca' && isEmpty && !wasRun) continue;
    const isFirst = family === 'sca';
    const own = isFirst ? notifications : new Notifications();
    if (code !== undefined)
      own.add('execution', { kind: 'xray/scan-failed', level: 'error', text: failed(family, code) });
    const executionSuccessful = code === undefined && (!isFirst || hadNoErrors);
    const properties = isFirst ? opener.propertiesOf(fields) : {};
    runs.push(opener.open({ family, category: family, lists, executionSuccessful, properties }, own));
  }
  return runs;
}

function listsOf(opener: RunOpener, fields: Fields, plan: FamilyPlan, isOld: boolean): ListPlan[] {
  const isPackages = plan.category === 'license' || plan.category === 'operational-risk';
  const place = (isViolation: boolean) => ({ isViolation, category: plan.category, mayRepeat: true });
  return [
    ...opener.arraysIn(fields, plan.findings).map((path) => ({ path, ...place(false) })),
    ...opener.arraysIn(fields, plan.violations).map((path) => ({ path, ...place(isPackages || !isOld) })),
  ];
}

function readStatuses(fields: Fields): Map<string, number> {
  const codes = new Map<string, number>();
  const status = fields.nested('scansStatus');
  status?.keepUnknown(new Set(families.flatMap(({ statuses }) => statuses)));
  for (const name of Object.keys(status?.object ?? {})) {
    const code = status?.integer(name);
    if (code !== undefined) codes.set(name, code);
  }
  return codes;
}

const scans = {
  sca: 'The scan of the dependencies',
  licenses: 'The scan of the licences',
  risks: 'The scan for operational risks',
  secrets: 'The scan for secrets',
  iac: 'The scan of the infrastructure as code',
  sast: 'The static analysis',
  malicious: 'The scan for malicious code',
} as const satisfies Record<Family, string>;

function failed(family: Family, code: number): string {
  return `${scans[family]} failed with status code ${code}.`;
}
